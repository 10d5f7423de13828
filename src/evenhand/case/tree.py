"""YAML to plain data, with the place of every key and value. Nothing in a casefile is ever executed."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from evenhand.model import BadInputError, Problem

Path = tuple[str | int, ...]
Place = tuple[int, int]
PREFIX = "tag:yaml.org,2002:"
DEEPEST = 40
MOST_VALUES = 200_000
PLAIN_TAGS = frozenset(PREFIX + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq"))
BASES = {"0o": 8, "0x": 16, "0b": 2}
# What the parser says, what we say, what to do. The first that fits counts; {} is the parser's own words.
SAYINGS = (
    ("mapping values are not allowed", "a colon where none may stand",
     "put a text with a colon between quotes, or check the indentation"),
    ("'\\t'", "a tab where only spaces may stand", "indent with spaces"),
    ("unexpected end of stream", "a quote that opens here is never closed", "close it"),
    ("unexpected document separator", "a quote that opens here is never closed", "close it"),
    ("could not find expected ':'", "a line without a colon", "write `key: value`, or put a long text between quotes"),
    ("expected <block end>", "this line does not fit what stands above", "check its indentation, and the quotes above"),
    ("expected ','", "a list or mapping in brackets that is not closed", "close it with ] or }, and check its commas"),
    ("undefined alias", "{}", "name an anchor that stands above it, or put the text between quotes"),
    ("another document", "a second document", "keep one document to a file: take out the line with ---"),
    ("cannot start any token", "{}", "put the whole text between quotes"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tree:
    """A casefile's data and places. keys, values: line and column, from 1, of what stands at a path."""

    file: str
    data: Any
    keys: dict[Path, Place]
    values: dict[Path, Place]
    problems: tuple[Problem, ...] = ()

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where a value (or its key) stands; where it does not, what it would be in."""
        while path and path not in self.values:
            path = path[:-1]
        return (self.keys if key and path in self.keys else self.values).get(path, (1, 1))

    def problem(self, path: Path, message: str, hint: str = "", *, key: bool = False) -> Problem:
        line, column = self.place(path, key=key)
        return Problem(f"{self.file}:{line}:{column}", message, hint)


def in_file_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by line and column, each once; those without a place in the file last."""
    return sorted(dict.fromkeys(problems), key=_place_of)


def _place_of(problem: Problem) -> tuple[float, float]:
    _, *place = problem.where.rsplit(":", 2)
    if len(place) == 2 and all(part.isdigit() for part in place):
        return int(place[0]), int(place[1])
    return math.inf, math.inf


def read_tree(text: str, file: str) -> Tree:
    """The data of a YAML text. Raises BadInputError where it does not parse; other troubles are in ``problems``."""
    opening = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    if opening.startswith("%"):
        raise BadInputError("YAML directives are not allowed", hint="take out the line that starts with %", where=file)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise _in_words(error, file) from None
    except YAMLError as error:
        message = str(error).splitlines()[0]
        raise BadInputError(f"the YAML cannot be read: {message}", hint="take the character out", where=file) from None
    except RecursionError:
        raise BadInputError("the YAML is nested too deeply", hint=f"allowed: {DEEPEST} levels", where=file) from None
    if root is None:
        hint = "it needs at least `version: 1` and `text: {file: ...}`"
        raise BadInputError("the casefile is empty", hint=hint, where=file)
    reader = _Reader(file)
    data = reader.value(root, ())
    return Tree(file, data, reader.keys, reader.values, tuple(reader.problems))


def _in_words(error: MarkedYAMLError, file: str) -> BadInputError:
    """The parser's complaint, in a reader's words, at its place."""
    said = str(error.problem or error.context or "it is not YAML")
    words, hint = next(((w, h) for key, w, h in SAYINGS if key in said), ("{}", "check this line and the one above it"))
    mark = error.context_mark if "never closed" in words and error.context_mark else error.problem_mark
    where = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else file
    return BadInputError(f"the YAML cannot be read: {words.format(said)}", hint=hint, where=where)


@dataclass(slots=True)
class _Reader:
    """Walks the nodes that YAML composed, once; builds data and never objects."""

    file: str
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0

    def value(self, node: Node, path: Path) -> Any:
        empty = isinstance(node, ScalarNode) and not node.value and not node.style
        self.values[path] = self.keys.get(path, place_of(node)) if empty else place_of(node)
        self.seen += 1
        if self.seen > MOST_VALUES:
            message = f"the file unfolds to more than {MOST_VALUES:,} values"
            raise BadInputError(message, hint="use fewer aliases (*name)", where=self.where(node))
        if len(path) > DEEPEST:
            hint = f"allowed: {DEEPEST} levels; an alias (*name) must not stand inside what it names"
            raise BadInputError("the YAML is nested too deeply", hint=hint, where=self.where(node))
        if node.tag not in PLAIN_TAGS:
            tag = str(node.tag).replace(PREFIX, "!!")
            self.complain(node, f"the tag {tag} is not allowed: a casefile never runs code", "take the tag out")
            return None
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self.scalar(node)

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.complain(key, "a key must be a word", "put the key between quotes")
                continue
            name = str(key.value)
            if name in data:
                first = self.keys[(*path, name)][0]
                self.complain(key, f"the key {name!r} stands twice, first on line {first}", "take one of them out")
                continue
            self.keys[(*path, name)] = place_of(key)
            data[name] = self.value(value, (*path, name))
        return data

    def scalar(self, node: ScalarNode) -> Any:
        kind, text = str(node.tag).removeprefix(PREFIX), str(node.value)
        try:
            if kind == "int":
                return _integer(text)
            if kind == "float":
                return _finite(text)
        except ValueError:
            shown = text if len(text) <= 40 else text[:40] + "…"
            self.complain(
                node, f"{shown} is not a number that we can use", "write a finite number, or put it between quotes"
            )
            return None
        return {"bool": text.lower() == "true", "null": None}.get(kind, text)

    def complain(self, node: Node, message: str, hint: str) -> None:
        self.problems.append(Problem(self.where(node), message, hint))

    def where(self, node: Node) -> str:
        line, column = place_of(node)
        return f"{self.file}:{line}:{column}"


def place_of(node: Node) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    sign, body = (digits[0], digits[1:]) if digits[:1] in ("+", "-") else ("", digits)
    return int(sign + body, BASES.get(body[:2].lower(), 10))


def _finite(text: str) -> float:
    number = float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    if not math.isfinite(number):
        raise ValueError(text)
    return number
