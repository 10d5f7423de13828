"""Opens a drafted comparison as far as the text allows: who, against whom, on what measure, between which years.

What the words do not settle stays a question. Nothing is guessed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from evenhand.model import BadInputError, Chronicle, DraftClaim, Vocabulary
from evenhand.text.language import Language
from evenhand.text.windows import Years, years_in

NAME = re.compile(r"[^\W\d_][\w'.]*(?:[ -][^\W\d_][\w'.]*){0,4}")
LONGEST_NAME = 5
Seen = Callable[[str, int | None], tuple[list["Mention"], list[str]]]


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
    window: (start, end), either None; window_because: what words were read as these years. form: name of the form.
    questions: what the words do not settle, as questions.
    """

    subjects: tuple[str, ...] = ()
    against: str | None = None
    peers: Literal["all", "region", "nearest"] | None = None
    measures: tuple[str, ...] = ()
    because: str = ""
    window: tuple[int | None, int | None] = (None, None)
    window_because: str = ""
    form: str = "more"
    direction: Literal["up", "down"] = "up"
    questions: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Can it be audited as it stands?"""
        return not self.questions


def open_claim(
    claim: DraftClaim, around: Sequence[str], vocabulary: Vocabulary, cues: Language, seen: Seen | None = None,
    dated: dict[str, Years] | None = None,
) -> Opening:  # fmt: skip
    """Who is compared with whom, on what, when? around: the sentence, the paragraph and the title, nearest first."""
    quote = claim.quote
    years = years_in([quote, *around], cues, vocabulary if isinstance(vocabulary, Chronicle) else None, dated)
    look = seen or (lambda words, year: mentions(words, vocabulary, year))
    here, doubts = look(quote, years.end or years.start)
    here = [m for m in here if m.unit != years.leader]
    context = next((found for words in around if (found := besides(look(words, years.end)[0], years))), [])
    measures, because = measures_in([quote, *around[:1]], vocabulary, cues)
    subjects, against = sides(quote, here, context, cues)
    names = tuple(dict.fromkeys(named(m, vocabulary) for m in subjects)) or ((years.state,) if years.state else ())
    peers = peers_in(quote, cues) if against is None else None
    most = peers in {"all", "region"} and any(phrase in quote.lower() for phrase in cues.sides.get("most", ()))
    return Opening(
        subjects=names,
        against=named(against, vocabulary) if against else None,
        peers=peers,
        measures=measures,
        because=because,
        window=(years.start, years.end),
        window_because=years.because,
        form="most" if most else "more",
        direction=direction_in(quote, cues),
        questions=(*(f"which one? {doubt}" for doubt in doubts), *years.doubts,
                   *asked(bool(names), bool(measures), against is not None or peers is not None, years)),
    )  # fmt: skip


def besides(found: Sequence[Mention], years: Years) -> list[Mention]:
    """The units that a text names, without the ruler whose time is the window."""
    return [m for m in found if m.unit != years.leader]


def asked(subject: bool, measure: bool, other: bool, years: Years) -> list[str]:
    """What is missing of an open comparison, each as a question."""
    found = []
    if not subject:
        found.append("who is judged? The passage names nobody that the catalogue knows")
    if not measure:
        found.append("by what measure? Its words point to none that the catalogue has")
    if not other:
        found.append("compared with whom? all, region, nearest, or a unit")
    if not years.whole:
        known = f" It begins in {years.start}" if years.start is not None else ""
        found.append(f"between which years?{known}")
    return found


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


def sides(
    quote: str, here: Sequence[Mention], context: Sequence[Mention], cues: Language
) -> tuple[list[Mention], Mention | None]:
    """Who is judged, and against which unit: a unit behind "than" is the other side; else the nearest one named."""
    low = quote.lower()
    than = min((at for word in cues.sides.get("than", ()) if (at := found_at(low, word)) >= 0), default=-1)
    if than < 0:
        return list(here) or list(context[-1:]), None
    before = [m for m in here if m.start < than]
    after = [m for m in here if m.start > than]
    return before or [m for m in context if m.unit not in {a.unit for a in after}][-1:], after[0] if after else None


def found_at(low: str, phrase: str) -> int:
    """Where a phrase stands as whole words; -1 where it does not."""
    found = re.search(rf"\b{re.escape(phrase)}\b", low)
    return found.start() if found else -1


def measures_in(texts: Iterable[str], vocabulary: Vocabulary, cues: Language) -> tuple[tuple[str, ...], str]:
    """The measures that the nearest of some texts proposes, and the words that do."""
    for words in texts:
        low = " " + " ".join(words.replace("’", "'").lower().split()) + " "
        phrase = max((found[0] for found in cues.measure_words.finditer(low)), key=len, default="")
        if phrase:
            ids = next(ids for phrases, ids in cues.measures if phrase in phrases)
            known = tuple(i for i in ids if vocabulary.measure(i) is not None)
            return known, phrase
    return (), ""


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
