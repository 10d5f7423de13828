"""``evenhand data check``: is the catalogue consistent?"""

from pathlib import Path

import click

from evenhand.cli.data.printing import count, print_json

HELD = ("units", "groups", "measures", "events", "sources", "blind_spots")


@click.command("check", epilog="\b\nExamples:\n  evenhand data check\n  evenhand data check --json")
@click.option("--tables", metavar="FOLDER", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Check tables of the same shape elsewhere.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def command(*, tables: Path | None, as_json: bool) -> None:
    """Check the catalogue's tables for consistency. Exit 2 if there is a problem."""
    from evenhand.catalog import Catalog, check as check_tables
    from evenhand.model import BadInputError

    catalog = Catalog.open(folder=tables) if tables else Catalog.open()
    problems = check_tables(catalog)
    if problems:
        raise BadInputError.of(problems)
    held = {name: len(getattr(catalog.tables, name)) for name in HELD}
    if as_json:
        print_json(held)
        return
    click.echo(f"in order: {', '.join(count(n, name[:-1].replace('_', ' ')) for name, n in held.items())}")
