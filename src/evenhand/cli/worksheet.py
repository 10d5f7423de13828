"""``evenhand worksheet``: printable sheets with letters for names, and the teacher's key."""

from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  evenhand worksheet essay.case.yaml
  evenhand worksheet examples/everyday/hospital.case.yaml --pair examples/everyday/union.case.yaml -o lesson
  evenhand worksheet essay.case.yaml --claims longer-lives,crawled
"""


@click.command("worksheet", epilog=EXAMPLES)
@click.argument("case", metavar="CASE|TEXT", type=click.Path(path_type=Path))
@click.option("--pair", type=click.Path(path_type=Path), metavar="CASE", help="The casefile of the text that argues the other "
              "way, for a second sheet; found by itself where `order.txt` beside the first names two casefiles.")  # fmt: skip
@click.option(
    "--claims", metavar="IDS", help="Which comparisons, by id, with commas; else the first three that can be judged."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where the files go; else a folder beside CASE.",
)
def command(*, case: Path, pair: Path | None, claims: str | None, output: Path | None) -> None:
    """Make a sheet for pupils, names masked as A, B, C, and a key for the teacher.

    Pupils tick by what they would measure a claim and whom they would compare with, unfold the figures, give their verdict
    and sign; then the names are told. The sheets hold no verdict, and no name, people, capital or leader anywhere in the
    file. As HTML and PDF, one page each.
    """
    from evenhand.cli.worksheet_run import Job, run

    wanted = tuple(word.strip() for word in (claims or "").split(",") if word.strip())
    for path in run(Job(case, pair, wanted, output)):
        click.echo(str(path))
