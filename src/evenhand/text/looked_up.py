"""Opens a stated figure as far as the words allow: whose, of what measure, for which year; else nothing, and nothing guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.model import Chronicle, Vocabulary
from evenhand.text.cited import IN_TEXT
from evenhand.text.figures import FigureAt
from evenhand.text.language import Language
from evenhand.text.opening import Mention

YEAR = re.compile(r"\b(1\d{3}|20\d\d)\b(?!s)")
PER = re.compile(r"per ([\d,]+)")
COUNTED = {"%": ("percent",), "years": ("plain",), "cm": ("plain",), "people": ("plain",), "kcal": ("plain",)}


@dataclass(frozen=True, slots=True)
class Level:
    """A figure to hold against the catalogue's. stated: with its words of looseness; name: of the unit, as the text has it."""

    unit: str
    measure: str
    year: int
    stated: str
    name: str = ""


def level_of(
    words: str, figures: Sequence[FigureAt], units: Sequence[Mention], measures: Sequence[str], year: int | None,
    vocabulary: Vocabulary, cues: Language,
) -> Level | None:  # fmt: skip
    """The level that a passage states. None where its unit, its measure, its year or its figure is not the only one.

    figures: those of the passage; of two ("from 43 to 67") the last, where both are of one kind. A change ("rose by 8 per
    cent") is no level.
    """
    counted = [f for f in figures if f.unit != "year"]
    if len({m.unit for m in units}) != 1 or not measures or not counted or not isinstance(vocabulary, Chronicle):
        return None
    years = {int(y) for y in YEAR.findall(IN_TEXT.sub("", words))} or ({year} if year is not None else set())
    low = " ".join(words.lower().split())
    ends = len(counted) == 2 and re.search(r"\bfrom\b.*\bto\b", low) is not None
    if (len(counted) > 1 and not ends) or not years or (len(years) > 1 and not ends):
        return None
    last = counted[-1]
    if any(phrase in low for phrase in cues.changes) and not ends:
        return None
    measure = next((m for m in measures if fits(last, vocabulary.counted_in(m), low)), None)
    return Level(units[0].unit, measure, max(years), last.said.strip(), units[0].words) if measure else None


def fits(figure: FigureAt, counted_in: str, low: str) -> bool:
    """Is a figure in the unit of a measure? Only where that is plain: per cent to %, a bare number to years or to "per 1,000"."""
    if counted_in.startswith("%"):
        return figure.unit == "percent"
    if figure.unit != "plain":
        return False
    if per := PER.match(counted_in):
        return re.search(rf"per {re.escape(per[1])}|per (?:thousand)\b", low) is not None and figure.value < 1000
    return counted_in.split(" ", maxsplit=1)[0] in COUNTED
