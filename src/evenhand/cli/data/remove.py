"""``evenhand data remove``: takes figures out again."""

import click


@click.command(
    "remove", epilog="\b\nExamples:\n  evenhand data remove waiting\n  evenhand data remove owid-life-expectancy"
)
@click.argument("name")
def command(*, name: str) -> None:
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
        click.echo(f"removed {shelf.remove(name)}")
        return
    added = [one.id for one in stored()]
    try:
        click.echo(f"removed {remove_stored(name)}")
    except BadInputError:
        close = closest_words(name, [*added, *imported]) or [*added, *imported]
        hint = f"there are {', '.join(close)}" if close else "nothing is added or imported"
        raise BadInputError(f"nothing that was added or imported is called ‘{name}’", hint=hint) from None
