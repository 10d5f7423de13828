"""How entries of the catalogue are printed: headings, columns, years, numbers, and lines for events and sources."""

import json
import os
import textwrap
from collections.abc import Iterable
from typing import Any

import click

from evenhand.model.words import years

WIDTH = 100


def print_json(shape: Any) -> None:
    click.echo(json.dumps(shape, ensure_ascii=False, indent=1))


def bold(text: str) -> str:
    """Headings stand out on a terminal; NO_COLOR and files get plain text."""
    return text if os.environ.get("NO_COLOR") else click.style(text, bold=True)


def columns(rows: Iterable[Iterable[object]], indent: str = "  ") -> list[str]:
    """Rows in aligned columns, the last one ragged."""
    table = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)] if table else []
    return [indent + "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in table]


def columns_wrapped(rows: Iterable[Iterable[object]], indent: str = "  ") -> list[str]:
    """Rows in aligned columns, nothing cut: a last cell that is too long goes on below, under itself or further left."""
    table = [["" if cell is None else str(cell) for cell in row] for row in rows]
    heads = columns((row[:-1] for row in table), indent)
    start = max(map(len, heads), default=0) + 2
    hang = " " * (start if start <= WIDTH // 2 else len(indent) + 4)
    lines = []
    for head, row in zip(heads, table, strict=True):
        first = head.ljust(start) + row[-1]
        lines += (
            [first.rstrip()]
            if len(first) <= WIDTH
            else textwrap.wrap(first, WIDTH, subsequent_indent=hang, break_on_hyphens=False)
        )
    return lines


def wrapped(text: str, indent: str = "  ") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False)


def number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.6g}"


def part(title: str, lines: list[str]) -> list[str]:
    return ["", bold(title), *lines] if lines else []


def event_lines(rows: list[dict[str, Any]]) -> list[str]:
    lines: list[str] = []
    for row in sorted(rows, key=lambda row: (row["start"], row["id"])):
        place = ", ".join(row["place"])
        lines.append(f"{years(row['start'], row['end'])}  {bold(row['name'])}  ({row['kind']}; {place})  [{row['id']}]")
        lines += wrapped(f"estimates by {', '.join(dict.fromkeys(row['authors']))}")
    return lines


def source_lines(rows: list[dict[str, Any]], indent: str = "") -> list[str]:
    lines: list[str] = []
    for row in rows:
        more = [part for part in (row["publisher"], row["licence"], row["url"]) if part]
        lines += wrapped(f"[{row['id']}] {row['citation']}" + "".join(f". {part}" for part in more), indent)
    return lines
