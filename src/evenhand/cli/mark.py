"""``evenhand mark``: marking a text by hand, one key for each thing."""

from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  evenhand mark essay.txt                  go through the text; run it again to go on where you stopped
  evenhand mark essay.docx                 the text is kept beside it, as essay.txt
  pbpaste | evenhand mark - -o essay.case.yaml
  evenhand mark essay.txt --yaml           print the casefile at the end
\b
Keys at a passage:
  c comparison  e event  f figures  b how often  t tie  a agreement  w cause  d definition  i inference  v value
  Enter or n: on, without a claim.  p: back.  s: the whole sentence.  + - ( ): longer, shorter.  r: reported
\b
Keys at a field: Tab accepts what is proposed first, 1 to 9 another one, Shift-Tab all that is left. e: type it (Tab
completes).  o: leave it open.  m: more, less, most, rose, fell.  n: on to the next passage.
\b
u takes back the last key, as often as you like. Q leaves; all is saved after every key.
"""


@click.command("mark", epilog=EXAMPLES)
@click.argument("path", metavar="TEXT|-", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="CASE", help="The casefile; beside the text if left out."
)
@click.option("--language", "code", metavar="CODE", help="The language of the text, where evenhand cannot tell.")
@click.option("--yaml", "show", is_flag=True, help="Print the casefile at the end.")
def command(*, path: Path, output: Path | None, code: str | None, show: bool) -> None:
    """Mark the claims of a text in the terminal.

    TEXT is plain text or Markdown, a .docx, a PDF with a text layer, or - for standard input. You go from passage to passage,
    press one key for the kind of claim, and Tab for each thing that is proposed: who is judged, by what measure, against
    whom, in which years. A casefile that is there already is added to. Nothing that you do not mark is touched.
    """
    from evenhand.cli.mark_screen import marked
    from evenhand.cli.mark_text import taken_in

    text, case = taken_in(path, output)
    click.echo(marked(text, case, code=code, show=show))
