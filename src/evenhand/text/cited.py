"""What a sentence leans on: the notes and the entries of a reference list that it points to, and who is quoted in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.text.language import Language
from evenhand.text.notes import TOLD, content
from evenhand.text.prose import Block

HEADS = re.compile(
    r"^\W*(?:\d+\.?\s*)?(?:references?|bibliography|works cited|sources|literature|further reading|literatur|quellen)\W*$",
    re.IGNORECASE,
)
LIST_MARK = re.compile(r"^\s*(?:[-*•]|\[\^?\w{1,8}\]:?|\(?\d{1,3}[.)])\s+")
YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)([a-z]?)\b")
AUTHOR = re.compile(r"^[\W\d]*(?:[A-Z]\. ?)*([^\W\d_][^\W\d_'-]*(?:[-'][^\W\d_]+)*)")
NAME = r"[A-ZÀ-Þ][^\W\d_]+(?:[-'][^\W\d_]+)*"
IN_TEXT = re.compile(
    rf"\(?\b({NAME})(?: et al\.?|(?:,? (?:and|&) | & )[A-ZÀ-Þ][^\W\d_]+)?,? \(?(1[5-9]\d\d|20\d\d)([a-z]?)"
    r"(?:[,:] ?(?:pp?\. ?)?[\d-]+)*(?:\)|$)"
)
LONGEST = 400
FEWEST_SHARED = 4  # words that an entry and its sentence must each say before they are held apart


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a list of references. citation: as it stands; author: the last name that it opens with, in lower case."""

    author: str
    year: str
    citation: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What a passage points to. mark: as the text writes it; citation: None where the text has no such entry.

    doubt: what to ask where the entry seems to be about something else than the sentence.
    """

    mark: str
    citation: str | None
    doubt: str | None = None

    @property
    def question(self) -> str | None:
        if self.citation is not None:
            return self.doubt
        return f"the text cites {self.mark}, and has no such entry: what does the sentence rest on?"


def listed(blocks: Sequence[Block]) -> tuple[list[Reference], frozenset[int]]:
    """The references of a text, and the places of the blocks that are no prose but lists of them."""
    found: list[Reference] = []
    places: set[int] = set()
    inside = False
    for i, block in enumerate(blocks):
        if block.kind == "heading":
            inside = HEADS.match(block.folded.text.strip().strip("#* ")) is not None
        elif inside and block.is_prose and (entry := entry_of(block.folded.text)) is not None:
            found.append(entry)
            places.add(i)
    return found, frozenset(places)


def entry_of(text: str) -> Reference | None:
    """An entry of a list of references: it opens with a name and gives a year."""
    words = LIST_MARK.sub("", " ".join(text.split()))
    author, year = AUTHOR.match(words), YEAR.search(words)
    if author is None or year is None:
        return None
    return Reference(author[1].lower(), year[1] + year[2], words[:LONGEST])


def cited(words: str, references: Sequence[Reference], sentence: str = "") -> tuple[Cited, ...]:
    """The entries that some words point to by author and year; nothing where the text has no list.

    sentence: the whole of it, to ask whether each entry is about what it is about; left out, that is not asked.
    """
    if not references:
        return ()
    found = []
    for one in IN_TEXT.finditer(words):
        name, year = one[1].lower(), one[2] + one[3]
        entry = next((r for r in references if r.author == name and r.year == year), None)
        entry = entry or next(
            (r for r in references if r.year == year and name in r.citation.lower().split(year)[0]), None
        )
        doubt = doubted(f"{one[1]} {year}", sentence, entry) if entry and sentence else None
        found.append(Cited(f"{one[1]} {year}", entry.citation if entry else None, doubt))
    return tuple(dict.fromkeys(found))


def doubted(mark: str, sentence: str, entry: Reference) -> str | None:
    """What to ask where an entry shares no word with its sentence. None where it shares one, or either says too little.

    A title is shorter than a note, so that only one with nothing in common is doubted; names and years do not count.
    """
    said = content(IN_TEXT.sub(" ", sentence).lower())
    title = YEAR.sub(" ", entry.citation).lower().replace(entry.author, " ")
    noted = content(title)
    if min(len(said), len(noted)) < FEWEST_SHARED or {word[:5] for word in said} & {word[:5] for word in noted}:
        return None
    theirs, ours = ", ".join(noted[:TOLD]), ", ".join(said[:TOLD])
    return f"the entry {mark} speaks of {theirs}; this sentence of {ours}. Does the entry carry it?"


def who(words: str, cues: Language) -> str:
    """Who is quoted, where that is a name or a noun; a pronoun names nobody."""
    low = words.lower().split()
    named = [
        w
        for w in low
        if w not in cues.classes.get("pronoun", frozenset()) and w not in {"some", "many", "most", "others"}
    ]
    return words if named else ""
