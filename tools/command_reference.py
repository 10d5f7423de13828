"""The command line as Markdown, command by command, from the command line itself."""

from collections.abc import Iterator
from inspect import cleandoc

import click

from evenhand.cli import cli
from markdown_tables import cells, table


def command_lines() -> Iterator[str]:
    """The command line, command by command."""
    return _command(cli, "evenhand", None, 2)


def _command(command: click.Command, name: str, parent: click.Context | None, depth: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    path = context.command_path
    arguments = [_argument(p) for p in command.params if isinstance(p, click.Argument)]
    inner = isinstance(command, click.Group)
    usage = " ".join([path, "[OPTIONS]", *(["COMMAND [ARGS]..."] if inner else arguments)])
    yield from ["", f"{'#' * depth} {path}", "", "```text", usage, "```", "", cleandoc(command.help or "")]
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
    if options:
        yield from ["", *table("option", "what it does"), *(cells(_spelt(o), _told(o)) for o in options)]
    if command.epilog:
        yield from ["", "```text", *command.epilog.replace("\b\n", "").strip().splitlines(), "```"]
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from _command(found, below, context, min(depth + 1, 4))


def _argument(argument: click.Argument) -> str:
    shown = argument.metavar or _metavar(argument)
    return shown if argument.required else f"[{shown.strip('[]')}]"


def _metavar(parameter: click.Parameter) -> str:
    if isinstance(parameter.type, click.Choice):
        return f"[{'|'.join(parameter.type.choices)}]"
    named = isinstance(parameter, click.Argument)
    return str(parameter.name if named else parameter.type.name).upper()


def _spelt(option: click.Option) -> str:
    value = "" if option.is_flag or option.count else f" {option.metavar or _metavar(option)}"
    return f"`{', '.join([*option.opts, *option.secondary_opts])}{value}`"


def _told(option: click.Option) -> str:
    words = [option.help or ""]
    words += ["Needed."] if option.required else []
    words += ["May be given more than once."] if option.multiple else []
    words += [f"Without it: `{option.default}`."] if option.show_default else []
    return " ".join(words)
