"""``evenhand consensus hear``: what a public believes at the end."""

from typing import Literal, cast

import click

from evenhand.cli.consensus.settings import EFFORT, community_options
from evenhand.cli.data.printing import columns, print_json

EXAMPLES = """\b
Examples:
  evenhand consensus hear --hears 15 --against share --inquiry believers
  evenhand consensus hear --hears 10 --against publish --effort-against 300,10,1
  evenhand consensus hear --hears 5 --against publish --effort-against 300,10,1 --toward publish --effort-toward 100,10,1
"""
WAY = click.Choice(["none", "share", "publish", "skew"])
Triple = tuple[int, int, float]


@click.command("hear", epilog=EXAMPLES)
@click.option(
    "--hears",
    "hears",
    type=int,
    multiple=True,
    help="How many inquirers a member of the public hears; more than once, too.",
)
@click.option(
    "--prior",
    type=float,
    nargs=2,
    default=(0.0, 1.0),
    show_default=True,
    help="Credences at the start lie evenly between.",
)
@click.option(
    "--against", type=WAY, default="none", show_default=True, help="Somebody who pushes what is false, and how."
)
@click.option("--effort-against", type=EFFORT, default="0,10,1", show_default=True, help="With what effort.")
@click.option("--toward", type=WAY, default="none", show_default=True, help="Somebody who pushes the truth, and how.")
@click.option("--effort-toward", type=EFFORT, default="0,10,1", show_default=True, help="With what effort.")
@click.option("--skew", default=0.1, show_default=True, help="By how much skewed studies move the chance of success.")
@community_options
def command(
    *, hears: tuple[int, ...], prior: tuple[float, float], against: str, effort_against: Triple, toward: str,
    effort_toward: Triple, skew: float, inquirers: int, network: str, trials: int, edge: float, inquiry: str, runs: int,
    seed: int, threads: int | None, as_json: bool,
) -> None:  # fmt: skip
    """What does a public believe that hears some of those who inquire, and propagandists of either side?

    After Weatherall, O'Connor and Bruner (2018): nobody needs to lie, and all update by Bayes' rule.
    """
    from dataclasses import asdict

    from evenhand.sources.learners import Community, history, learning
    from evenhand.sources.network import network as shape
    from evenhand.sources.propaganda import Propagandist, Public, Way, believe

    pushing = tuple(
        Propagandist(pushes, cast("Way", way), *effort, skew=skew)
        for pushes, way, effort in ((False, against, effort_against), (True, toward, effort_toward)) if way != "none"
    )  # fmt: skip
    community = Community(
        shape(network, inquirers), trials=trials, edge=edge, enough=0.99, rounds=10_000,
        inquiry=cast('Literal["everyone", "believers"]', inquiry),
    )  # fmt: skip
    seen = history(community, runs=runs, seed=seed, threads=threads)
    found = [(n, believe(seen, Public(n, prior), pushing)) for n in hears or (1, 5, 10, 15, 20)]
    inquirers_right = learning(seen).right
    if as_json:
        print_json({"inquirers_right": inquirers_right, "public": [{"hears": n, **asdict(b)} for n, b in found]})
        return
    rows = [("inquirers heard", "mean credence in the truth", "share wrong"),
            *((n, f"{b.credence:.3f} ± {b.error[0]:.3f}", f"{b.wrong:.1%}") for n, b in found)]  # fmt: skip
    click.echo(f"Those who inquire find the truth in {inquirers_right:.1%} of {runs:,} runs (seed {seed}). The public:")
    click.echo("\n".join(columns(rows)))
