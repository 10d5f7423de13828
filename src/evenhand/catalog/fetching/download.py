"""One file from one address: resumed where it broke off, tried again after a pause, never more than one at a time."""

import contextlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from evenhand import __version__
from evenhand.model import EvenhandError

TRIES = 5
PAUSE = 1.0
"""Seconds before the second try; twice as long before each further one."""
CONNECT, READ = 15.0, 30.0
"""Seconds to wait for an answer, and for the next piece of it."""
REDIRECTS = 5
LONGEST_PAUSE = 60.0
PIECE = 1 << 16
AGAIN = {408, 425, 429, 500, 502, 503, 504}
Tell = Callable[[str, int, int], None]


class NotFetchedError(EvenhandError):
    """An address that gave nothing usable. What was cached before stays."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How patient a download is. All in seconds."""

    connect: float = CONNECT
    read: float = READ
    pause: float = PAUSE
    tries: int = TRIES


PATIENT = Waits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came: the type that the server says, where it came from in the end, and its marks of version."""

    kind: str
    url: str
    etag: str
    modified: str
    unchanged: bool = False


class _AgainError(Exception):
    """Worth another try. after: seconds that the server asks to wait."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message)
        self.after = after


def download(
    url: str, target: Path, tell: Tell, *, waits: Waits = PATIENT, known: Mapping[str, str] | None = None
) -> Answer:
    """Fetches an address into a file. Raises ``NotFetchedError`` with the address after ``waits.tries`` tries.

    A part that an earlier call left in ``target`` is gone on with, if the server says that it is still of the same file.
    known: etag and modified of what is there already; an answer that it is unchanged writes nothing.
    """
    told = ""
    with urllib3.PoolManager(retries=False, headers={"User-Agent": f"evenhand/{__version__}"}) as pool:
        for attempt in range(waits.tries):
            try:
                return _attempt(pool, url, target, tell, waits, known or {})
            except _AgainError as error:
                told = str(error)
                if attempt + 1 < waits.tries:
                    pause = min(max(waits.pause * 2**attempt, error.after), LONGEST_PAUSE)
                    tell(f"{told}; trying again in {pause:.0f} s", attempt + 1, waits.tries)
                    time.sleep(pause)
    raise not_fetched(url, f"{told} ({waits.tries} tries)")


def not_fetched(url: str, told: str) -> NotFetchedError:
    """The error that names the address to fetch by hand."""
    hint = f"fetch it by hand and import the file: {url}"
    return NotFetchedError(f"could not be fetched: {told}", hint=hint, where=urlsplit(url).netloc or url)


def _attempt(
    pool: urllib3.PoolManager, url: str, target: Path, tell: Tell, waits: Waits, known: Mapping[str, str]
) -> Answer:
    part = _part(target, url)
    headers = {"Accept-Encoding": "identity"}
    if part:
        headers |= {"Range": f"bytes={part['size']}-", "If-Range": part["mark"]}
    elif known.get("etag"):
        headers["If-None-Match"] = known["etag"]
    elif known.get("modified"):
        headers["If-Modified-Since"] = known["modified"]
    try:
        response, final = _followed(pool, url, headers, waits)
        with contextlib.closing(response):
            return _received(response, final, url, target, tell, part)
    except urllib3.exceptions.NewConnectionError as error:
        raise _AgainError("no connection") from error
    except urllib3.exceptions.ProtocolError as error:
        raise _AgainError("the line broke off") from error
    except (urllib3.exceptions.TimeoutError, TimeoutError) as error:
        raise _AgainError("the server stopped answering") from error
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise _AgainError(f"no connection ({type(error).__name__})") from error


def _followed(
    pool: urllib3.PoolManager, url: str, headers: Mapping[str, str], waits: Waits
) -> tuple[urllib3.BaseHTTPResponse, str]:
    timeout = urllib3.Timeout(connect=waits.connect, read=waits.read)
    here = url
    for _ in range(REDIRECTS + 1):
        response = pool.request(
            "GET", here, headers=dict(headers), preload_content=False, timeout=timeout, redirect=False
        )
        there = response.headers.get("Location")
        if response.status not in {301, 302, 303, 307, 308} or not there:
            return response, here
        response.close()
        onward = urljoin(here, there)
        if urlsplit(onward).scheme not in {"http", "https"} or (
            here.startswith("https:") and onward.startswith("http:")
        ):
            raise not_fetched(url, f"it is sent on to {onward}, which is not safe to follow")
        here = onward
    raise not_fetched(url, f"it is sent on more than {REDIRECTS} times")


def _received(
    response: urllib3.BaseHTTPResponse, final: str, url: str, target: Path, tell: Tell, part: dict[str, Any] | None
) -> Answer:
    status, headers = response.status, response.headers
    answer = Answer(headers.get("Content-Type", ""), final, headers.get("ETag", ""), headers.get("Last-Modified", ""))
    if status == 304:
        return Answer(answer.kind, final, answer.etag, answer.modified, unchanged=True)
    if status in AGAIN:
        after = headers.get("Retry-After", "")
        raise _AgainError(f"the server answers {status}", float(after) if after.isdigit() else 0.0)
    if status == 416 and part:
        _forget(target)
        raise _AgainError("the part that was there does not fit any more")
    if status not in {200, 206}:
        raise not_fetched(url, f"the server answers {status}")
    start = part["size"] if part and status == 206 and _starts_at(headers, part["size"]) else 0
    length = headers.get("Content-Length")
    total = start + int(length) if length and length.isdigit() else 0
    _write(response, target, url, answer, start, total, tell)
    return answer


def _starts_at(headers: Mapping[str, str], size: int) -> bool:
    return headers.get("Content-Range", "").replace("bytes ", "").startswith(f"{size}-")


def _write(
    response: urllib3.BaseHTTPResponse, target: Path, url: str, answer: Answer, start: int, total: int, tell: Tell
) -> None:
    mark = answer.etag if not answer.etag.startswith("W/") else ""
    _note(target, url, mark or answer.modified)
    done = start
    name = urlsplit(url).path.rpartition("/")[2] or urlsplit(url).netloc
    with target.open("ab" if start else "wb") as file:
        for piece in response.stream(PIECE, decode_content=False):
            file.write(piece)
            done += len(piece)
            tell(f"fetching {name}: {done / 1e6:.1f}" + (f" of {total / 1e6:.1f} MB" if total else " MB"), 0, 0)
    if total and done != total:
        raise _AgainError(f"it broke off after {done:,} of {total:,} bytes")
    _beside(target).unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(target.name + ".json")


def _note(target: Path, url: str, mark: str) -> None:
    _beside(target).write_text(json.dumps({"url": url, "mark": mark}), encoding="utf-8")


def _part(target: Path, url: str) -> dict[str, Any] | None:
    """What an earlier try left: its size and the mark of its version; None where it cannot be gone on with."""
    try:
        noted = json.loads(_beside(target).read_text(encoding="utf-8"))
        size = target.stat().st_size
    except (OSError, ValueError):
        return None
    return {"size": size, "mark": noted["mark"]} if noted.get("url") == url and noted.get("mark") and size else None


def _forget(target: Path) -> None:
    target.unlink(missing_ok=True)
    _beside(target).unlink(missing_ok=True)
