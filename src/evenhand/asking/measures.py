"""What a question measures: by the catalogue's names, by the words of evenhand.text, and by those of the grammar."""

import re
from dataclasses import dataclass

from evenhand.asking.grammar import MeasureCue, any_of, grammar
from evenhand.asking.wording import Words
from evenhand.catalog import Catalog
from evenhand.text import language


@dataclass(frozen=True, slots=True)
class MeasureHit:
    """Words that name measures. start, end: where they stand; words: as typed."""

    cue: MeasureCue
    words: str
    start: int
    end: int


def find_measures(words: Words, catalog: Catalog) -> list[MeasureHit]:
    """All that is measured, in the order of the question; takes the words. Longer names go before shorter ones."""
    found: list[MeasureHit] = []
    for cue in [*_named(catalog), *grammar().adjectives, *grammar().measures, *_cues_of_texts(catalog)]:
        found += [MeasureHit(cue, hit[0], hit.start(), hit.end()) for hit in words.find(cue.pattern)]
    kept = []
    for hit in sorted(found, key=lambda h: h.start - h.end):
        if words.free(hit.start, hit.end):
            words.take(hit.start, hit.end)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)


def measures_of(hits: list[MeasureHit], catalog: Catalog) -> tuple[tuple[str, ...], bool]:
    """The measures that all words together can mean, the first first, and whether several things could be meant.

    Nothing where the words name two things at once.
    """
    common = [m for m in hits[0].cue.measures if catalog.has_measure(m)]
    for hit in hits[1:]:
        shared = [m for m in common if m in hit.cue.measures]
        common = shared
    return tuple(common), all(hit.cue.broad for hit in hits)


def _named(catalog: Catalog) -> list[MeasureCue]:
    """The catalogue's own names and ids of measures, those of imports and of the user's own figures among them."""
    out: list[MeasureCue] = []
    bare: dict[str, list[str]] = {}
    for measure in catalog.measures():
        name = IN_BRACKETS.sub("", measure.name).lower()
        bare.setdefault(name, []).append(measure.id)
        whole = {measure.name.lower(), measure.id, measure.id.replace("-", " ")} - {name}
        if spoken := [_loosely(word) for word in whole if len(word) > SHORTEST]:
            out.append(MeasureCue((measure.id,), any_of(spoken), tuple(whole)))
    return out + [
        MeasureCue(tuple(ids), any_of([_loosely(name)]), (name,)) for name, ids in bare.items() if len(name) > SHORTEST
    ]


def _loosely(name: str) -> str:
    return re.escape(name).replace("\\ ", "[ -]")


IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
SHORTEST = 3


def _cues_of_texts(catalog: Catalog) -> list[MeasureCue]:
    """The words by which evenhand.text reads measures out of essays."""
    out = []
    for phrases, ids in language().measures:
        known = tuple(i for i in ids if catalog.has_measure(i))
        if known:
            out.append(MeasureCue(known, any_of([re.escape(p) for p in phrases]), phrases))
    return out
