"""``evenhand argue``: what stands, and which link to break."""

from pathlib import Path

import click

from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand argue essay.case.yaml
  evenhand argue essay.case.yaml --conclusion c9      one conclusion in full
  evenhand argue essay.case.yaml --set c3=0.2 --set l2=fails    what follows if c3 comes out in 20 % of the ways
  evenhand argue essay.case.yaml --positions camp-a camp-b      where two positions part
  evenhand argue essay.case.yaml --json
  evenhand argue framework.af                         an ICCMA file: .af, .apx or .tgf
"""


@click.command("argue", epilog=EXAMPLES)
@click.argument("path", metavar="CASE|TEXT|ICCMA", type=click.Path(path_type=Path))
@click.option("--conclusion", metavar="ID", help="Show one claim's ways out, ways in and load in full.")
@click.option("--set", "changes", multiple=True, metavar="ID=VALUE",
              help="Change a finding and see what follows: a share, or holds, fails, undetermined, argued.")  # fmt: skip
@click.option("--positions", nargs=2, metavar="ID ID", help="Compare two of the casefile's positions.")
@click.option(
    "--size", type=click.IntRange(1, 6), default=3, show_default=True, help="The largest set of a way out or in."
)
@click.option("--time-limit", type=click.FloatRange(min=0.01), default=60.0, show_default=True, metavar="SECONDS",
              help="How long the search may take; what it could not finish is said.")  # fmt: skip
@click.option("--no-audit", is_flag=True, help="Do not judge the claims: the shape of the argument alone, at once.")
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv", help="Figures of your own.")
@click.option("--new-units", is_flag=True, help="Accept units in --data that the catalogue does not know.")
@click.option("--json", "as_json", is_flag=True, help="Print the argument as JSON.")
def command(
    *, path: Path, conclusion: str | None, changes: tuple[str, ...], positions: tuple[str, str] | None, size: int,
    time_limit: float, no_audit: bool, data: tuple[Path, ...], new_units: bool, as_json: bool,
) -> None:  # fmt: skip
    """Draw the argument of a case, check it, and say what stands.

    Each conclusion is drawn with what supports (+) and attacks (-) it; then come the smallest sets of premises and links
    whose fall brings it down, what else falls with each, and which finding bears most. With --set, what changes is listed.
    """
    from evenhand.cli.argue_run import Asked, answer

    asked = Asked(
        path, conclusion, changes, positions, size, time_limit, data, audited=not no_audit, new_units=new_units
    )
    click.echo(answer(asked, Progress(), as_json=as_json), nl=False)
