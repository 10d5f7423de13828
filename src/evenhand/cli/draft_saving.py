"""Where a draft's casefile goes, and how it is written: a casefile that somebody may have worked on is never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from evenhand.audit.drafting import case_of
from evenhand.audit.updating import Updated, difference, updated
from evenhand.case import ENDINGS, RawCase, case_beside, is_casefile, parse, save
from evenhand.files import write_text
from evenhand.model import BadInputError
from evenhand.model.words import plural
from evenhand.text import Document, Draft

ENDING = ENDINGS[0]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written. before: the casefile as it stood, where it was updated; updates: what each of them did."""

    path: Path
    before: RawCase | None = None
    updates: tuple[Updated, ...] = ()


def target_of(path: Path, output: Path | None) -> Path:
    """Where the casefile goes: where the text has one already, else beside the text, unless the user says otherwise."""
    if output is None:
        return case_beside(path) or path.with_name(path.stem + ENDING)
    return output / (path.stem + ENDING) if output.is_dir() else output


def check_target(path: Path, target: Path, *, update: bool) -> None:
    """May the casefile be written there? Asked before anything is drafted. Raises BadInputError."""
    where = str(target)
    if is_casefile(path) and path.name.endswith(ENDINGS):
        raise BadInputError("this is a casefile, not a text", hint="name the text that it is about", where=str(path))
    if target.resolve() == path.resolve():
        raise BadInputError("this is the text itself", hint="give the casefile another name with -o", where=where)
    if not is_casefile(target):
        hint = f"end the name in {ENDING}: -o {target.name.partition('.')[0] or 'essay'}{ENDING}"
        raise BadInputError("a casefile's name ends in .yaml", hint=hint, where=where)
    if not path.resolve().is_relative_to(target.parent.resolve()):
        hint = f"keep both in one folder: copy the text to {target.parent} first"
        raise BadInputError("a casefile stands in the folder of its text, or above it", hint=hint, where=where)
    if update and not target.exists():
        raise BadInputError("there is no casefile to update", hint="leave --update out to write one", where=where)
    if target.exists() and not update:
        raise BadInputError("there is a casefile already", hint=other_name(path, target), where=where)


def other_name(path: Path, target: Path) -> str:
    """What to do where a casefile stands already: another one, where it is of another text."""
    try:
        data = parse(target).data
        file = data["text"]["file"]
        if (target.parent / file).resolve() != path.resolve():
            return f"it is of another text, {file}; -o {path.name}{ENDING} names one for this"
    except (BadInputError, TypeError, KeyError):
        pass
    return "--update adds what is new to it, or -o names another"


def check_json(path: Path, target: Path, to: str) -> None:
    """Would the JSON overwrite the text or its casefile? Raises BadInputError."""
    if to != "-" and Path(to).resolve() in {path.resolve(), target.resolve()}:
        raise BadInputError("this would overwrite what was read", hint="choose another name", where=to)


def write(document: Document, made: Draft, target: Path, *, update: bool) -> Written:
    """Writes a new casefile, or what is new of one that stands."""
    if not update:
        check_target(document.path, target, update=False)
        return Written(save(case_of(made, document, target)))
    return again(document, made, Written(target, parse(target)))


def again(document: Document, made: Draft, written: Written) -> Written:
    """Adds what a model found to a casefile; one that we have just written, and nobody else since, is written anew."""
    if written.before is None:
        return Written(save(case_of(made, document, written.path)))
    standing = parse(written.path)
    result = updated(standing, made, document)
    if result.raw.source != standing.source:
        save(result.raw)
    return Written(written.path, written.before, (*written.updates, result))


def told_update(written: Written) -> str:
    """The difference, and what became of what: added, left out, no longer in the text."""
    if written.before is None:
        return ""
    last = written.updates[-1]
    lines = [difference(written.before.source, last.raw.source, written.path.name)]
    added = [id_ for each in written.updates for id_ in each.added]
    lines.append(f"{plural(len(added), 'claim')} added{': ' + shown(added) if added else ''}.")
    if last.left_out:
        lines.append(
            f"left out: {plural(last.left_out, 'passage')} drafted before that you deleted or quote otherwise "
            "(take the key `drafted` out of the casefile to get them back)."
        )
    if written.updates[0].changed:
        lines.append(
            "The text has changed since it was marked, and its sha256 was noted anew: read again what stands near the changes."
        )
    lines += [f"{id_}: {why}; mend its quote, or delete the claim" for id_, why in last.lost]
    return "\n".join(line for line in lines if line)


def shown(ids: Sequence[str]) -> str:
    return ", ".join(ids[:12]) + (f" and {len(ids) - 12} more" if len(ids) > 12 else "")


def write_json(text: str, to: str) -> None:
    """To a file, or for ``-`` to standard output."""
    if to == "-":
        click.echo(text)
    else:
        write_text(text + "\n", Path(to))
