"""What a casefile's schema cannot say: each check looks at the plain data, however broken, and lists what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath, PurePosixPath, PureWindowsPath
from typing import Any

from evenhand.case.classes import class_problems
from evenhand.case.direction import direction_problems
from evenhand.case.links import link_problems
from evenhand.case.names import entries, numbered, windows
from evenhand.case.schema import label
from evenhand.case.tree import Path, Tree
from evenhand.model import BadInputError, Problem
from evenhand.text import Document, Span, evaluate, find, read

ALONE = ("rose", "fell", "none", "always")
BELONGS = {  # key of a form: the forms that it belongs to
    "margin": ("by-at-least", "at-most"),
    "ratio": ("by-at-least",),
    "within": ("same",),
    "unit": ("same",),
}
NEEDS = {"by-at-least": ("margin", "ratio"), "same": ("within",), "at-most": ("margin",)}
UNUSED_CHOICES = ("attribution", "pool")


@dataclass(slots=True)
class Anchored:
    """The text of a case and the spans of its quotes, by the number of the claim; None where it is unreadable."""

    document: Document | None
    spans: dict[int, Span]
    problems: list[Problem]


def anchored(tree: Tree, folder: FilePath) -> Anchored:
    """The case's text and where its quotes stand in it."""
    text: Any = tree.data.get("text") if isinstance(tree.data, dict) else None
    file = text.get("file") if isinstance(text, dict) else None
    found = Anchored(None, {}, [])
    if not isinstance(file, str) or not file:
        return found
    try:
        found.document = read(inside(folder, file))
    except BadInputError as error:
        found.problems += carried(tree, ("text", "file"), error, f"text {file!r}: ")
        return found
    found.problems += _changed(tree, text, found.document)
    for i, claim in numbered(tree.data, "claims"):
        quote = claim.get("quote")
        if isinstance(quote, str) and quote:
            try:
                found.spans[i] = find(found.document, quote, _text(claim, "prefix"), _text(claim, "suffix"))
            except BadInputError as error:
                found.problems += carried(tree, ("claims", i, "quote"), error)
    return found


def inside(folder: FilePath, file: str) -> FilePath:
    """A path that a casefile names, which must stay in the casefile's folder, even by way of a link."""
    hint = "name a file in the casefile's folder or below it"
    if PurePosixPath(file).is_absolute() or PureWindowsPath(file).drive or file.startswith("\\"):
        raise BadInputError("an absolute path is not allowed", hint=hint)
    if ".." in PureWindowsPath(file).parts:
        raise BadInputError("the path climbs out of the casefile's folder", hint=hint)
    try:
        leads_to = (folder / file).resolve()
    except (OSError, ValueError, RuntimeError):
        raise BadInputError("this path cannot be followed", hint=hint) from None
    if not leads_to.is_relative_to(folder.resolve()):
        raise BadInputError("the path is a link that leads out of the casefile's folder", hint=hint)
    return folder / file


def carried(tree: Tree, path: Path, error: BadInputError, before: str = "") -> list[Problem]:
    """An error from below, at the place in the casefile that caused it."""
    return [tree.problem(path, before + problem.message, problem.hint) for problem in error.problems]


def _changed(tree: Tree, text: dict[str, Any], document: Document) -> list[Problem]:
    marked = text.get("sha256")
    if not isinstance(marked, str) or marked == document.sha256:
        return []
    message = f"the text has changed since it was marked: its sha256 was {marked[:12]}… and is {document.sha256[:12]}…"
    hint = f"read the quotes again; to accept the text as it is, write sha256: {document.sha256}"
    return [tree.problem(("text", "sha256"), message, hint)]


def checks(tree: Tree, data: Any, folder: FilePath, own_years: Callable[[str], bool] | None = None) -> list[Problem]:
    """Everything that is wrong beyond the schema, the names and the quotes. data: with names resolved.

    own_years: has a unit years of its own, as a leader has, so that no window need be named?
    """
    return [
        *_twice(tree, data),
        *_periods(tree, data),
        *_files(tree, data, folder),
        *link_problems(tree, data),
        *direction_problems(tree, data),
        *_ties(tree, data),
        *class_problems(tree, data, folder),
        *(
            problem
            for i, claim in numbered(data, "claims")
            for problem in _claim(tree, data, ("claims", i), claim, own_years or _none_of_its_own)
        ),
    ]


def _none_of_its_own(unit: str) -> bool:  # noqa: ARG001
    return False


def _text(data: dict[str, Any], key: str) -> str | None:
    value = data.get(key)
    return value if isinstance(value, str) else None


def _twice(tree: Tree, data: Any) -> Iterator[Problem]:
    """Ids that are declared twice."""
    lists: list[tuple[Path, Any]] = [
        ((key,), data) for key in ("sides", "groups", "classes", "sources", "choices", "claims", "links", "positions")
    ]
    lists += [(("choices", i, "options"), choice) for i, choice in numbered(data, "choices")]
    lists += [(("data", i, "measures"), entry) for i, entry in numbered(data, "data")]
    for path, holder in lists:
        first: dict[str, int] = {}
        for i, entry in numbered(holder, str(path[-1])):
            name = _text(entry, "id")
            if name in first:
                line = tree.place((*path, first[name], "id"))[0]
                message = f"the id {name!r} stands twice in {label(path)}, first on line {line}"
                yield tree.problem((*path, i, "id"), message, "give one of them another id")
            elif name is not None:
                first[name] = i


def _periods(tree: Tree, data: Any) -> Iterator[Problem]:
    """Windows and periods that end before they start, and events outside them."""
    for path, period in windows(data):
        opens, closes = ("start", "end") if "start" in period else ("from", "to")
        start, end, event = period.get(opens), period.get(closes), period.get("event")
        if not isinstance(start, int) or not isinstance(end, int):
            continue
        if start > end:
            yield tree.problem(
                (*path, closes), f"{closes} {end} is before {opens} {start}", f"allowed: {opens} <= {closes}"
            )
        elif isinstance(event, int) and not start <= event <= end:
            message = f"event {event} is outside the window {start} to {end}"
            yield tree.problem((*path, "event"), message, "allowed: start <= event <= end")


def _files(tree: Tree, data: Any, folder: FilePath) -> Iterator[Problem]:
    """Data files that are not there, or not in the casefile's folder."""
    for i, entry in numbered(data, "data"):
        file, path = _text(entry, "file"), ("data", i, "file")
        if not file:
            continue
        try:
            found = inside(folder, file)
        except BadInputError as error:
            yield from carried(tree, path, error, f"data {file!r}: ")
            continue
        if not found.is_file():
            others = sorted(other.name for other in found.parent.glob("*.csv"))
            hint = f"the folder holds {', '.join(others[:5])}" if others else "put the file beside the casefile"
            yield tree.problem(path, f"data {file!r}: there is no such file", hint)


def brings_unread_units(data: Any, folder: FilePath) -> bool:
    """Is a data file not there that would bring units of its own?"""

    def there(file: str) -> bool:
        try:
            return inside(folder, file).is_file()
        except BadInputError:
            return False

    bringing = [_text(entry, "file") for _, entry in numbered(data, "data") if entry.get("new_units") is True]
    return any(file and not there(file) for file in bringing)


def _ties(tree: Tree, data: Any) -> Iterator[Problem]:
    """Ties that are called documented although nothing is named that shows them."""
    for i, source in numbered(data, "sources"):
        for j, tie in numbered(source, "ties"):
            if tie.get("status") == "documented" and not _text(tie, "source"):
                hint = "name the source that shows it, or call the tie asserted"
                yield tree.problem(("sources", i, "ties", j), "a documented tie names no source", hint)


def _claim(
    tree: Tree, data: Any, path: Path, claim: dict[str, Any], own_years: Callable[[str], bool]
) -> Iterator[Problem]:
    if claim.get("stance") is not None and claim.get("voice", "author") == "author":
        message = "stance belongs to claims that the author reports"
        yield tree.problem((*path, "stance"), message, "add voice: reported, or take the stance out", key=True)
    sums = claim.get("arithmetic")
    for i, entry in enumerate(sums if isinstance(sums, list) else [sums]):
        if isinstance(entry, dict):
            yield from _sum(tree, (*path, "arithmetic", i) if isinstance(sums, list) else (*path, "arithmetic"), entry)
    opened = claim.get("open")
    if isinstance(opened, dict):
        yield from _form(tree, (*path, "open", "form"), opened.get("form"))
        yield from _comparison(tree, (*path, "open"), opened)
        yield from _years(tree, data, (*path, "open"), opened, own_years)


def _sum(tree: Tree, path: Path, entry: dict[str, Any]) -> Iterator[Problem]:
    """Sums that are none, and tolerances that cannot be read."""
    expression = _text(entry, "expression")
    if expression:
        try:
            evaluate(expression)
        except BadInputError as error:
            yield from carried(tree, (*path, "expression"), error)


def _form(tree: Tree, path: Path, form: Any) -> Iterator[Problem]:
    """Fields of a form that do not belong together."""
    name = _text(form, "name") if isinstance(form, dict) else None
    if name is None:
        return
    for key, forms in BELONGS.items():
        if form.get(key) is not None and name not in forms:
            yield tree.problem(
                (*path, key), f"{key} does not belong to {name}", f"allowed with: {', '.join(forms)}", key=True
            )
    needed = NEEDS.get(name, ())
    given = [key for key in needed if form.get(key) is not None]
    if len(needed) > 0 and len(given) != 1:
        found = "it has both" if given else "it has none"
        yield tree.problem((*path, "name"), f"{name} needs {' or '.join(needed)}; {found}", f"add {' or '.join(needed)}"
                           if not given else "keep one of them")  # fmt: skip


def _comparison(tree: Tree, path: Path, opened: dict[str, Any]) -> Iterator[Problem]:
    """Comparisons without another side, or with themselves."""
    form, against = opened.get("form"), opened.get("against")
    name = _text(form, "name") if isinstance(form, dict) else None
    if name is not None and name not in ALONE and "against" not in opened:
        hint = f"add against: {{peers: all}}, a unit or a group; only {', '.join(ALONE)} stand alone"
        yield tree.problem(path, f"{name} needs to know against what", hint)
    if isinstance(against, dict) and against and against == opened.get("subject"):
        yield tree.problem(
            (*path, "against"), "the subject is compared with itself", "name another unit, group or peers"
        )


def _years(
    tree: Tree, data: Any, path: Path, opened: dict[str, Any], own_years: Callable[[str], bool]
) -> Iterator[Problem]:
    """Comparisons without years; a leader brings the own time in office."""
    subject = opened.get("subject")
    unit = _text(subject, "unit") if isinstance(subject, dict) else None
    if unit is not None and own_years(unit):
        return
    chosen = opened.get("choices")
    windows = [choice.get("id") for choice in entries(data, "choices") if choice.get("kind") == "window"]
    by_choice = isinstance(chosen, list) and any(isinstance(one, str) and one in windows for one in chosen)
    if "window" not in opened and not data.get("window") and not by_choice:
        hint = "add window: {start: ..., end: ...} here or at the top of the file"
        yield tree.problem(path, "no window says over which years", hint)


def unused_choices(tree: Tree, data: Any) -> Iterator[Problem]:
    """Choices of kinds that this version does not try."""
    for i, choice in numbered(data, "choices"):
        if choice.get("kind") in UNUSED_CHOICES:
            why = f"choices of kind {choice['kind']} are not tried yet"
            yield tree.problem(("choices", i), f"choices entry {i + 1}: accepted, not checked", why)
