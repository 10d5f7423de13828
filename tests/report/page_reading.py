"""Reads a page as a reader does: what is on it in our own words, and what each element is followed by."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr"}
CELLS = {"td", "th"}


class _Reader(HTMLParser):
    """Text outside style sheets; ``own`` leaves out whatever stands in an element of class ``theirs``."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.own: list[str] = []
        self.all: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attrs}
        self.tags.append((tag, named))
        if tag in CELLS | {"tr", "tbody"}:
            self._end_cells()
        if tag not in VOID:
            self.open.append(
                (tag, "theirs" in named.get("class", "").split() or named.get("type") == "application/json")
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"tr", "tbody", "thead", "table"}:
            self._end_cells()
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        names = {tag for tag, _ in self.open}
        if "style" in names or not data.strip():
            return
        self.all.append(data)
        if not any(theirs for _, theirs in self.open):
            self.own.append(data)

    def _end_cells(self) -> None:
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == "table":
                return
            if self.open[place][0] in CELLS:
                del self.open[place:]
                return


def own_words(html: str) -> str:
    """What the page says in our words: the text under audit, names and citations left out."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.own)


def all_words(html: str) -> str:
    """Everything that can be read on the page."""
    reader = _Reader()
    reader.feed(html)
    return " ".join(reader.all)


def tags(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every start tag with its attributes, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.tags
