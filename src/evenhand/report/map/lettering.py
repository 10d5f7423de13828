"""How wide is a text, and where does it break? An estimate for the usual sans-serif faces, on the safe side."""

import re

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NARROW, WIDE = frozenset("iljtfrI.,:;'’‘|!()[]{} -·"), frozenset("mwMW@%—…QGOD")
EM = {"narrow": 0.4, "wide": 0.95, "capital": 0.76, "plain": 0.625}


def in_xml(text: str) -> str:
    r"""A picture's text with a space for each character that XML does not know (1.0, section 2.2): form feeds, bells.

    >>> in_xml("one\x0ctwo")
    'one two'
    """
    return NOT_IN_XML.sub(" ", text)


def width_of(text: str, size: float) -> float:
    """In pixels, at a font size in pixels. Letters of scripts that are as wide as high count as one em."""
    return sum(_em(letter) for letter in text) * size


def _em(letter: str) -> float:
    if letter in NARROW:
        return EM["narrow"]
    if letter in WIDE:
        return EM["wide"]
    if ord(letter) >= 0x2E80:
        return 1.05
    return EM["capital"] if letter.isupper() else EM["plain"]


def broken(text: str, *, size: float, room: float, most: int) -> tuple[str, ...]:
    """The text in lines that fit; what goes beyond ``most`` lines ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    words = [part for word in text.split() for part in _pieces(word, size, room)]
    for word in words:
        tried = f"{line} {word}" if line else word
        if line and width_of(tried, size) > room:
            lines.append(line)
            line = word
        else:
            line = tried
    lines += [line] if line else []
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width_of(f"{last}…", size) > room:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip(' ,.;:')}…")


def _pieces(word: str, size: float, room: float) -> list[str]:
    """A word that is wider than the room, in pieces."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
