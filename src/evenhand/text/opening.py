"""Opens a drafted comparison as far as the text allows: who, against whom, on what measure, between which years.

What the words do not settle stays a question. Nothing is guessed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from evenhand.model import BadInputError, DraftClaim, Vocabulary
from evenhand.text.language import Language

NAME = re.compile(r"[^\W\d_][\w'.]*(?:[ -][^\W\d_][\w'.]*){0,4}")
SPAN = re.compile(r"\b(?:from|between) (\d{4}) (?:to|and|until) (\d{4})\b|\b(\d{4})\s*-\s*(\d{4})\b")
DECADE = re.compile(r"\b(?:the )?(\d{3}0)s\b")
SINCE = re.compile(r"\bsince (\d{4})\b")
UNTIL = re.compile(r"\b(?:until|till|by) (\d{4})\b")
IN = re.compile(r"\bin (\d{4})\b")
MOST = re.compile(
    r"\bthan any(?:where|one|thing)?\b(?: other| else)?|\bno other\b|\bthe (?:most|best|highest|lowest|fastest|largest)\b"
)
LONGEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit that the text names. start: in the text it was looked for in."""

    unit: str
    words: str
    start: int


@dataclass(frozen=True, slots=True)
class Opening:
    """How a comparison may be opened. subjects, against: names or ids of units.

    measures: alternatives, the first first; because: the words that proposed them.
    window: (start, end), either None. form: name of the form. questions: what the words do not settle, in plain words.
    """

    subjects: tuple[str, ...] = ()
    against: str | None = None
    peers: Literal["all", "region", "nearest"] | None = None
    measures: tuple[str, ...] = ()
    because: str = ""
    window: tuple[int | None, int | None] = (None, None)
    form: str = "more"
    direction: Literal["up", "down"] = "up"
    questions: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Can it be audited as it stands?"""
        return not self.questions


def open_claim(claim: DraftClaim, around: Sequence[str], vocabulary: Vocabulary, cues: Language) -> Opening:
    """Who is compared with whom, on what, when? around: the sentence, the paragraph and the title, nearest first."""
    quote = claim.quote
    years = window_in([quote, *around])
    year = years[1] or years[0]
    here, doubts = mentions(quote, vocabulary, year)
    context = next((found for words in around if (found := mentions(words, vocabulary, year)[0])), [])
    measures, because = measures_in([quote, *around[:1]], vocabulary, cues)
    subjects, against = sides(quote, here, context)
    peers = peers_in(quote, cues) if against is None else None
    questions = list(doubts)
    if not subjects:
        questions.append("who is judged? The passage names nobody that the catalogue knows")
    if not measures:
        questions.append("by what measure? Its words point to none that the catalogue has")
    if against is None and peers is None:
        questions.append("compared with whom? all, region, nearest, or a unit")
    if None in years:
        questions.append("between which years?")
    most = MOST.search(quote.lower()) and peers in {"all", "region"}
    return Opening(
        subjects=tuple(dict.fromkeys(named(m, vocabulary) for m in subjects)),
        against=named(against, vocabulary) if against else None,
        peers=peers,
        measures=measures,
        because=because,
        window=years,
        form="most" if most else "more",
        direction=direction_in(quote, cues),
        questions=tuple(questions),
    )


def named(mention: Mention, vocabulary: Vocabulary) -> str:
    """The text's own name of a unit where it can mean nothing else, else the id."""
    return mention.words if vocabulary.unit(mention.words) == mention.unit else mention.unit


def mentions(words: str, vocabulary: Vocabulary, year: int | None) -> tuple[list[Mention], list[str]]:
    """The units that a text names, the longest names first; and what is said of names that may mean several."""
    found: list[Mention] = []
    doubts: list[str] = []
    taken = 0
    for begin in re.finditer(r"[^\W\d_][\w'.-]*", words):
        if begin.start() < taken or not begin[0][0].isupper():
            continue
        parts = re.findall(r"[^\W_][\w'.-]*", words[begin.start() : begin.start() + 80])[:LONGEST_NAME]
        for length in range(len(parts), 0, -1):
            name = words[begin.start() :][: ends_after(words[begin.start() :], parts[:length])]
            name = re.sub(r"(?:'s|[’]s|[.,;:])$", "", name)
            try:
                unit = vocabulary.unit(name, year)
            except BadInputError as error:
                doubts.append(f"{name}: {error.problems[0].message}")
                unit = None
            if unit is not None:
                found.append(Mention(unit, name, begin.start()))
                taken = begin.start() + len(name)
                break
    return found, list(dict.fromkeys(doubts))


def ends_after(words: str, parts: Sequence[str]) -> int:
    """Where the last of some words ends, one after the other."""
    at = 0
    for part in parts:
        at = words.index(part, at) + len(part)
    return at


def sides(quote: str, here: Sequence[Mention], context: Sequence[Mention]) -> tuple[list[Mention], Mention | None]:
    """Who is judged, and against which unit: a unit behind "than" is the other side; else the nearest one named."""
    than = re.search(r"\b(?:than|compared (?:with|to)|unlike|against)\b", quote)
    if than is None:
        return list(here) or list(context[-1:]), None
    before = [m for m in here if m.start < than.start()]
    after = [m for m in here if m.start > than.start()]
    return before or [m for m in context if m.unit not in {a.unit for a in after}][-1:], after[0] if after else None


def measures_in(texts: Iterable[str], vocabulary: Vocabulary, cues: Language) -> tuple[tuple[str, ...], str]:
    """The measures that the nearest of some texts proposes, and the words that do."""
    for words in texts:
        low = " " + " ".join(words.replace("’", "'").lower().split()) + " "
        hits = [(p, ids) for phrases, ids in cues.measures for p in phrases if re.search(rf"\b{re.escape(p)}\b", low)]
        if hits:
            phrase, ids = max(hits, key=lambda hit: len(hit[0]))
            known = tuple(i for i in ids if vocabulary.measure(i) is not None)
            return known, phrase
    return (), ""


def window_in(texts: Iterable[str]) -> tuple[int | None, int | None]:
    """The years that the nearest of some texts gives."""
    start = end = None
    for words in texts:
        folded = words.replace("–", "-")
        if found := SPAN.search(folded):
            years = [int(y) for y in found.groups() if y]
            return (years[0], years[1])
        if (found := DECADE.search(folded)) and start is None:
            return (int(found[1]), int(found[1]) + 9)
        if start is None and (found := SINCE.search(folded)):
            start = int(found[1])
        if end is None and (found := UNTIL.search(folded) or IN.search(folded)):
            end = int(found[1])
        if start is not None and end is not None and start < end:
            return (start, end)
    return (start, end if start is not None else None)


def peers_in(quote: str, cues: Language) -> Literal["all", "region", "nearest"] | None:
    """The rule for peers that some words name."""
    low = " ".join(quote.replace("’", "'").lower().split())
    for phrases, rule in cues.against:
        if any(phrase in low for phrase in phrases):
            assert rule in {"all", "region", "nearest"}
            return rule  # type: ignore[return-value]
    return None


def direction_in(quote: str, cues: Language) -> Literal["up", "down"]:
    """Which way do the words say that the figure went? The first word that says so decides; up where none does."""
    for word in re.findall(r"[a-z]+", quote.lower()):
        if word in cues.down:
            return "down"
        if word in cues.up:
            return "up"
    return "up"
