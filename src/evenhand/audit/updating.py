"""Updates a casefile with a new draft: what a person wrote, changed, moved or deleted stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Any

from evenhand.audit.drafting import DRAFTED_ABOVE, choice_of, claim_of, comments_of, digest_of, digests, sources_of
from evenhand.case import Entry, Insertion, RawCase, entries_of, with_words
from evenhand.model import BadInputError, DraftClaim
from evenhand.text import Document, Draft, Drafted, find, nearest_to


@dataclass(frozen=True, slots=True)
class Updated:
    """A casefile with what is new. added: ids of new claims; left_out: passages that were drafted before and deleted since.

    lost: (claim, why) of those whose quotes are no longer in the text; changed: the text is another than the one marked.
    """

    raw: RawCase
    added: tuple[str, ...]
    left_out: int
    lost: tuple[tuple[str, str], ...]
    changed: bool


@dataclass(slots=True)
class _Standing:
    """The claims of a casefile, and where each stands in the text; those whose quote is gone, where it seems to have been."""

    claims: list[dict[str, Any]]
    spans: list[tuple[int, int] | None] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, raw: RawCase, document: Document) -> "_Standing":
        found = cls(entries_of(raw, "claims"))
        for entry in found.claims:
            quote = str(entry.get("quote", ""))
            try:
                span = find(document, quote, entry.get("prefix"), entry.get("suffix"))
            except BadInputError as error:
                found.lost.append((str(entry.get("id")), error.problems[0].message))
                near = nearest_to(document.text, quote)
                found.spans.append((near.start, near.end) if near is not None else None)
            else:
                found.spans.append((span.start, span.end))
        return found

    def same(self, claim: DraftClaim) -> int | None:
        """Which standing claim is of the same passage?"""
        return next((i for i, span in enumerate(self.spans) if span is not None and overlaps(span, claim)), None)

    def before(self, claim: DraftClaim) -> int:
        """How many entries come before a new one, so that the file keeps the order of the text?"""
        return max(
            (i + 1 for i, span in enumerate(self.spans) if span is not None and span[0] <= claim.start), default=0
        )


def updated(raw: RawCase, draft: Draft, document: Document) -> Updated:
    """A casefile with what the draft finds and it lacks; of what stands in it, no byte but the text's sha256 is touched."""
    check_text(raw, document)
    standing = _Standing.of(raw, document)
    drafted_before = set(raw.data.get("drafted") or ())
    taken = {str(entry.get("id")) for entry in standing.claims}
    ids: dict[int, str] = {}
    fresh: list[int] = []
    questions: dict[int, list[str]] = {}
    left_out = 0
    for i, one in enumerate(draft.drafted):
        at = standing.same(one.claim)
        if at is not None:
            ids[i] = str(standing.claims[at].get("id"))
            if one.differs and one.differs not in raw.source and _by_rule(standing.claims[at]):
                questions.setdefault(at, []).append(f"question: {one.differs}")
        elif digest_of(one, document) in drafted_before:
            left_out += 1
        else:
            ids[i] = free("d", taken)
            fresh.append(i)
    try:
        after = _inserted(raw, draft, document, ids, fresh, standing, questions)
    except ValueError as error:
        hint = "write each entry on lines of its own, with a dash before it"
        raise BadInputError(
            f"the list {error} is written between brackets, and cannot be added to", hint=hint, where=str(raw.path)
        ) from None
    text = raw.data["text"]
    changed = text.get("sha256", document.sha256) != document.sha256
    if changed:
        after = with_words(after, ("text", "sha256"), text["sha256"], document.sha256)
    return Updated(after, tuple(ids[i] for i in fresh), left_out, tuple(standing.lost), changed)


def check_text(raw: RawCase, document: Document) -> None:
    """Is the casefile one of this text, and in order as YAML? Raises BadInputError."""
    if raw.problems:
        raise BadInputError.of(raw.problems)
    file = raw.path.parent / raw.data["text"]["file"]
    if file.resolve() != document.path.resolve():
        message = f"this casefile is of another text: {raw.data['text']['file']}"
        raise BadInputError(message, hint="name another casefile with -o", where=str(raw.path))


def _inserted(
    raw: RawCase, draft: Draft, document: Document, ids: Mapping[int, str], fresh: Sequence[int], standing: _Standing,
    questions: Mapping[int, Sequence[str]],
) -> RawCase:  # fmt: skip
    """The new claims with the sources, choices and links that go with them."""
    new = [draft.drafted[i] for i in fresh]
    sources, cites = sources_of(new, entries_of(raw, "sources"))
    put = Insertion.of(raw)
    put.entries("sources", [Entry(one, len(entries_of(raw, "sources"))) for one in sources])
    choices = [choice for i in fresh if (choice := choice_of(draft.drafted[i], ids[i])) is not None]
    put.entries("choices", [Entry(one, len(entries_of(raw, "choices"))) for one in choices])
    claims = [
        Entry(claim_of(one, ids[i], document, cited), standing.before(one.claim), tuple(comments_of(one)))
        for i, one, cited in zip(fresh, new, cites, strict=True)
    ]
    put.entries("claims", claims)
    for at, lines in questions.items():
        put.above("claims", at, lines)
    links = links_of(draft.drafted, ids, fresh, {str(link.get("id")) for link in entries_of(raw, "links")})
    put.entries("links", [Entry(one, len(entries_of(raw, "links"))) for one in links])
    known = raw.data.get("drafted") or []
    digest = [one for one in digests(draft.drafted, document) if one not in known]
    if known and digest:
        return with_words(put.done(), ("drafted", len(known) - 1), known[-1], ", ".join([known[-1], *digest]))
    if digest:
        put.at_the_end(DRAFTED_ABOVE + f"drafted: [{', '.join(digest)}]\n")
    return put.done()


def links_of(
    drafted: Sequence[Drafted], ids: Mapping[int, str], fresh: Sequence[int], taken: set[str]
) -> list[dict[str, Any]]:
    """What new inferences rest on, as far as it stands in the casefile."""
    found = []
    for i in fresh:
        rests = [ids[j] for j in drafted[i].rests_on if j in ids]
        if rests:
            found.append(
                {"id": free("l", taken), "from": rests, "to": ids[i], "kind": "support", "joint": len(rests) > 1}
            )
    return found


def free(letter: str, taken: set[str]) -> str:
    """The first id of a letter and a number that nothing has; it is taken then."""
    id_ = next(f"{letter}{i}" for i in range(1, len(taken) + 2) if f"{letter}{i}" not in taken)
    taken.add(id_)
    return id_


def _by_rule(entry: Mapping[str, Any]) -> bool:
    by = entry.get("by")
    return isinstance(by, Mapping) and by.get("who") == "rule"


def overlaps(span: tuple[int, int], claim: DraftClaim) -> bool:
    """Do they share at least a third of what they cover together?"""
    both = max(0, min(span[1], claim.end) - max(span[0], claim.start))
    return 3 * both >= (span[1] - span[0]) + (claim.end - claim.start) - both


def difference(before: str, after: str, name: str) -> str:
    """What an update changes, line by line."""
    lines = unified_diff(before.splitlines(), after.splitlines(), f"{name} (as it was)", name, lineterm="", n=1)
    return "\n".join(lines)
