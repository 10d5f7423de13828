"""Between which years? Years, decades, centuries, named periods, and the time in office of those who ruled."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from evenhand.model import Chronicle, Office
from evenhand.text.language import Language

YEAR = re.compile(r"\d{4}")
SPAN = re.compile(r"\b(\d{4})\s*-\s*(\d{4})\b")
NAME = r"((?:[A-ZÀ-Þ][^\W\d_]*(?:['-][^\W\d_]+)*\.? ?(?:(?:de|da|do|dos|van|von|der|bin|al|el) )*){1,4})"


@dataclass(frozen=True, slots=True)
class Years:
    """The first and the last year, either None. because: what words that are no years were read as; doubts: as questions."""

    start: int | None = None
    end: int | None = None
    because: str = ""
    doubts: tuple[str, ...] = ()
    state: str | None = None
    leader: str | None = None

    @property
    def whole(self) -> bool:
        return self.start is not None and self.end is not None


NOTHING = Years()


@dataclass(frozen=True, slots=True)
class Shapes:
    """The expressions of a language for spans of years."""

    span: re.Pattern[str]
    decade: re.Pattern[str]
    since: re.Pattern[str]
    until: re.Pattern[str]
    within: re.Pattern[str]
    ruled: re.Pattern[str]


def shapes(cues: Language) -> Shapes:
    """Expressions from the words of ``[windows]`` in the language's file."""
    return _shapes(tuple((name, tuple(words)) for name, words in sorted(cues.windows.items())))


@lru_cache(maxsize=8)
def _shapes(table: tuple[tuple[str, tuple[str, ...]], ...]) -> Shapes:
    words = {name: "|".join(re.escape(word) for word in sorted(each, key=len, reverse=True)) for name, each in table}
    one = {
        name: words.get(name) or "(?!)" for name in ("from", "to", "since", "until", "in", "decade", "under", "rule")
    }
    titles = words.get("titles", "")
    title = rf"(?i:(?:{titles})\.? )*" if titles else ""
    return Shapes(
        re.compile(rf"\b(?:{one['from']}) (\d{{4}}) (?:{one['to']}) (\d{{4}})\b", re.IGNORECASE),
        re.compile(rf"\b(\d{{3}}0)(?:{one['decade']})\b"),
        re.compile(rf"\b(?:{one['since']}) (\d{{4}})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{one['until']}) (\d{{4}})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{one['in']}) (\d{{4}})\b", re.IGNORECASE),
        re.compile(rf"\b(?i:{one['under']}) {title}{NAME}|\b{NAME}(?:'s|s') (?i:{one['rule']})\b"),
    )


def years_in(
    texts: Iterable[str], cues: Language, chronicle: Chronicle | None = None, seen: dict[str, Years] | None = None
) -> Years:
    """The years that the nearest of some texts gives: two years first, then a decade, a ruler, a named period, one year.

    "since 1948" gives a start alone. Who ruled when is the chronicle's; a name that several bore is a doubt. seen:
    remembers what each text says, for one language and one chronicle.
    """
    found, known = NOTHING, {} if seen is None else seen
    for words in texts:
        if words not in known:
            known[words] = _years(" ".join(words.replace("–", "-").replace("’", "'").split()), cues, chronicle)
        found = _joined(found, known[words])
        if found.whole:
            return found
    return found if found.start is not None else replace(found, end=None)


def _joined(near: Years, far: Years) -> Years:
    """What the nearer text says, with what only the farther one says; never an end before a start."""
    if near is NOTHING or far is NOTHING:
        return far if near is NOTHING else near
    start = near.start if near.start is not None else far.start
    end = near.end if near.end is not None else far.end
    if start is not None and end is not None and start >= end:
        start, end = (near.start, near.end) if (near.start, near.end) != (None, None) else (far.start, far.end)
    source = near if near.because or near.doubts or near.state else far
    return replace(source, start=start, end=end)


def _years(words: str, cues: Language, chronicle: Chronicle | None) -> Years:
    """What one text says."""
    shape = shapes(cues)
    if not YEAR.search(words):
        ruled = _ruled(words, shape, chronicle) if chronicle is not None else NOTHING
        return ruled if ruled.start is not None or ruled.doubts else _period(words.lower(), cues)
    if pair := shape.span.search(words) or SPAN.search(words):
        return Years(int(pair[1]), int(pair[2]))
    if decade := shape.decade.search(words):
        return Years(int(decade[1]), int(decade[1]) + 9)
    ruled = _ruled(words, shape, chronicle) if chronicle is not None else NOTHING
    if ruled.start is not None or ruled.doubts:
        return ruled
    since, until = shape.since.search(words), shape.until.search(words) or shape.within.search(words)
    if since or until:
        return Years(int(since[1]) if since else None, int(until[1]) if until else None)
    return _period(words.lower(), cues)


def _ruled(words: str, shape: Shapes, chronicle: Chronicle) -> Years:
    """ "under Salazar", "Salazar's rule": the years in office, by the chronicle; of two rulers neither's."""
    held = [found for one in shape.ruled.finditer(words) if (found := _ruler(one, chronicle)).start or found.doubts]
    return held[0] if len({one.because for one in held}) == 1 else NOTHING


def _ruler(found: re.Match[str], chronicle: Chronicle) -> Years:
    name = " ".join((found[1] or found[2]).split())
    while name:
        held = named(name.rstrip(".").removesuffix("'s"), chronicle.offices())
        if held:
            return _held(found[0].strip(), held)
        name = name.rpartition(" ")[0]
    return NOTHING


def _held(words: str, held: Sequence[Office]) -> Years:
    if len(held) > 1:
        listed = " or ".join(f"{o.person} ({o.state}, {o.start} to {o.end or 'today'})" for o in held[:4])
        return Years(doubts=(f"which years are “{words}”: {listed}?",))
    one = held[0]
    because = f"“{words}”: {one.person} was in office from {one.start} to {one.end or 'today'}, by the catalogue"
    return Years(one.start, one.end, because, state=one.state, leader=one.unit)


def named(name: str, offices: Sequence[Office]) -> list[Office]:
    """Those in office who go by a name: in full, by their last names, or by the id of the unit that stands for them."""
    low = name.lower()
    return [
        one for one in offices
        if (person := one.person.lower()) == low or person.endswith(f" {low}")
        or low == one.unit or (one.unit or "").startswith(f"{low}-{one.state.lower()}")
    ]  # fmt: skip


def _period(low: str, cues: Language) -> Years:
    """ "since the war", "in the nineteenth century": by the table ``[[periods]]`` of the language's file."""
    phrase = max((found[0] for found in cues.period_words.finditer(low)), key=len, default="")
    one = next((one for one in cues.periods if phrase in one.words), None)
    if one is None:
        return NOTHING
    through = f"{one.start} to {one.end}" if one.end else f"from {one.start} on"
    return Years(one.start, one.end, f"“{phrase}” is read as {through}")
