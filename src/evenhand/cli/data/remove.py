"""``evenhand data remove``: takes figures out again."""

import click

from evenhand.cli.data.printing import print_json

EXAMPLES = """\b
Examples:
  evenhand data remove waiting
  evenhand data remove owid-life-expectancy
  evenhand data remove waiting --json
"""


@click.command("remove", epilog=EXAMPLES)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Say what was removed as JSON.")
def command(*, name: str, as_json: bool) -> None:
    """Take figures out again: NAME is what `data add` or `data import` called them.

    What was fetched from the network stays in the folder of downloads that `data where` names.
    """
    from evenhand.catalog import remove as remove_stored
    from evenhand.catalog.imported import Shelf
    from evenhand.catalog.store import stored
    from evenhand.model import BadInputError, closest_words

    shelf = Shelf()
    imported = shelf.ids()
    if name in imported:
        _tell(shelf.remove(name), "imported", as_json=as_json)
        return
    added = [one.id for one in stored()]
    try:
        _tell(remove_stored(name), "added", as_json=as_json)
    except BadInputError:
        close = closest_words(name, [*added, *imported]) or [*added, *imported]
        hint = f"there are {', '.join(close)}" if close else "nothing is added or imported"
        raise BadInputError(f"nothing that was added or imported is called ‘{name}’", hint=hint) from None


def _tell(name: str, was: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"removed": name, "was": was})
    else:
        click.echo(f"removed {name}")
