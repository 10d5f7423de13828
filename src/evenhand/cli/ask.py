"""``evenhand ask``: a question in plain words, answered in the terminal."""

from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  evenhand ask "Cuba cut infant mortality more than comparable countries, 1960 to 1990"
  evenhand ask "Costa Rica cut infant mortality more than comparable countries, 1960 to 1990"
  evenhand ask "Inequality rose more in the UK than in France" --yes
  evenhand ask "Did schooling rise more in South Korea than in Japan, 1950-2000?" --html answer.html
  evenhand ask "In 1980 life expectancy was higher in Japan than in Iceland" --save mine.case.yaml
  evenhand ask "Schooling rose more in Ghana than in Kenya, 1960-2000" --save essay.case.yaml --quote "learnt faster"
"""


@click.command("ask", epilog=EXAMPLES)
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--yes", is_flag=True, help="Ask nothing: take the standing choice wherever the question leaves something open."
)
@click.option("--html", "page", type=click.Path(path_type=Path), metavar="FILE", help="Write the card as a page, too.")
@click.option(
    "--save", type=click.Path(path_type=Path), metavar="CASE", help="Append the question to a casefile, or make one."
)
@click.option("--quote", metavar="WORDS", help="The words of the casefile's text that the question reads, for --save.")
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv", help="Figures of your own.")
@click.option("--new-units", is_flag=True, help="Accept units in --data that the catalogue does not know.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer and the finding as JSON.")
def command(
    *, question: tuple[str, ...], yes: bool, page: Path | None, save: Path | None, quote: str | None, data: tuple[Path, ...],
    new_units: bool, as_json: bool,
) -> None:  # fmt: skip
    """Answers a question: how it was understood, three sentences, one small chart.

    Countries, leaders, groups and measures go by any name that the catalogue knows; docs/ask.md has the grammar. What the
    question leaves open is asked for. A question that figures cannot answer is refused, with the reason.
    """
    from evenhand.cli.ask_run import Job, run

    run(Job(" ".join(question), yes, page, save, quote, data, new_units, as_json))
