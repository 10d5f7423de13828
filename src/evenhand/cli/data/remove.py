"""``evenhand data remove``: takes figures of one's own out again."""

import click


@click.command("remove", epilog="\b\nExamples:\n  evenhand data remove waiting")
@click.argument("name")
def command(*, name: str) -> None:
    """Take figures of your own out again. NAME is what `data add` called them."""
    from evenhand.catalog import remove as remove_stored

    click.echo(f"removed {remove_stored(name)}")
