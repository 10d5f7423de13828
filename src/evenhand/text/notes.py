"""Notes at the foot of a text, and whether each speaks of what its sentence speaks of."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evenhand.text.language import words_of
from evenhand.text.prose import Block

NUMBER = re.compile(r"^\s*(?:\[\^?(\w{1,8})\]:?|\(?(\d{1,3})[.)])\s")
CONTENT = re.compile(r"[a-z]{4,}")
FEWEST = 3
SHARED = 0.3
TOLD = 5
EMPTY = words_of([
    "that this these those with from have been were was will would could than then they their there which",
    "while about into over such some many most much more also only just very even because through throughout",
    "other others what when where whose said according study book page pages institution university press",
    "edition volume report nearly since after before under being upon each both between against during trying",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a text by their marks, in lower case; whole: as they stand."""

    by_mark: Mapping[str, str]
    whole: Mapping[str, str]

    def question(self, mark: str, sentence: str) -> str | None:
        """What to ask where a note seems to be about something else than its sentence. None where there is no reason to."""
        note = self.by_mark.get(mark.strip("[]^"))
        if note is None:
            return f"the text marks a note {mark}, and has none of that mark: what does the sentence rest on?"
        said, noted = content(sentence), content(note)
        if len(said) < FEWEST or len(noted) < FEWEST:
            return None
        stems = {word[:5] for word in noted}
        shared = [word for word in said if word[:5] in stems]
        if len(shared) >= SHARED * len(said):
            return None
        theirs, ours = ({word[:5] for word in words} for words in (said, noted))
        apart = [w for w in noted if w[:5] not in theirs][-TOLD:], [w for w in said if w[:5] not in ours][-TOLD:]
        return f"note {mark} speaks of {', '.join(apart[0])}; this sentence of {', '.join(apart[1])}. Does the note carry it?"


def notes_of(blocks: Sequence[Block]) -> Notes:
    """The notes among the blocks of a text."""
    found: dict[str, str] = {}
    for block in blocks:
        if block.kind == "note" and (mark := NUMBER.match(block.folded.text)):
            found.setdefault(mark[1] or mark[2], " ".join(block.folded.text[mark.end() :].split()))
    return Notes({mark: note.lower() for mark, note in found.items()}, found)


def content(text: str) -> list[str]:
    """The words of a text that say what it is about, each once."""
    return list(dict.fromkeys(word for word in CONTENT.findall(text) if word not in EMPTY))
