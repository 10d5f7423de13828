"""``evenhand export``: a case and its findings in the formats of other tools."""

from pathlib import Path

import click

from evenhand.cli.progress import Progress

EXAMPLES = """\b
Examples:
  evenhand export essay.case.yaml --to argdown           writes essay.argdown beside the casefile
  evenhand export essay.case.yaml --to csv -o -          prints the table
  evenhand export essay.case.yaml --to map-svg -o map.svg
  evenhand export essay.case.yaml --to ro-crate -o essay.zip
  evenhand export essay.case.yaml#c3 --to card-png       one card as a picture that can be passed on
  evenhand export --list                                 the formats, one a line
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("path", metavar="CASE|TEXT|CASE#CLAIM", type=click.Path(path_type=Path), required=False)
@click.option("--to", "to", metavar="FORMAT", help="The format; --list names them all.")
@click.option("--list", "list_formats", is_flag=True, help="List the formats and stop.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file, a folder, or '-' to print.")
@click.option("--data", "data", multiple=True, type=click.Path(path_type=Path), metavar="FILE.csv",
              help="Figures of your own, as for `evenhand audit`.")  # fmt: skip
@click.option("--new-units", is_flag=True, help="Accept units in --data that the catalogue does not know.")
@click.option("--seed", default=0, show_default=True, help="Seed of the random groups that a group is set against.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written and what was left out as JSON.")
@click.option("--quiet", is_flag=True, help="No progress, and nothing on what was left out.")
def command(
    *, path: Path | None, to: str | None, list_formats: bool, output: Path | None, data: tuple[Path, ...], new_units: bool,
    seed: int, as_json: bool, quiet: bool,
) -> None:  # fmt: skip
    """Export a case and its findings to the formats of other tools.

    Says what the format could not hold. A format that shows findings audits the case first.
    """
    from evenhand.cli.export_run import Wanted, listed, run

    if list_formats:
        click.echo(listed(as_json=as_json))
        return
    if path is None or to is None:
        missing = "CASE" if path is None else "--to FORMAT"
        raise click.UsageError(f"Missing {missing}.", click.get_current_context())
    wanted = Wanted(path, to, output, data, new_units=new_units, seed=seed, as_json=as_json, quiet=quiet)
    run(wanted, Progress(quiet=quiet))
