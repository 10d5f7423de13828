"""Does a sheet give a name away? Looked for in the whole file: text, attributes, metadata, the document's own title."""

import html
import re
import unicodedata
from collections.abc import Iterable


def leaks(content: str | bytes, secrets: Iterable[str]) -> tuple[str, ...]:
    """Which of the secret words stand anywhere in a file.

    Accents, case (of words of five letters and more) and HTML entities make no difference; a word inside another is none.
    """
    text = _of_pdf(content) if isinstance(content, bytes) else _of_html(content)
    plain = _folded(text)
    low = plain.lower()
    found = []
    for word in secrets:
        folded = _folded(word)
        loose = len(folded) > 4
        if not folded.strip():
            continue
        pattern = rf"(?<!\w){re.escape(folded.lower() if loose else folded)}(?!\w)"
        if re.search(pattern, low if loose else plain):
            found.append(word)
    return tuple(found)


def _of_html(content: str) -> str:
    """The file as it is, and once more without its tags, so that a name is found that a tag cuts in two."""
    return html.unescape(content) + "\n" + html.unescape(re.sub(r"<[^>]*>", "", content))


def _of_pdf(content: bytes) -> str:
    """The file as it is, and what its uncompressed pages print, strings joined, so that a name is found over two lines."""
    plain = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8) & 255]), content)
    printed = re.findall(rb"\(((?:[^()\\]|\\.)*)\) Tj", plain)
    return "\n".join(part.decode("cp1252", "replace") for part in (plain, b" ".join(printed)))


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).replace("’", "'")
