"""Builds the sheets of a case, and of the case that argues the other way; one set of letters for both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evenhand.audit import open_case
from evenhand.audit.comparison import check_comparison
from evenhand.audit.wording import capital, mid_sentence, number
from evenhand.case import Case, Claim
from evenhand.catalog import Catalog
from evenhand.model import BadInputError, Finding, Track
from evenhand.model.verdict import NOT_A_CHANCE, percent
from evenhand.text import language
from evenhand.text.sentences import sentences
from evenhand.worksheet.masking import Masks, masked, masked_label, secrets
from evenhand.worksheet.sheet import Entry, Key, Row, Sheet, Task

Progress = Callable[[str, int, int], None]
TASKS = 3
OTHERS = 3
MEASURES = 5
LONGEST = 260
PEERS = ("all others", "its neighbours", "those that started out alike")


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pupils' sheets, the teacher's key, and every word that may stand on none of the sheets."""

    sheets: tuple[Sheet, ...]
    key: Key
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case with the claims that its sheet asks about, each with what came of it."""

    case: Case
    catalog: Catalog
    claims: tuple[tuple[Claim, Finding], ...]


def worksheet(
    path: Path, pair: Path | None = None, *, claims: Sequence[str] = (), progress: Progress | None = None
) -> Sheets:
    """The sheets of a casefile, and of the opposite one.

    claims: ids, of either casefile; of one of which none is named, the first three comparisons that could be judged. Raises
    BadInputError where a casefile has none. progress: called with (what, done, total).
    """
    opened = [open_case(one) for one in (path, *([pair] if pair is not None else []))]
    known = [claim.id for case, _ in opened for claim in case.claims]
    if unknown := sorted(set(claims) - set(known)):
        comparisons = ", ".join(claim.id for case, _ in opened for claim in case.claims if claim.open is not None)
        raise BadInputError(
            f"no claim is called {', '.join(unknown)}", hint=f"comparisons: {comparisons}", where=str(path)
        )
    return _sheets([_chosen(case, catalog, set(claims), progress) for case, catalog in opened])


def _chosen(case: Case, catalog: Catalog, wanted: set[str], progress: Progress | None) -> Chosen:
    named = wanted & {claim.id for claim in case.claims}
    opened = [claim for claim in case.claims if claim.open is not None and (not named or claim.id in named)]
    found: list[tuple[Claim, Finding]] = []
    for i, claim in enumerate(opened):
        if progress is not None:
            progress(f"{case.path.name}: comparisons", i, len(opened))
        finding, _ = check_comparison(claim, case, catalog)
        if finding.status == "judged" and finding.comparison is not None and finding.comparison.judged.used is not None:
            found.append((claim, finding))
        if len(found) == TASKS:
            break
    if not found:
        raise BadInputError(
            "no comparison of this casefile could be judged, so there is nothing to ask pupils",
            hint="open a claim (docs/casefile.md), and see `evenhand audit` for what could not be judged",
            where=str(case.path),
        )
    return Chosen(case, catalog, tuple(found))


def _sheets(chosen: Sequence[Chosen]) -> Sheets:
    """All sheets with one set of letters. Each is masked twice: names met late are letters in the first sentence, too."""
    masks = Masks(chosen[0].catalog)
    for _ in range(2):
        sheets = []
        for number_, one in enumerate(chosen, start=1):
            masks.catalog = one.catalog
            tasks = tuple(
                _task(i, claim, finding, one, masks) for i, (claim, finding) in enumerate(one.claims, start=1)
            )
            sheets.append(Sheet(number_, len(chosen), tasks))
    hidden: dict[str, None] = {}
    for one in chosen:
        known = [id_ for id_ in masks.letters if _knows(one.catalog, id_)]
        named = [id_ for side in one.case.sides for id_ in (*side.units, *side.groups)]
        hidden |= dict.fromkeys(secrets([*known, *named], one.catalog))
        aside = Masks(one.catalog)
        hidden |= dict.fromkeys(words for words in _told_by_the_case(one.case) if masked_label(words, aside) != words)
    return Sheets(tuple(sheets), _key(chosen, masks), tuple(hidden))


def _knows(catalog: Catalog, id_: str) -> bool:
    return catalog.has_group(id_) or any(unit.id == id_ for unit in catalog.units())


def _told_by_the_case(case: Case) -> tuple[str, ...]:
    """Title and author of the text, and the names of its sides: each may tell where it comes from."""
    return tuple(filter(None, (case.text.title, case.text.author, *(side.name for side in case.sides))))


def _task(number_: int, claim: Claim, finding: Finding, chosen: Chosen, masks: Masks) -> Task:
    """One claim with its names masked, what may be ticked, and figures by letter."""
    assert claim.open is not None
    assert finding.comparison is not None
    judged, measure = finding.comparison.judged, chosen.catalog.measure(claim.open.measure)
    masks.year = judged.years[0] if not judged.years_in_office else None
    subject, opponent = _ids(claim, "subject"), _ids(claim, "against")
    tracks = _tracks(finding, subject, opponent, masks)
    before, quote, after = _sentence(claim, chosen.case)
    document = chosen.case.document.text
    years = _years(finding, level=claim.open.standard == "level")
    catalog = chosen.catalog
    rows = [
        Row(masks.letter(t.unit), tuple(_at(t, year) for year in years))
        for t in sorted(tracks, key=lambda t: masks.letters[t.unit])
    ]
    return Task(
        number_, masked(before, masks, document), masked(quote, masks, document), masked(after, masks, document),
        _about(subject, years, masks), tuple(masked_label(name, masks) for name in _measures(catalog, measure.id)),
        (*PEERS, *_alone(opponent, masks)), masked_label(_bare(measure.name), masks), masked_label(measure.unit, masks),
        tuple(map(str, years)), tuple(rows),
    )  # fmt: skip


def _about(subject: Sequence[str], years: Sequence[int], masks: Masks) -> str:
    """Whom the sentence is about, and which years, since a sentence by itself may not say."""
    when = f", {' to '.join(map(str, years))}" if years else ""
    return f"It is about {' and '.join(masks.letter(id_) for id_ in subject)}{when}."


def _ids(claim: Claim, which: str) -> tuple[str, ...]:
    """The units and groups that a comparison names as its subject, or as what it is set against."""
    assert claim.open is not None
    side = getattr(claim.open, which)
    if side is None:
        return ()
    peers = getattr(side, "peers", None)
    named = (
        side.unit,
        side.group,
        *getattr(side, "units", ()),
        *(peers.units if peers else ()),
        peers.group if peers else None,
    )
    return tuple(id_ for id_ in named if id_)


def _alone(opponent: Sequence[str], masks: Masks) -> tuple[str, ...]:
    return tuple(f"{masks.letter(id_)} alone" for id_ in opponent[:1])


def _tracks(finding: Finding, subject: Sequence[str], opponent: Sequence[str], masks: Masks) -> list[Track]:
    """The subject's figures, the opponent's, and some others', so that a verdict is not read off two numbers."""
    assert finding.comparison is not None
    named = {*subject, *opponent}
    tracks = list(finding.comparison.tracks)
    shown = [t for t in tracks if t.role in {"subject", "opponent"} or t.unit in named]
    others = [t for t in tracks if t not in shown and t.role != "member"]
    step = max(1, len(others) // OTHERS)
    shown += others[::step][:OTHERS]
    for id_ in sorted({t.unit for t in shown} | named):
        masks.letter(id_)
    return [t for t in shown if t.unit in masks.letters]


def _years(finding: Finding, *, level: bool) -> tuple[int, ...]:
    assert finding.comparison is not None
    judged = finding.comparison.judged
    if judged.years_in_office:
        return ()
    first, last = judged.used or judged.years
    return (last,) if level or first == last else (first, last)


def _at(track: Track, year: int) -> str:
    """The figure of a year, or of the nearest one."""
    if not track.years:
        return "–"
    i = min(range(len(track.years)), key=lambda i: (abs(track.years[i] - year), track.years[i]))
    return number(track.values[i]) if abs(track.years[i] - year) <= 3 else "–"


def _sentence(claim: Claim, case: Case) -> tuple[str, str, str]:
    """The sentence that the quote stands in, cut to what a sheet has room for: before it, the quote, after it."""
    text, span = case.document.text, claim.span
    start, end = span.start, span.end
    paragraph = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    stop = text.find("\n\n", end)
    for one in sentences(text[paragraph : stop if stop >= 0 else len(text)], language()):
        first, last = one.start + paragraph, one.end + paragraph
        if first <= span.start < last:
            start = first
        if first < span.end <= last:
            end = last
    room = max(0, LONGEST - (span.end - span.start))
    before, after = text[start : span.start], text[span.end : max(end, span.end)]
    if len(before) > room // 2:
        before = "... " + before[-(room // 2) :].partition(" ")[2]
    if len(after) > room // 2:
        after = after[: room // 2].rpartition(" ")[0] + " ..."
    return before, text[span.start : span.end], after


def _measures(catalog: Catalog, measure: str) -> tuple[str, ...]:
    """What it might be measured by: the claim's own among others of its domain, by name."""
    own = catalog.measure(measure)
    same = [m for m in catalog.measures() if m.domain == own.domain and m.id != measure and not m.tolls]
    near = sorted(same, key=lambda m: m.concept != own.concept)
    names = dict.fromkeys(_bare(m.name) for m in (own, *near))
    return tuple(sorted(list(names)[:MEASURES]))


def _bare(name: str) -> str:
    return name.partition(" (")[0]


def _key(chosen: Sequence[Chosen], masks: Masks) -> Key:
    letters = []
    for id_, letter in sorted(masks.letters.items(), key=lambda pair: (len(pair[1]), pair[1])):
        masks.catalog = next(one.catalog for one in chosen if _knows(one.catalog, id_))
        letters.append((letter, masks.named(id_)))
    sheets = []
    for number_, one in enumerate(chosen, start=1):
        title = ", ".join(filter(None, (one.case.title, one.case.text.author)))
        entries = tuple(_entry(i, claim, finding, one) for i, (claim, finding) in enumerate(one.claims, start=1))
        sheets.append((number_, title, entries))
    return Key(tuple(letters), tuple(sheets))


def _entry(number_: int, claim: Claim, finding: Finding, chosen: Chosen) -> Entry:
    assert finding.share is not None
    place = finding.place
    others = f" {place.at_least} of {place.of - 1} others fit the claim at least as well." if place is not None else ""
    stated = f"as stated in {percent(finding.share)} of {finding.judged:,} ways"
    verdict = f"{capital(finding.verdict)}: {stated}.{others} {NOT_A_CHANCE}"
    tips = "Nothing that we tried changes it."
    if finding.hinges_on and 0 < finding.share < 1:
        hinge = finding.hinges_on[0]
        told = ", ".join(f"{o.label} {percent(o.share)}" for o in hinge.options if o.share is not None)
        tips = f"What tips it most: {mid_sentence(hinge.label)} ({told})."
    known = {source.id: source.citation for source in chosen.catalog.sources()} | {
        s.id: s.citation for s in chosen.case.sources
    }
    return Entry(
        number_, claim.quote, finding.sentence, finding.literal.sentence if finding.literal else "", verdict, tips,
        tuple(known.get(id_, id_).strip().rstrip(".") for id_ in finding.sources),
    )  # fmt: skip
