"""``evenhand import``: another tool's argument map as a text and a casefile."""

import json
from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  evenhand import debate.argdown                 writes debate.txt and debate.case.yaml
  evenhand import map.json --from xaif -o folder
  evenhand import debate.argdown --json          the same, and what could not be taken over, as JSON
"""
FORMATS = ("argdown", "aif", "xaif", "af", "apx", "tgf")


@click.command("import", epilog=EXAMPLES)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--from", "form", type=click.Choice(FORMATS), help="The format; without it, the file's name tells.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder for both files; else that of FILE.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written and what was not loaded as JSON.")
def command(*, path: Path, form: str | None, output: Path | None, as_json: bool) -> None:
    """Make a text and a casefile from another tool's argument map.

    Each claim of the map becomes a paragraph of the text and a claim of the casefile, each relation a link. What a
    casefile cannot hold is listed, with its line. Files that are there already are not written over.
    """
    from evenhand.exchange.imported import casefile
    from evenhand.exchange.reading import format_of, read_map, stem_of
    from evenhand.files import write_texts
    from evenhand.model import BadInputError
    from evenhand.text import decode, read_bytes

    chosen = form or format_of(path)
    found = read_map(decode(read_bytes(path), str(path)), str(path), chosen)
    folder = output or path.parent
    files = {folder / name: text for name, text in casefile(found, stem_of(path)).items()}
    there = [str(target) for target in files if target.exists()]
    if there:
        raise BadInputError("this file is there already", hint="choose another folder with -o", where=there[0])
    write_texts(files)
    if as_json:
        shape = {"files": [str(target) for target in files], "claims": len(found.claims), "links": len(found.links),
                 "not_loaded": list(found.not_loaded)}  # fmt: skip
        click.echo(json.dumps(shape, ensure_ascii=False, indent=1))
        return
    for target in files:
        click.echo(str(target))
    for what in found.not_loaded:
        click.echo(f"not loaded: {what}", err=True)
