"""From what the user typed to files on disk: an address, a file, a folder, or a name from the list."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from evenhand.catalog.fetching.cache import Cache, Kept
from evenhand.catalog.fetching.download import NotFetchedError, Tell, Waits
from evenhand.catalog.fetching.known import Listed, by_pattern, listed_sources
from evenhand.catalog.importing import worldbank
from evenhand.catalog.importing.looks import CHUNK, MARKUP
from evenhand.catalog.own import slug
from evenhand.model import BadInputError, closest_words

PER_PAGE = "20000"
MOST_PAGES = 500
ENDINGS = {
    "text/csv": ".csv", "application/json": ".json", "application/zip": ".zip", "application/x-zip-compressed": ".zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx", "text/tab-separated-values": ".tsv",
}  # fmt: skip
READ = (".csv", ".tsv", ".txt", ".json", ".zip", ".xlsx", ".xlsm", ".parquet", ".pq", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Fetching:
    """How addresses are fetched. listed: the sources that go by name."""

    home: Path | None = None
    refresh: bool = False
    offline: bool = False
    waits: Waits = field(default_factory=Waits)
    listed: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Acquired:
    """What was found: a file or folder, what to call the import, its address and the day it was fetched ("" for a file)."""

    path: Path
    id: str
    address: str = ""
    retrieved: str = ""
    notes: tuple[str, ...] = ()


def acquire(word: str, fetching: Fetching, tell: Tell, into: Path) -> Acquired:
    """The files that a SOURCE stands for. into: a folder for what must be laid out beside each other.

    Raises ``BadInputError`` where it is none of the four, ``NotFetchedError`` where it could not be fetched.
    """
    path = Path(word).expanduser()
    if urlsplit(word).scheme in {"http", "https"}:
        return _fetched(word, fetching, tell, into)
    if path.exists():
        return Acquired(path, _named(path))
    listed = {one.name: one for one in fetching.listed or listed_sources()}
    found = listed.get(word) or by_pattern(word)
    if found is None:
        raise _unknown(word, tuple(listed))
    if found.by_hand:
        raise BadInputError(f"cannot be fetched by a program: {found.by_hand}", hint=found.address, where=found.name)
    return _fetched(found.address, fetching, tell, into, slug(word.replace(":", "-").replace(".", "-")))


def _named(path: Path) -> str:
    name = path.resolve().name
    return slug(name if path.is_dir() else name.split(".")[0] if name.endswith((".import.yaml", ".csv")) else path.stem)


def _unknown(word: str, names: Sequence[str]) -> BadInputError:
    if "/" in word or ("." in Path(word).name[1:] and ":" not in word):
        beside = Path(word).parent
        there = [one.name for one in beside.iterdir()] if beside.is_dir() else []
        close = closest_words(Path(word).name, there)
        hint = (
            f"closest: {', '.join(close)}"
            if close
            else "give a file, a folder, an address, or a name of `evenhand data sources`"
        )
        return BadInputError("there is no such file or folder", hint=hint, where=word)
    close = closest_words(word, names) or list(names[:3])
    return BadInputError(
        f"no source goes by the name ‘{word}’",
        hint=f"closest: {', '.join(close)}; `evenhand data sources` lists them all",
    )


def _fetched(url: str, fetching: Fetching, tell: Tell, into: Path, id_: str = "") -> Acquired:
    cache = Cache(fetching.home, tell, refresh=fetching.refresh, offline=fetching.offline, waits=fetching.waits)
    parts = urlsplit(url)
    if "/indicator/" in parts.path and "/country/" in parts.path:
        return _indicator(url, cache, into, id_)
    if "/grapher/" in parts.path:
        return _chart(url, cache, into, id_)
    kept = cache.get(url)
    name = Path(parts.path).name or parts.netloc
    ending = Path(name).suffix.casefold()
    if ending not in READ:
        ending = ENDINGS.get(kept.kind.split(";")[0].strip().casefold(), ".csv")
        name += ending
    _right_type(kept, ending)
    path = _laid(kept, into / name)
    return Acquired(path, id_ or slug(Path(name).stem), url, kept.retrieved, _notes(kept))


def _laid(kept: Kept, target: Path) -> Path:
    """The cached file under a name that says what it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(kept.path)
    except OSError:
        target.write_bytes(kept.path.read_bytes())
    return target


def _right_type(kept: Kept, ending: str) -> None:
    """A page in place of a table is refused here, where the address is still known."""
    with kept.path.open("rb") as file:
        head = file.read(CHUNK)
    if ending not in {".yaml", ".yml"} and MARKUP.match(head):
        told = kept.kind.split(";")[0] or "a page"
        hint = f"look at it in a browser, and import the file that you save: {kept.url}"
        raise BadInputError(f"answers with a web page ({told}) where a {ending} is expected", hint=hint, where=kept.url)


def _notes(*kept: Kept) -> tuple[str, ...]:
    return tuple(one.note for one in kept if one.note)


def _chart(url: str, cache: Cache, into: Path, id_: str) -> Acquired:
    """A chart's CSV, whole and under its short names, and what its metadata says."""
    parts = urlsplit(url)
    slug_ = Path(parts.path).name.removesuffix(".csv").removesuffix(".metadata.json").removesuffix(".zip")
    base = parts.path.rpartition("/")[0] + f"/{slug_}"
    query = urlencode({"v": "1", "csvType": "full", "useColumnShortNames": "true"})
    table = cache.get(urlunsplit((parts.scheme, parts.netloc, f"{base}.csv", query, "")))
    about = cache.get(urlunsplit((parts.scheme, parts.netloc, f"{base}.metadata.json", query, "")))
    _right_type(table, ".csv")
    path = _laid(table, into / f"{slug_}.csv")
    _laid(about, into / f"{slug_}.metadata.json")
    address = urlunsplit((parts.scheme, parts.netloc, base, "", ""))
    return Acquired(path, id_ or f"owid-{slug(slug_)}", address, table.retrieved, _notes(table, about))


def _indicator(url: str, cache: Cache, into: Path, id_: str) -> Acquired:
    """All pages of an indicator, one after the other, and what the API says of the indicator itself."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query)) | {"format": "json", "per_page": PER_PAGE}
    code = parts.path.rstrip("/").rpartition("/")[2]
    folder = into / slug(code.replace(".", "-"))
    kept: list[Kept] = []
    pages = 1
    while len(kept) < pages:
        page = {**asked, "page": str(len(kept) + 1)}
        one = cache.get(urlunsplit((*parts[:3], urlencode(page), "")))
        kept.append(one)
        pages = min(int(_page(one)[0]["pages"]), MOST_PAGES)
        _laid(one, folder / f"page-{len(kept):04}.json")
    notes = _notes(*kept)
    about = urlunsplit(
        (parts.scheme, parts.netloc, f"{parts.path.partition('/country/')[0]}/indicator/{code}", "format=json", "")
    )
    try:
        _laid(cache.get(about), folder / "indicator.json")
    except NotFetchedError:
        notes += ("what the World Bank says of the indicator could not be fetched: its definition is missing",)
    address = urlunsplit((*parts[:3], "", ""))
    return Acquired(folder, id_ or f"worldbank-{slug(code.replace('.', '-'))}", address, kept[0].retrieved, notes)


def _page(kept: Kept) -> list[Any]:
    _right_type(kept, ".json")
    try:
        found = json.loads(kept.path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise BadInputError("answers with something that is no JSON", hint=str(error), where=kept.url) from error
    return worldbank.checked_page(found, kept.url)
