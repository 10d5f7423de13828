"""Loads a casefile whole: all that is wrong with it at once, in the order of the file."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Any

from evenhand.case import build
from evenhand.case.casefile import Case
from evenhand.case.checks import Anchored, anchored, brings_unread_units, checks, unused_choices
from evenhand.case.classes import case_class
from evenhand.case.direction import direction
from evenhand.case.names import names_of, resolve
from evenhand.case.raw import RawCase, parse
from evenhand.case.schema import unused
from evenhand.case.tree import in_file_order
from evenhand.model import BadInputError, Problem, Vocabulary
from evenhand.text import Document

ENDINGS = (".case.yaml", ".case.yml")


def stem_of_case(path: FilePath) -> str:
    """A casefile's name without its ends."""
    return path.name.removesuffix(".yaml").removesuffix(".yml").removesuffix(".case")


def load(path: str | FilePath, vocabulary: Vocabulary | None = None) -> Case:
    """A casefile and its text, checked whole and tied together.

    Raises BadInputError with every problem at once, in the order of the file. Without a vocabulary, names of units,
    measures, standards and events are taken as they stand; with one, they are looked up and replaced by their ids.
    """
    return bind(parse(path), vocabulary)


def bind(raw: RawCase, vocabulary: Vocabulary | None = None, *, also: Sequence[Problem] = ()) -> Case:
    """The second half of ``load``, for a vocabulary that needs the case's own files first.

    also: problems found meanwhile, such as in the case's own data; they are reported with the others.
    """
    tree, folder = raw.tree, raw.path.parent
    if not isinstance(tree.data, dict):
        raise BadInputError.of(in_file_order([*raw.problems, *also]))
    data, unknown = resolve(tree, names_of(tree.data, vocabulary, unread=brings_unread_units(tree.data, folder)))
    text = anchored(tree, folder)
    own_years: Callable[[str], bool] | None = getattr(vocabulary, "own_years", None)
    problems = in_file_order([*raw.problems, *unknown, *text.problems, *checks(tree, data, folder, own_years), *also])
    if problems or text.document is None:
        raise BadInputError.of(problems)
    return _built(raw, data, text, text.document)


def _built(raw: RawCase, data: dict[str, Any], text: Anchored, document: Document) -> Case:
    def each(key: str) -> list[Any]:
        return data.get(key) or []

    lines = [raw.tree.place(("claims", i))[0] for i in range(len(each("claims")))]
    return Case(
        version=data["version"],
        path=raw.path,
        text=build.text_ref(data["text"]),
        document=document,
        window=build.window(data.get("window")),
        default_standard=data.get("default_standard"),
        sides=tuple(map(build.side, each("sides"))),
        argues_for=data.get("argues_for"),
        data=tuple(build.data_file(entry, raw.path.parent) for entry in each("data")),
        groups=tuple(map(build.group, each("groups"))),
        sources=tuple(map(build.source, each("sources"))),
        classes=tuple(case_class(entry, raw.path.parent) for entry in each("classes")),
        testimony=tuple(map(build.statement, each("testimony"))),
        choices=tuple(map(build.choice, each("choices"))),
        claims=tuple(build.claim(c, text.spans[i], lines[i], data) for i, c in enumerate(each("claims"))),
        links=tuple(map(build.link, each("links"))),
        directions=tuple(map(direction, each("directions"))),
        positions=tuple(map(build.position, each("positions"))),
        disputes=tuple(map(build.dispute, each("disputes"))),
        notes=tuple(map(build.note, each("notes"))),
        unchecked=tuple(in_file_order([*unused(raw.tree), *unused_choices(raw.tree, data)])),
        digest=hashlib.sha256(raw.source.encode("utf-8", "replace")).hexdigest(),
    )


def is_casefile(path: str | FilePath) -> bool:
    """Is this the name of a casefile?"""
    return FilePath(path).name.endswith((".yaml", ".yml"))


def case_beside(text_path: str | FilePath) -> FilePath | None:
    """The casefile beside a text; None where there is none."""
    path = FilePath(text_path)
    return find_case(path) if any(named.is_file() for named in names_for(path)) else None


def names_for(path: FilePath) -> list[FilePath]:
    """What the casefile of a text may be called."""
    return [path.with_name(stem + ending) for stem in dict.fromkeys((path.stem, path.name)) for ending in ENDINGS]


def find_case(text_path: str | FilePath) -> FilePath:
    """Which casefile lies beside a text? essay.txt has essay.case.yaml or essay.txt.case.yaml."""
    path = FilePath(text_path)
    if path.is_dir():
        raise BadInputError("this is a folder", hint="name a casefile or a text in it", where=str(path))
    named = names_for(path)
    found = [candidate for candidate in named if candidate.is_file()]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = f"write one named {named[0].name}"
        raise BadInputError("there is no casefile beside this text", hint=hint, where=str(path))
    names = " and ".join(candidate.name for candidate in found)
    raise BadInputError(
        f"several casefiles lie beside this text: {names}", hint="name the one you mean", where=str(path)
    )


def find_text(case_path: str | FilePath) -> FilePath:
    """Which text does a casefile belong to? The one it names, whether or not the rest of it is right."""
    raw = parse(case_path)
    text = raw.data.get("text") if isinstance(raw.data, dict) else None
    file = text.get("file") if isinstance(text, dict) else None
    if isinstance(file, str):
        return raw.path.parent / file
    raise BadInputError("the casefile names no text", hint="add text: {file: ...}", where=str(case_path))
