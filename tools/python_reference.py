"""The reference of ``evenhand.compare`` from its own docstrings, for ``write_docs.py``."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from typing import Any

from evenhand import compare

HEADS = {
    "function": "Functions",
    "standard": "Rules",
    "class": "What goes in and what comes out",
    "constant": "Constants",
}


def python_lines() -> Iterator[str]:
    """Every public name of ``evenhand.compare``, by kind."""
    named = {name: getattr(compare, name) for name in compare.__all__}
    kinds = {name: _kind(thing) for name, thing in named.items()}
    for kind, head in HEADS.items():
        yield from ["", f"## {head}"]
        for name in sorted((name for name in named if kinds[name] == kind), key=str.casefold):
            yield from _entry(name, named[name], kind)


def _kind(thing: Any) -> str:
    if inspect.isfunction(thing):
        return "function"
    if not inspect.isclass(thing):
        return "constant"
    return "standard" if thing in compare.STANDARDS.values() else "class"


def _entry(name: str, thing: Any, kind: str) -> Iterator[str]:
    yield from ["", f"### {name}", ""]
    if kind == "constant":
        yield f"`{name}`: {', '.join(f'`{word}`' for word in thing)}."
        return
    yield from ["```python", *_signature(name, thing), "```", ""]
    yield from _told(inspect.getdoc(thing) or "")
    if inspect.isclass(thing):
        yield from _methods(thing)


def _signature(name: str, thing: Any) -> list[str]:
    """As it is written in the code, so that it is the same under every version of Python and numpy."""
    if is_dataclass(thing):
        return _wrapped(name, [_field(thing, one) for one in fields(thing) if not one.name.startswith("_")], "")
    if inspect.isclass(thing):
        return [f"class {name}"]
    written = _parsed(thing)
    assert isinstance(written, ast.FunctionDef)
    shown, starred = [], False
    arguments = written.args
    first = len(arguments.args) - len(arguments.defaults)
    for i, one in enumerate(arguments.args):
        shown.append(_argument(one, arguments.defaults[i - first] if i >= first else None))
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if not starred:
            shown, starred = [*shown, "*"], True
        shown.append(_argument(one, default))
    if arguments.kwarg is not None:
        shown.append("**" + _argument(arguments.kwarg, None))
    return _wrapped(name, shown, f" -> {_text(written.returns)}")


def _parsed(thing: Any) -> ast.stmt:
    return ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]


def _field(thing: Any, field: Field[Any]) -> str:
    for owner in thing.__mro__:
        if field.name in inspect.get_annotations(owner):
            body: Any = _parsed(owner)
            for line in body.body:
                if isinstance(line, ast.AnnAssign) and ast.unparse(line.target) == field.name:
                    default = "" if line.value is None else f" = {_text(line.value)}"
                    return f"{field.name}: {_text(line.annotation)}{default}"
    raise AssertionError(field.name)


def _argument(one: ast.arg, default: ast.expr | None) -> str:
    return f"{one.arg}: {_text(one.annotation)}{'' if default is None else f' = {_text(default)}'}"


def _text(node: ast.expr | None) -> str:
    return "None" if node is None else ast.unparse(node).replace("'", '"').strip('"')


def _wrapped(name: str, parts: list[str], end: str) -> list[str]:
    line = f"{name}({', '.join(parts)}){end}"
    return [line] if len(line) <= 110 else [f"{name}(", *(f"    {part}," for part in parts), f"){end}"]


def _told(doc: str) -> Iterator[str]:
    """The docstring; its examples as code."""
    text, found, examples = doc.partition("\n>>> ")
    yield _plain(text).rstrip()
    if found:
        yield from ["", "```python", *(f">>> {examples}".rstrip().splitlines()), "```"]


def _methods(thing: Any) -> Iterator[str]:
    rows = []
    for name, member in vars(thing).items():
        inner = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if name.startswith("_") or not inspect.isfunction(inner) or not inspect.getdoc(inner):
            continue
        call = name if isinstance(member, property) else f"{name}({', '.join(_names(inner))})"
        rows.append(
            f"- `{call}`: {_plain(inspect.getdoc(inner) or '').partition(chr(10) * 2)[0].replace(chr(10), ' ')}"
        )
    if rows:
        yield from ["", *rows]


def _names(function: Any) -> list[str]:
    return [name for name in inspect.signature(function).parameters if name not in {"self", "cls"}]


def _plain(text: str) -> str:
    """Sphinx roles and double backticks as Markdown."""
    text = re.sub(r":(?:func|class|mod):`~?([\w.]+)`", r"`\1`", text)
    return text.replace("``", "`")
