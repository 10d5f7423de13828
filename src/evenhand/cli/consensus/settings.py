"""The options of a simulation, and how efforts are written: STUDIES,SIZE,REACH."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
NETWORKS = ("cycle", "wheel", "complete", "star", "line", "alone")
COMMUNITY = (
    click.option("--inquirers", default=20, show_default=True, help="How many look into the question."),
    click.option("--network", default="cycle", show_default=True, help=f"Who of them hears whom: {', '.join(NETWORKS)}."),
    click.option("--trials", default=10, show_default=True, help="How large each of their studies is."),
    click.option("--edge", default=0.05, show_default=True, help="How far from even the truth lies in one trial."),
    click.option("--inquiry", type=click.Choice(["everyone", "believers"]), default="everyone", show_default=True,
                 help="Who inquires: everyone, or only those who believe the agreement."),
    click.option("--runs", default=1_000, show_default=True, help="How many runs."),
    click.option("--seed", default=0, show_default=True, help="Same seed, same figures, on any number of threads."),
    click.option("--threads", type=int, help="How many threads; by default one for each core."),
    click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
)  # fmt: skip


def community_options(command: Command) -> Command:
    """Adds the options that all simulations share."""
    for option in reversed(COMMUNITY):
        command = option(command)
    return command


class Effort(click.ParamType):  # type: ignore[type-arg]
    """STUDIES,SIZE,REACH: three numbers, the last a share."""

    name = "STUDIES,SIZE,REACH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int, float]:
        if isinstance(value, tuple):
            return value
        try:
            studies, size, reach = str(value).split(",")
            return int(studies), int(size), float(reach)
        except ValueError:
            self.fail(
                f"{value!r} is no effort; write how many studies, of what size, reaching what share: 20,50,0.6",
                param,
                ctx,
            )


EFFORT = Effort()
