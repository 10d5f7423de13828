"""``evenhand data``: look into the figures, add your own, check them. One file for each subcommand."""

import click

from evenhand.cli.lazy import LazyGroup

COMMANDS = {
    "list": ("list", "List what the catalogue holds."),
    "show": ("show", "Show all that is known of a measure, unit, event, group or source."),
    "add": ("add", "Add figures of your own, to be used by every later audit."),
    "import": ("import_", "Bring other people's figures in, with who said them."),
    "sources": ("sources", "List what was imported, and what can be imported by name."),
    "export": ("export", "Write figures out as CSV and Parquet, with their citations."),
    "where": ("where", "Say where your data lie, and how much room they take."),
    "remove": ("remove", "Take figures of your own out again."),
    "check": ("check", "Check the catalogue's tables for consistency."),
}
EXAMPLES = """\b
Examples:
  evenhand data list
  evenhand data show life-expectancy
  evenhand data show "Soviet Union"
  evenhand data show "Bengal famine of 1943"
  evenhand data add waiting.csv --new-units --better lower --measure-unit days
  evenhand data import owid:life-expectancy
  evenhand data export out --measure life-expectancy
  evenhand data check
"""


@click.group("data", cls=LazyGroup, package="evenhand.cli.data", there=COMMANDS, epilog=EXAMPLES)
def command() -> None:
    """Look into the figures, add your own, check them."""
