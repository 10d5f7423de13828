"""Which catalogued event does a passage speak of, and what does it say of it: that it happened, or not, its scale, who, why?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evenhand.model import BadInputError, Chronicle, Happening, Vocabulary
from evenhand.text.language import Language
from evenhand.text.windows import years_in

Says = Literal["happened", "denied", "scale", "responsible", "intent"]
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
STEM = 4
MOST_LISTED = 4
LONGEST_NAME = 6
KIND_WORDS = frozenset({
    "famine", "hunger", "killing", "killings", "deportation", "war", "bombing", "siege", "blockade", "first", "second", "world",
    "great", "north", "south", "united",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """The event that a passage speaks of. id: None where the catalogue holds none, or several; question: then what to ask.

    name: what the catalogue calls it; stated: the words, where they speak of its scale, of who did it, or of why.
    """

    id: str | None
    says: Says
    stated: str = ""
    question: str = ""
    name: str = ""


def spoken_of(
    quote: str,
    around: Sequence[str],
    places: Sequence[Sequence[str]],
    denied: bool,
    vocabulary: Vocabulary,
    cues: Language,
) -> Spoken | None:
    """The event of a passage: by its name, or by its kind, place and years. None where its words name no kind of event.

    around: the sentence, the paragraph and the title, nearest first; places: the units that the passage and each of these
    names, nearest first.
    """
    says = said(quote, cues, denied=denied)
    stated = quote if says in {"scale", "responsible", "intent"} else ""
    if by_name := named_event([quote, *around[:1]], vocabulary):
        return Spoken(by_name, says, stated, name=name_of(by_name, vocabulary))
    kinds = kinds_in(quote, cues)
    if not kinds or not isinstance(vocabulary, Chronicle):
        return None
    found = [h for h in vocabulary.happenings() if h.kind in kinds]
    years = years_in([quote, *around[:1]], cues, vocabulary)
    if years.start is not None or years.end is not None:
        first, last = years.start or years.end or 0, years.end or years.start or 0
        found = [h for h in found if h.start <= last and first <= h.end]
    return told(narrowed(found, quote, places), says, stated, kinds)


def name_of(id_: str, vocabulary: Vocabulary) -> str:
    """What the catalogue calls an event."""
    known = vocabulary.happenings() if isinstance(vocabulary, Chronicle) else ()
    return next((h.names[0] for h in known if h.id == id_), id_)


def narrowed(found: Sequence[Happening], quote: str, places: Sequence[Sequence[str]]) -> list[Happening]:
    """Those that the passage's own words name, else those at the nearest places; of several, those that it names best."""
    here = stems(quote)
    named = [(len(here & name_stems(h.names[:1])), len(here & name_stems(h.names)), h) for h in found]
    best = max((score[:2] for score in named), default=(0, 0))
    if best[1]:
        return [h for first, every, h in named if (first, every) == best]
    at = ([h for h in found if set(each) & set(h.places)] for each in places if each)
    return next((each for each in at if each), [])


def told(here: Sequence[Happening], says: Says, stated: str, kinds: frozenset[str]) -> Spoken:
    """One event is meant where one fits; where several do, it is a question, and where none does, that is said."""
    if len(here) == 1:
        return Spoken(here[0].id, says, stated, name=here[0].names[0])
    if not here:
        what = " or ".join(sorted(kind.replace("-", " ") for kind in kinds))
        return Spoken(None, says, stated, f"which event is meant? The catalogue finds no {what} by these words")
    listed = ", ".join(h.id for h in here[:MOST_LISTED]) + (" and others" if len(here) > MOST_LISTED else "")
    denied = "; the words deny what the catalogue holds" if says == "denied" else ""
    return Spoken(None, says, stated, f"which event is meant? By these words it could be {listed}{denied}")


def said(quote: str, cues: Language, *, denied: bool) -> Says:
    """What is said of an event: scale, agent and intent are kept apart; the first that its words speak of."""
    if denied:
        return "denied"
    low = f" {' '.join(WORD.findall(quote.lower()))} "
    counted = bool(re.search(r"\d", quote)) and not re.fullmatch(r"\D*\b1\d{3}\b\D*|\D*\b20\d\d\b\D*", quote)
    for name in ("intent", "responsible"):
        if any(f" {phrase} " in low for phrase in cues.says.get(name, ())):
            return "intent" if name == "intent" else "responsible"
    if counted or any(f" {phrase} " in low for phrase in cues.says.get("scale", ())):
        return "scale"
    return "happened"


def kinds_in(quote: str, cues: Language) -> frozenset[str]:
    """The catalogue's kinds of event that some words name."""
    words = set(WORD.findall(quote.lower()))
    return frozenset(kind for each, kinds in cues.happenings if words & each for kind in kinds)


def named_event(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The event that the nearest of some texts calls by name, the longest names first."""
    for text in texts:
        words = list(WORD.finditer(text))
        capitals = [i for i, one in enumerate(words) if one[0][0].isupper()]
        for i in capitals:
            for length in range(LONGEST_NAME, 0, -1):
                if i + length > len(words):
                    continue
                name = text[words[i].start() : words[i + length - 1].end()]
                try:
                    found = vocabulary.event(name)
                except BadInputError:
                    found = None
                if found is not None:
                    return found
    return None


def stems(text: str) -> set[str]:
    """How the names of a text begin: "Ukrainian" begins like "Ukraine"."""
    return {word[:STEM].lower() for word in WORD.findall(text) if word[0].isupper() and len(word) >= STEM}


def name_stems(names: Sequence[str]) -> set[str]:
    """How the words of some names begin, without those that only say what kind of event it is."""
    return {word[:STEM].lower() for name in names for word in WORD.findall(name)
            if word[0].isupper() and len(word) >= STEM and word.lower() not in KIND_WORDS}  # fmt: skip
