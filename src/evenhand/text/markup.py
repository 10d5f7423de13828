"""A saved web page as its reader sees it, at the same length, so that every offset stays.

What is no prose (scripts, menus, asides, tables, forms) is blanked; tags and entities leave what they show and, for the
rest of their length, characters that are never seen. One pass, linear in the length.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from evenhand.text.fold import INVISIBLE

MARKUP = re.compile(r"<!doctype|<html\b|<body\b|<p\b|<div\b|<article\b", re.IGNORECASE)
LOOKED_AT = 5000
UNSEEN = "\u2060"
TOKEN = re.compile(
    r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40})|<[!?/]|<(?=>)|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]\w{1,31});"
)
IN_TAG = re.compile(r"[\"'<>]")


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


VERBATIM = _names("script style textarea title noscript iframe template xmp")
NO_PROSE = VERBATIM | _names("code pre table nav figure svg math aside footer select option button dialog menu canvas audio "
                                "video object datalist figcaption")  # fmt: skip
VOID = _names("area base br col embed hr img input link meta source track wbr")
INLINE = _names("a abbr acronym b bdi bdo big cite data del dfn em font i img ins kbd label mark meter output q ruby s samp "
                   "small span strike strong sub sup time tt u var wbr rb rt rp")  # fmt: skip
CLOSED_BY_ITSELF = _names("p li dt dd tr td th option")
CLASSES = _names("byline caption related newsletter comments share sharing social-share cookie-banner cookie-notice "
                    "breadcrumb breadcrumbs sidebar sr-only visually-hidden wp-caption-text")  # fmt: skip
HIDES = re.compile(
    r"\shidden(?=[\s/>=]|$)|\saria-hidden=[\"']?true|display:\s*none"
    r"|\srole=[\"']?(?:navigation|dialog|alertdialog|banner|contentinfo|complementary|menu|search)\b"
)
CLASS = re.compile(r"\sclass=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
MARK = re.compile(r"(?:\s|<[^<>]{1,300}>){0,4}\[?\d{1,3}\]?(?:\s|<[^<>]{1,300}>){0,4}$")
LONGEST_MARK = 700
PAGE = ("html", "body", "main", "article")
WORD = re.compile(r"[^\W\d_]{3,}")
SPACES = re.compile(r"\s")
GAP = re.compile(
    "[{0}]+(?:(?<=\n)#(?= )[{0}]+)?".format("".join(sorted(INVISIBLE)) + r"\s")
)  # the mark of a heading is none


def is_markup(text: str) -> bool:
    """Is a text a web page, or Markdown with tags in it?"""
    return MARKUP.search(text, 0, LOOKED_AT) is not None


@lru_cache(maxsize=4)
def seen(text: str) -> str:
    """A web page without its markup, at the same length; any other text as it is. Breaks and lists are written as in Markdown.

    Where the page has a <main> or else an <article>, only what stands there is read. A list item that is one link is
    none; what is never closed reaches to the end.
    """
    if not is_markup(text):
        return text
    page = _Page(text)
    page.read()
    for name in ("main", "article"):
        shown = page.only(name)
        if WORD.search(shown):
            return shown
    return "".join(page.out)


def title_in(text: str) -> str:
    """What a web page calls itself: its first heading of the first rank, else its title; empty where it has neither."""
    for name in ("h1", "title"):
        found = re.search(rf"<{name}\b[^<>]{{0,500}}>(.{{0,2000}}?)</{name}", text, re.IGNORECASE | re.DOTALL)
        words = " ".join(unescape(re.sub(r"<[^<>]{0,500}>", "", found[1])).split()) if found else ""
        if words:
            return words
    return ""


@dataclass(slots=True)
class _Page:
    """One pass over a page. out: what is shown, piece by piece, as long as what was read."""

    text: str
    out: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    quotes: int = 0
    link: int = 0
    marked: str = ""
    fresh: bool = False
    item: tuple[int, int] | None = None
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: {"main": [], "article": []})
    depth: dict[str, int] = field(default_factory=lambda: {"main": 0, "article": 0})
    never: set[str] = field(default_factory=set)

    def read(self) -> None:
        text, at = self.text, 0
        while found := TOKEN.search(text, at):
            self.words(at, found.start())
            at = self.token(found)
        self.words(at, len(text))

    def words(self, start: int, end: int) -> None:
        if start < end:
            self.out.append(SPACES.sub(" ", self.text[start:end]))
            self.fresh = self.fresh and not self.out[-1].strip()
            if self.item is not None and WORD.search(self.text, start, end):
                self.item = (self.item[0], self.item[1] + (self.link == 0))

    def token(self, found: re.Match[str]) -> int:
        """Reads one tag, comment or entity; gives where it ends."""
        text, start = self.text, found.start()
        if found[0].startswith("&"):
            shown = unescape(found[0])
            self.out.append(shown.ljust(len(found[0]), UNSEEN) if len(shown) <= len(found[0]) else found[0])
            return found.end()
        if found[0] == "<!--":
            return self.blank(start, self.after("-->", found.end()))
        end = self.closes(found.end())
        if found[2] is None:
            return self.unseen(start, end)
        name, closing, attributes = found[2].lower(), bool(found[1]), text[found.end() : end].lower()
        if not closing and name not in VOID and name not in PAGE[:2] and hidden(name, attributes):
            return self.blank(start, self.end_of(name, end))
        if name in self.depth:
            self.region(name, start, end, closing=closing)
        self.tag(name, attributes, start, end, closing=closing)
        return end

    def tag(self, name: str, attributes: str, start: int, end: int, *, closing: bool) -> None:
        """Writes what a tag shows."""
        size = end - start
        if name in INLINE:
            self.inline(name, attributes, start, end, closing=closing)
            return
        if name in {"ul", "ol"}:
            self.lists = self.lists[:-1] if closing else [*self.lists, 0 if name == "ol" else -1]
        elif name == "blockquote":
            self.quotes = max(0, self.quotes + (-1 if closing else 1))
        if self.fresh and not closing and name in {"p", "div"}:  # <li><p>: one block
            self.out.append(" " * size)
            return
        mark = "" if closing else self.mark(name)
        self.fresh = bool(mark) and not closing
        if name in {"li", "ul", "ol"}:
            self.close_item()
        if name == "li" and not closing:
            self.item = (len(self.out), 0)
        for gap in ("\n\n", "\n", ""):
            if len(gap + mark) <= size:
                self.out.append((gap + mark).ljust(size))
                return
        self.out.append(" " * size)

    def mark(self, name: str) -> str:
        """What Markdown writes at the start of a block."""
        if name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            return "# "
        if name == "li":
            if self.lists and self.lists[-1] >= 0:
                self.lists[-1] += 1
                return f"{self.lists[-1]}. "
            return "- "
        return "> " if self.quotes else ""

    def inline(self, name: str, attributes: str, start: int, end: int, *, closing: bool) -> None:
        """A tag in a line shows nothing, but for the mark of a note: <sup>1</sup> is [1]."""
        shown = " " if name == "img" else ""
        if name == "a":
            self.link = max(0, self.link + (-1 if closing else 1))
        if closing and name == self.marked:
            shown, self.marked = "]", ""
        elif (
            not closing
            and not self.marked
            and (name == "sup" or (name == "a" and re.search(r"href=[\"']?#", attributes)))
        ):
            shown = self.note_mark(name, start, end)
        size = end - start
        self.out.append(shown.rjust(size, UNSEEN) if closing else shown.ljust(size, UNSEEN))

    def note_mark(self, name: str, start: int, end: int) -> str:
        """The bracket that opens the mark of a note; a power keeps its own sign."""
        stop = self.text.find(f"</{name}", end, end + LONGEST_MARK)
        inside = self.text[end:stop] if stop >= 0 else ""
        if not MARK.fullmatch(inside):
            return ""
        if "[" in inside:
            return ""
        before = self.text[max(0, start - 3) : start]
        if (
            name == "sup"
            and "<a" not in inside
            and not self.link
            and not re.search(r"[^\W\d_]{3}$|[.,;:!?\"'”’)]$", before)
        ):
            return "^"
        self.marked = name
        return "["

    def close_item(self) -> None:
        """A list item that is nothing but a link is no prose."""
        if self.item is not None:
            first, other = self.item
            if other == 0:
                size = sum(map(len, self.out[first:]))
                self.out[first:] = [broken(size)]
        self.item = None

    def region(self, name: str, start: int, end: int, *, closing: bool) -> None:
        """Notes where the outermost <main> and <article> stand."""
        self.depth[name] = max(0, self.depth[name] + (-1 if closing else 1))
        if not closing and self.depth[name] == 1:
            self.spans[name].append((end, len(self.text)))
        elif closing and self.depth[name] == 0 and self.spans[name]:
            self.spans[name][-1] = (self.spans[name][-1][0], min(start, self.spans[name][-1][1]))

    def only(self, name: str) -> str:
        """What is shown inside of these elements; the rest blanked."""
        whole, out, at = "".join(self.out), [], 0
        for start, end in self.spans[name]:
            out += [broken(start - at), whole[start:end]]
            at = end
        return "".join([*out, broken(len(whole) - at)])

    def blank(self, start: int, end: int) -> int:
        self.out.append(broken(end - start))
        return end

    def unseen(self, start: int, end: int) -> int:
        self.out.append(UNSEEN * (end - start))
        return end

    def after(self, words: str, at: int) -> int:
        """Behind the next of some words; the end of the text where there is none, which is looked for once."""
        found = -1 if words in self.never else self.text.find(words, at)
        if found < 0:
            self.never.add(words)
            return len(self.text)
        return found + len(words)

    def closes(self, at: int) -> int:
        """Behind the > of a tag whose name ends here; one in quotation marks behind = is none."""
        text = self.text
        while found := IN_TAG.search(text, at):
            if found[0] == ">":
                return found.end()
            if found[0] == "<":
                return found.start()
            quoted = text[found.start() - 1] == "=" and found[0] not in self.never
            close = text.find(found[0], found.end()) if quoted else -1
            if quoted and close < 0:
                self.never.add(found[0])
            at = close + 1 if close >= 0 else found.end()
        return len(text)

    def end_of(self, name: str, at: int) -> int:
        """Behind the end of an element that is not read."""
        depth = 1
        for found in self.same(name, at):
            closing = found[0].startswith("</")
            if not closing and (name in VERBATIM or name in CLOSED_BY_ITSELF):
                continue
            depth += -1 if closing else 1
            if depth == 0:
                return self.closes(found.end())
        return len(self.text)

    def same(self, name: str, at: int) -> Iterator[re.Match[str]]:
        return re.compile(rf"</?{re.escape(name)}(?=[\s/>])", re.IGNORECASE).finditer(self.text, at)


def hidden(name: str, attributes: str) -> bool:
    """Is an element not read: for what it is, or because the page hides it?"""
    if name in {"aside", "footer"}:
        return "note" not in attributes
    if name in NO_PROSE:
        return True
    if name in PAGE or not attributes.strip(" />"):
        return False
    if HIDES.search(attributes):
        return True
    found = CLASS.search(attributes)
    return found is not None and bool(CLASSES & set((found[1] or found[2] or found[3] or "").split()))


def broken(size: int) -> str:
    """An empty line of a length."""
    return "\n\n" + " " * (size - 2) if size > 1 else " " * size


@dataclass(frozen=True, slots=True)
class Shown:
    """A web page's words without gaps. at: for each character, where it stands in the page."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the page in the shown text."""
        return bisect_left(self.at, start), bisect_left(self.at, end)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the shown text in the page."""
        return self.at[start], self.at[end - 1] + 1


@lru_cache(maxsize=4)
def shown(text: str) -> Shown | None:
    """What a reader of a web page sees, and where it stands; None for any other text."""
    if not is_markup(text):
        return None
    words, out, at, start = seen(text), [], [], 0
    for gap in GAP.finditer(words):
        breaks = gap[0].count("\n")
        left = "\n\n" if breaks > 1 else "\n" if breaks else " " if SPACES.search(gap[0]) else ""
        out += [words[start : gap.start()], left]
        at += [*range(start, gap.start()), *[gap.start()] * len(left)]
        start = gap.end()
    out.append(words[start:])
    at += range(start, len(words))
    return Shown("".join(out), tuple(at))


def whole(text: str, end: int) -> int:
    """Where a stretch of a text ends that must not end inside an entity."""
    if text[end - 1 : end] == "&" and is_markup(text) and (found := TOKEN.match(text, end - 1)):
        return found.end()
    return end


def as_seen(text: str, start: int, end: int) -> str:
    """Some words of a text as a reader sees them: of a web page without its tags, on one line; else as they are."""
    if not is_markup(text):
        return text[start:end]
    words = seen(text)[start:end]
    return " ".join("".join(c for c in words if c not in INVISIBLE).split())
