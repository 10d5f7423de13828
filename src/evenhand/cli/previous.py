"""``evenhand audit --previous``: what changed since a page was published, carried on in the new page's history."""

from dataclasses import replace
from pathlib import Path

from evenhand.audit import Audit
from evenhand.audit.history import correction, told
from evenhand.audit.record import record
from evenhand.model import BadInputError
from evenhand.report.sealing import Read, read_page


def page_before(previous: Path | None, stem: str) -> Path | None:
    """The page of one case: the one named, or that of the same name in the folder named; None where there is none there."""
    if previous is None:
        return None
    if not previous.exists():
        raise BadInputError(
            "there is no such page", hint="name a page that evenhand made, or a folder of them", where=str(previous)
        )
    if not previous.is_dir():
        return previous
    there = previous / f"{stem}.html"
    return there if there.is_file() else None


def published(path: Path) -> Read:
    """A page whose history can be carried on. Raises BadInputError where it was altered since it was made."""
    page = read_page(path)
    if not page.sealed:
        hint = "take the page as evenhand wrote it; `evenhand verify` says more"
        raise BadInputError(
            "this page was altered since it was made, so its history is not carried on", hint=hint, where=str(path)
        )
    return page


def with_history(found: Audit, before: Read | None, said: list[str]) -> Audit:
    """The audit with the corrections so far, and the one that it makes itself; said: lines for the terminal are put there."""
    if before is None:
        return found
    now = record(found)
    _check_same_text(before, now)
    change = correction(before.record, now)
    if change is None:
        said.append(f"Nothing changed since {before.path.name}.")
        return replace(found, history=before.history)
    said += [f"Changed since {before.path.name}:", *(f"  {line}" for line in told(change))]
    return replace(found, history=(*before.history, change))


def _check_same_text(before: Read, now: dict[str, object]) -> None:
    """Is it a page of the same text? The same words, or at least one claim that is marked in both."""
    if before.record["text_sha256"] == now["text_sha256"]:
        return
    claims = now["claims"]
    assert isinstance(claims, list)
    if not {claim["quote"] for claim in before.record["claims"]} & {claim["quote"] for claim in claims}:
        raise BadInputError(
            f"this page is of another text ({before.record['text_file']}), not of {now['text_file']}",
            hint="name the page of this text", where=str(before.path),
        )  # fmt: skip
