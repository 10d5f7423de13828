"""``evenhand consensus effort``: the least effort after which half of a public is wrong."""

from typing import Any, Literal, cast

import click

from evenhand.cli.consensus.settings import EFFORT, community_options
from evenhand.cli.data.printing import columns, part, print_json, wrapped
from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand consensus effort --agreement "the additive is harmless"
  evenhand consensus effort --spent-for 20,50,0.6 --spent-against 5,50,0.6
  evenhand consensus effort --size 10 --size 100 --reach 0.6 --reach 1 --opponent 40,10,0.5
  evenhand consensus effort --event "Bengal famine of 1943"
  evenhand consensus effort --way skew --skew 0.1 --json
"""
Pairs = tuple[tuple[int, int, float], ...]


@click.command("effort", epilog=EXAMPLES)
@click.option("--agreement", default="the agreement", help="What is agreed on, for the answer's words.")
@click.option("--opposite", default="the opposite", help="The opposite agreement, for the answer's words.")
@click.option(
    "--event", help="The catalogued event that it is about: refused where more than testimony is known of it."
)
@click.option("--hears", default=10, show_default=True, help="How many inquirers a member of the public hears.")
@click.option(
    "--way",
    type=click.Choice(["publish", "skew"]),
    default="publish",
    show_default=True,
    help="publish: honest studies, those that suit are published; skew: studies run so that they suit.",
)
@click.option("--skew", default=0.0, show_default=True, help="By how much skewed studies move the chance of success.")
@click.option("--size", "sizes", type=int, multiple=True, help="Trials in a study; may be given more than once.")
@click.option("--reach", "reaches", type=float, multiple=True, help="Share of the public reached; more than once, too.")
@click.option("--target", default=0.5, show_default=True, help="Which share of the public is to end up wrong.")
@click.option("--spent-for", type=EFFORT, multiple=True, help="What is known to have been done for the agreement.")
@click.option("--spent-against", type=EFFORT, multiple=True, help="What is known to have been done for the opposite.")
@click.option(
    "--opponent", type=EFFORT, multiple=True, help="Somebody who pushes the truth meanwhile, in both searches."
)
@community_options
def command(
    *, agreement: str, opposite: str, event: str | None, hears: int, way: str, skew: float, sizes: tuple[int, ...],
    reaches: tuple[float, ...], target: float, spent_for: Pairs, spent_against: Pairs, opponent: Pairs, inquirers: int,
    network: str, trials: int, edge: float, inquiry: str, runs: int, seed: int, threads: int | None, as_json: bool,
) -> None:  # fmt: skip
    """How many studies, of what size, reaching how many people, would make half of a public wrong?

    Always searched for the agreement and for its opposite. It says what could be, never what was.
    """
    from evenhand.sources.learners import Community
    from evenhand.sources.manufacture import REACHES, SIZES, Known, Question, could_be_made
    from evenhand.sources.network import network as shape
    from evenhand.sources.propaganda import Propagandist, Public

    if event is not None:
        _refuse_beyond_testimony(event)
    community = Community(
        shape(network, inquirers), trials=trials, edge=edge, enough=0.99, rounds=10_000,
        inquiry=cast('Literal["everyone", "believers"]', inquiry),
    )  # fmt: skip
    question = Question(
        community, Public(hears), way=cast('Literal["publish", "skew"]', way), skew=skew, sizes=sizes or SIZES,
        reaches=reaches or REACHES, target=target,
        opponents=tuple(Propagandist(True, "publish", n, size, reach) for n, size, reach in opponent),
    )  # fmt: skip
    known = [Known(f"for {agreement}", True, *effort) for effort in spent_for]
    known += [Known(f"for {opposite}", False, *effort) for effort in spent_against]
    progress = Progress()
    found = could_be_made(question, known=tuple(known), runs=runs, seed=seed, threads=threads, progress=progress)
    progress.clear()
    if as_json:
        print_json(as_dict(found, agreement, opposite))
        return
    click.echo("\n".join(_lines(found, agreement, opposite)))


def _refuse_beyond_testimony(event: str) -> None:
    from evenhand.audit.consensus import beyond_testimony
    from evenhand.catalog import Catalog
    from evenhand.model import BadInputError

    why = beyond_testimony(Catalog.open().event(event))
    if why:
        raise BadInputError(f"nothing is simulated, since {why}", hint="leave --event away only for another question")


def as_dict(found: Any, agreement: str, opposite: str) -> dict[str, Any]:
    """The result as the JSON gives it; an agreement's network by name."""
    from dataclasses import asdict

    def effort(one: Any, words: str) -> dict[str, Any]:
        return {"agreement": words, **{k: v for k, v in asdict(one).items() if k != "pushes"}}

    setting = found.question.community
    return {
        "agreements": [effort(found.asked, agreement), effort(found.opposite, opposite)],
        "known": [
            {"for": agreement if d.known.pushes else opposite, "studies": d.known.studies, "size": d.known.size,
             "reach": d.known.reach, "wrong": d.wrong, "needed": d.needed, "times": d.times} for d in found.distances
        ],
        "setting": {
            "inquirers": setting.network.agents, "network": setting.network.name, "trials": setting.trials,
            "edge": setting.edge, "inquiry": setting.inquiry, "hears": found.question.public.hears,
            "way": found.question.way, "skew": found.question.skew, "target": found.question.target,
        },
        "runs": found.runs, "seed": found.seed, "note": found.note,
    }  # fmt: skip


def _lines(found: Any, agreement: str, opposite: str) -> list[str]:
    lines = wrapped(found.note, "")
    share = f"{found.question.target:.0%}"
    for effort, words in ((found.asked, agreement), (found.opposite, opposite)):
        rows = [
            ("trials in a study", "reaching", "studies run", "published", "trials in all"),
            *map(_row, effort.cells),
        ]
        about = wrapped(
            f"Were it false, the inquirers would find out in {effort.found_out:.1%} of the runs. With nobody pushing, "
            f"{effort.without:.1%} of the public would be wrong; if somebody handed their suitable studies "
            f"({effort.shared_studies:.0f} on average) on to everybody, {effort.shared:.1%}."
        )
        title = f"To make {share} of the public believe “{words}” although it is false"
        lines += [*part(title, about), "", *columns(rows)]
        told = [_known(one) for one in found.distances if one.known.pushes == effort.pushes]
        lines += told or ["  Nothing is said of what was done for it."]
    return [*lines, "", f"{found.runs:,} runs, seed {found.seed}."]


def _row(cell: Any) -> tuple[str, ...]:
    if cell.studies is None:
        return (f"{cell.size:,}", f"{cell.reach:.0%}", "no number tried", "", "")
    return (f"{cell.size:,}", f"{cell.reach:.0%}", f"{cell.studies:,}", f"{cell.published:,.0f}", f"{cell.trials:,}")


def _known(one: Any) -> str:
    done = f"  Known: {one.known.studies:,} studies of {one.known.size:,} reaching {one.known.reach:.0%}: {one.wrong:.1%} wrong; "
    if one.needed is None:
        return done + "no number of such studies would do."
    times = f", {one.times:.3g} times as many" if one.times is not None else ""
    return done + f"it would take {one.needed:,}{times}."
