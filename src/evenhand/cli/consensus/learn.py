"""``evenhand consensus learn``: how often a community finds the truth."""

from typing import Literal, cast

import click

from evenhand.cli.consensus.settings import community_options
from evenhand.cli.data.printing import columns, print_json

EXAMPLES = """\b
Examples:
  evenhand consensus learn --network cycle --inquirers 7 --inquiry believers
  evenhand consensus learn --network complete --inquirers 7 --trials 1000 --edge 0.001 --enough 0.9999
  evenhand consensus learn --stubborn 1 --slant 0.4
  evenhand consensus learn --zollman --runs 10000
"""


@click.command("learn", epilog=EXAMPLES)
@click.option("--enough", default=0.99, show_default=True, help="The credence of all at which a run ends.")
@click.option("--rounds", default=10_000, show_default=True, help="After so many rounds a run counts as undecided.")
@click.option("--stubborn", default=0, show_default=True, help="How many never change their mind.")
@click.option("--slant", default=0.5, show_default=True, help="Success in the stubborn ones' own studies.")
@click.option(
    "--zollman", is_flag=True, help="The table of Zollman (2007): cycle, wheel and complete graph, 4 to 11 agents."
)
@community_options
def command(
    *, enough: float, rounds: int, stubborn: int, slant: float, zollman: bool, inquirers: int, network: str, trials: int,
    edge: float, inquiry: str, runs: int, seed: int, threads: int | None, as_json: bool,
) -> None:  # fmt: skip
    """How often do those who inquire, and hear each other, find the truth?"""
    from dataclasses import asdict

    from evenhand.sources.learners import Community, learn, zollman_table
    from evenhand.sources.network import network as shape

    if zollman:
        table = zollman_table(runs=runs, seed=seed, threads=threads)
        if as_json:
            print_json({name: [asdict(one) for one in row] for name, row in table.items()})
            return
        rows = [
            ("agents", *range(4, 12)),
            *((name, *(f"{one.right:.3f}" for one in row)) for name, row in table.items()),
        ]
        click.echo("\n".join(columns(rows)))
        click.echo(f"Share of {runs:,} runs in which all find the truth (epsilon 0.001, n 1000); seed {seed}.")
        return
    community = Community(
        shape(network, inquirers), trials, edge, enough, rounds, cast('Literal["everyone", "believers"]', inquiry),
        stubborn=stubborn, slant=slant,
    )  # fmt: skip
    found = learn(community, runs=runs, seed=seed, threads=threads)
    if as_json:
        print_json(asdict(found))
        return
    click.echo(
        f"All find the truth in {found.right:.1%} of {runs:,} runs (± {found.error:.1%}), are wrong in {found.wrong:.1%}, and "
        f"undecided in {found.undecided:.1%}; {found.mean_rounds:,.0f} rounds on average; seed {seed}."
    )
