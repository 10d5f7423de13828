"""A question as typed, and which of its words have been read. Whatever is left unread at the end is asked about."""

import re
import unicodedata
from dataclasses import dataclass, field

TOKEN = re.compile(r"[^\W_][\w'./%-]*")
STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "…": ".", "\u00a0": " "}
)
LONGEST = 600
SAYS = "claims?|says?|said|argues?|argued|insists?|insisted|believes?|thinks?|boasts?|boasted|writes?|wrote|reports?"
FRAMES = (
    re.compile(rf"^(?:[a-z'-]+ ){{1,4}}(?:{SAYS}|told us|tells us)(?: that\b|:)"),
    re.compile(rf",? (?:{SAYS}) (?:the |a |my |our |one |some )?[a-z-]+(?: [a-z-]+)?[.?!]?$"),
)
"""Who says so is not what is asked: "pupils claim that", ", says the minister"."""
POSSESSIVE = re.compile(r"'s?(?!\w)")


@dataclass(slots=True)
class Words:
    """said: with straight quotes and single spaces. low: in lower case, of the same length. taken: what has been read."""

    said: str
    low: str
    taken: bytearray = field(repr=False)

    @property
    def mixed(self) -> bool:
        """Are there small letters, so that a capital means something?"""
        return self.said != self.said.upper()

    def free(self, start: int, end: int) -> bool:
        return not any(self.taken[start:end])

    def take(self, start: int, end: int) -> None:
        """Marks a stretch as read, with the ‘'s’ after it."""
        if owner := POSSESSIVE.match(self.low, end):
            end = owner.end()
        self.taken[start:end] = b"\1" * (end - start)

    def find(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """All places of a pattern that are unread as yet."""
        return [hit for hit in pattern.finditer(self.low) if hit[0] and self.free(hit.start(), hit.end())]

    def tokens(self) -> list[tuple[str, int]]:
        """The words that are unread, as typed, with their places."""
        found = []
        for hit in TOKEN.finditer(self.said):
            word = POSSESSIVE.sub("", hit[0].strip("./-'"))
            if word and not self.taken[hit.start()]:
                found.append((word, hit.start()))
        return found


def words_of(question: str) -> Words:
    """A question made ready to be read."""
    said = " ".join(unicodedata.normalize("NFC", question).translate(STRAIGHT).split())
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in said)
    return Words(said, low, bytearray(len(said)))
