"""``evenhand data where``: the user's data folder."""

import click

from evenhand.cli.data.printing import columns, print_json


@click.command(
    "where", epilog="\b\nExamples:\n  evenhand data where\n  EVENHAND_HOME=/data/evenhand evenhand data where"
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def command(*, as_json: bool) -> None:
    """Say where your data lie, and how much room they take."""
    from evenhand.catalog import data_home
    from evenhand.catalog.fetching.cache import size_of

    home = data_home()
    folders = {"added": home / "data", "imported": home / "imports", "fetched": home / "downloads"}
    told = {name: {"folder": str(folder), "bytes": size_of(folder)} for name, folder in folders.items()}
    if as_json:
        print_json({"home": str(home), **told})
        return
    click.echo(str(home))
    for line in columns((name, one["folder"], f"{one['bytes'] / 1e6:,.1f} MB") for name, one in told.items()):  # type: ignore[operator]
        click.echo(line)
