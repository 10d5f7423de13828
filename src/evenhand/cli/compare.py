"""``evenhand compare``: one question, answered in the terminal."""

import click

EXAMPLES = """\b
Examples:
  evenhand compare Cuba --measure infant-mortality --from 1960 --to 1990 --direction down
  evenhand compare China --against India --measure life-expectancy --from 1950 --to 1980
  evenhand compare Portugal --against region --measure gdp-per-person --from 1930 --to 1970 --form most
  evenhand compare Chile --measure gini-pretax --from 1970 --to 1990 --multiverse
  evenhand compare "Joseph Stalin" --measure life-expectancy --multiverse
  evenhand compare "Francisco Franco" --against "Fidel Castro" --measure infant-mortality --direction down
  evenhand compare Spain --measure life-expectancy --from 1950 --event 1975 --to 1995 --standard synthetic-control --placebos
"""
RULES = (
    "level, change, growth, gap-closed, whole-path, nearest-peers, difference-in-differences, synthetic-control, "
    "synthetic-did, augmented-synthetic-control, matrix-completion or penalized-synthetic-control"
)
PEERS = ("all", "region", "nearest")
FORMS = ("more", "less", "most", "least", "among-the-most", "rose", "fell")


@click.command("compare", epilog=EXAMPLES)
@click.argument("subject")
@click.option("--measure", "measure", required=True, help="What is measured; `evenhand data list` shows all.")
@click.option("--from", "start", type=int, help="First year; not for a leader, who is judged over the time in office.")
@click.option("--to", "end", type=int, help="Last year.")
@click.option("--event", type=int, help="The year of the event, for rules that look before and after it.")
@click.option("--against", default="all", show_default=True, help="all, region, nearest, a group or one unit.")
@click.option("--form", "form", default="more", show_default=True, help=f"{', '.join(FORMS)}.")
@click.option("--direction", type=click.Choice(["up", "down"]), default="up", show_default=True,
              help="Which way of the figures the question points: down for “fell more”.")  # fmt: skip
@click.option("--standard", default="change", show_default=True,
              help=f"The rule: {RULES}.")  # fmt: skip
@click.option("--multiverse", "try_all", is_flag=True, help="Try every other fair way of comparing, too.")
@click.option(
    "--placebos",
    is_flag=True,
    help="Say how unusual the result is, and how often such a test errs: for rules that look before an --event.",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Run --multiverse on a dask.distributed cluster (extra [cluster])."
)
@click.option("--data", multiple=True, type=click.Path(), metavar="FILE.csv", help="Figures of your own.")
@click.option("--new-units", is_flag=True, help="Accept units in --data that the catalogue does not know.")
@click.option("--json", "as_json", is_flag=True, help="Print the finding as JSON.")
def command(
    *, subject: str, measure: str, start: int | None, end: int | None, event: int | None, against: str, form: str, direction: str,
    standard: str, try_all: bool, placebos: bool, scheduler: str | None, data: tuple[str, ...], new_units: bool, as_json: bool,
) -> None:  # fmt: skip
    """How does SUBJECT compare, under the same rule for everyone?

    SUBJECT is a unit or a group of the catalogue, by id or by name. A leader is set against all who ruled for ten years
    or more, each over the own time in office.
    """
    from evenhand.cli.compare_run import Question, answer
    from evenhand.compare.cluster import using

    asked = Question(subject, measure, start, end, event, against, form, direction, standard)
    with using(scheduler):
        told = answer(asked, try_all=try_all, placebos=placebos, data=data, new_units=new_units, as_json=as_json)
    click.echo(told)
