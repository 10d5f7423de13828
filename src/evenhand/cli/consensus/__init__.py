"""``evenhand consensus``: could an agreement have been made? One file for each subcommand."""

import click

from evenhand.cli.lazy import LazyGroup

COMMANDS = {
    "effort": ("effort", "Search what it would take to make an agreement, and its opposite."),
    "hear": ("hear", "Simulate what a public believes that hears inquirers and propagandists."),
    "learn": ("learn", "Simulate how often those who inquire find the truth."),
}
EXAMPLES = """\b
Examples:
  evenhand consensus effort --agreement "the additive is harmless" --spent-for 20,50,0.6
  evenhand consensus hear --against share --hears 15
  evenhand consensus learn --network cycle --inquirers 7
"""


@click.group("consensus", cls=LazyGroup, package="evenhand.cli.consensus", there=COMMANDS, epilog=EXAMPLES)
def command() -> None:
    """Could an agreement have been made? What it would take, never that it was done; for both sides alike."""
