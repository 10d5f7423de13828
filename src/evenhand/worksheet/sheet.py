"""What stands on a pupils' sheet, and what on the teacher's key. Plain data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one letter: what it stands for on the sheet ("A", "group B"), and its figures, as text, by year."""

    letter: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One claim on the pupils' sheet.

    before, quote, after: the sentence, masked, with the words that are judged in its middle. about: whom it is about, by
    letter, and which years. measures, peers: what may be ticked. measure, unit, years, rows: the figures below the fold.
    """

    number: int
    before: str
    quote: str
    after: str
    about: str
    measures: tuple[str, ...]
    peers: tuple[str, ...]
    measure: str
    unit: str
    years: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, for one text. number: 1, or 2 for the opposite text."""

    number: int
    of: int
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One claim on the key: the words as they stand, how the casefile opens it, and how it came out."""

    number: int
    quote: str
    opened: str
    literal: str
    verdict: str
    tips: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """The teacher's key. letters: (letter, name). sheets: (number, title and author of the text, its entries)."""

    letters: tuple[tuple[str, str], ...]
    sheets: tuple[tuple[int, str, tuple[Entry, ...]], ...]
