"""A group of commands whose modules are imported only when they run, so that help is instant."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Knows its commands by name and one line. there: for each name its module in ``package``, and what it does."""

    def __init__(self, *args: Any, package: str, there: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.package = package
        self.there = there

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.there)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self.there:
            return None
        module, _ = self.there[cmd_name]
        command: click.Command = import_module(f"{self.package}.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self.there.items()])
