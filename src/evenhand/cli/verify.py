"""``evenhand verify``: was this page made by this version from these figures, and was it altered since?"""

from pathlib import Path

import click

from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand verify essay.html                   finds essay.case.yaml beside the page, if it is there
  evenhand verify out/hospital.html examples/everyday/hospital.case.yaml
  evenhand verify essay.html --json
Exit code 0 only if it was made by this version from these figures and is unaltered; 1 if not; 2 if it is no page.
"""


@click.command("verify", epilog=EXAMPLES)
@click.argument("page", metavar="PAGE", type=click.Path(path_type=Path))
@click.argument("case", metavar="[CASE]", required=False, type=click.Path(path_type=Path))
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv",
              help="Figures that the page was made with.")  # fmt: skip
@click.option("--new-units", is_flag=True, help="As the page was made.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def command(*, page: Path, case: Path | None, data: tuple[Path, ...], new_units: bool, as_json: bool) -> None:
    """Was PAGE made by this version from these figures, or altered since?

    A page is sealed when it is made, so that one changed character shows. Where the casefile is at hand, the page is made
    again from it and compared byte by byte, which also shows a page that was changed and sealed anew.
    """
    from evenhand.cli.verify_run import Asked, answer

    text, good = answer(Asked(page, case, data, new_units=new_units), Progress(), as_json=as_json)
    click.echo(text, nl=False)
    if not good:
        raise click.exceptions.Exit(1)
