"""What can be told from a citation without guessing: authors, year, a title in quotes, journal, volume, pages.

What cannot be told for sure stays in one piece as the title: nothing is made up, and the whole citation goes along.
"""

import re
from dataclasses import dataclass

OPENING = re.compile(r"^(?P<authors>[^()\"“”;]+?) \((?P<year>\d{4})\), (?P<rest>.+)$")
QUOTED = re.compile(r"^[“\"](?P<title>[^“”\"]+)[”\"](?:, (?P<rest>.+))?$")
JOURNAL = re.compile(r"^(?P<journal>[^;:]+?) (?P<volume>\d+)(?:\((?P<number>[^)]+)\))?: (?P<pages>[\w–-]+)$")
SEVERAL = re.compile(r"; .*\(\d{4}\)|; and \(|\bjoined from\b|; for ")
PARTICLES = frozenset({"van", "von", "de", "da", "di", "der", "den", "la", "le", "du", "dos", "del"})


@dataclass(frozen=True, slots=True)
class Name:
    """A person, or a body (family None)."""

    whole: str
    family: str | None = None
    given: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation taken apart as far as it says so itself. whole: as it was given."""

    whole: str
    title: str
    authors: tuple[Name, ...] = ()
    year: int | None = None
    journal: str | None = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None


def read_citation(text: str) -> Citation:
    """Takes a citation apart.

    >>> found = read_citation('Lee, Jong-Wha, and Hanol Lee (2016), "Human Capital", Journal of Growth 122: 147–169')
    >>> [author.family for author in found.authors], found.title, found.journal, found.volume
    (['Lee', 'Lee'], 'Human Capital', 'Journal of Growth', '122')
    """
    opening = OPENING.match(text)
    if opening is None or SEVERAL.search(text):
        return Citation(text, text)
    authors = names(opening["authors"])
    if authors is None:
        return Citation(text, text)
    year, rest = int(opening["year"]), opening["rest"]
    quoted = QUOTED.match(rest)
    if quoted is None:
        return Citation(text, rest, authors, year)
    journal = JOURNAL.match(quoted["rest"] or "")
    if journal is None:
        return Citation(text, quoted["title"], authors, year)
    return Citation(text, quoted["title"], authors, year, **journal.groupdict())


def names(text: str) -> tuple[Name, ...] | None:
    """The authors: the first turned round (Family, Given), the others as they are spoken. None where that is not sure."""
    parts = [part.strip() for part in re.split(r", (?:and )?| and ", text)]
    if len(parts) == 1:
        return (Name(parts[0]),)
    family, given, *others = parts
    if any(map(_is_body, (family, given))) or not all(parts):
        return None
    return (Name(f"{family}, {given}", family, given), *map(_spoken, others))


def _is_body(name: str) -> bool:
    """More words than a name has, or words that are not names."""
    words = name.split()
    return len(words) > 3 or any(word[:1].islower() and word not in PARTICLES for word in words)


def _spoken(name: str) -> Name:
    words = name.split()
    if len(words) < 2 or name == "others":
        return Name(name)
    start = next((i for i, word in enumerate(words) if word in PARTICLES and i), len(words) - 1)
    return Name(name, " ".join(words[start:]), " ".join(words[:start]))
