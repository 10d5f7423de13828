"""What was fetched, kept in the user's data folder by address, with a digest that is checked before each use."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from evenhand.catalog.fetching.download import PATIENT, NotFetchedError, Tell, Waits, download, not_fetched
from evenhand.catalog.importing.looks import digest
from evenhand.catalog.store import data_home
from evenhand.files import make_folders, write_text
from evenhand.model import BadInputError

try:
    import fcntl
except ImportError:
    fcntl = None  # type: ignore[assignment]

CONTENT, RECORD, PART = "content", "record.json", "part"
HINT = "set EVENHAND_HOME to another folder"


@dataclass(frozen=True, slots=True)
class Kept:
    """One fetched file. kind: its type as the server said. retrieved: the day on which it was fetched, ISO."""

    path: Path
    url: str
    final: str
    sha256: str
    kind: str
    retrieved: str
    etag: str = ""
    modified: str = ""
    note: str = ""


class Cache:
    """Files by address. refresh: ask the server again whether there is something new; offline: never ask."""

    def __init__(
        self, home: Path | None, tell: Tell, *, refresh: bool = False, offline: bool = False, waits: Waits = PATIENT
    ) -> None:
        self.folder = (data_home() if home is None else home) / "downloads"
        self.tell = tell
        self.refresh = refresh
        self.offline = offline
        self.waits = waits

    def get(self, url: str) -> Kept:
        """The file at an address, from the cache or the network.

        Raises ``NotFetchedError``, which names the address to fetch by hand. Where something is kept and cannot be
        fetched anew, what is kept is given, with a note that says so.
        """
        folder = self.folder / hashlib.sha256(url.encode()).hexdigest()[:24]
        kept = self._kept(folder)
        if kept is not None and not self.refresh:
            return kept
        if self.offline:
            if kept is not None:
                return kept
            raise not_fetched(url, "it is not in the cache, and --offline asks nobody")
        with self._alone():
            kept = self._kept(folder)
            if kept is not None and not self.refresh:
                return kept
            try:
                return self._fetched(url, folder, kept)
            except NotFetchedError as error:
                if kept is None:
                    raise
                told = f"{error.problems[0].message}; what was fetched on {kept.retrieved} is used"
                return Kept(**{**{n: getattr(kept, n) for n in Kept.__slots__}, "note": told})

    def _fetched(self, url: str, folder: Path, kept: Kept | None) -> Kept:
        make_folders(folder, hint=HINT)
        known = {"etag": kept.etag, "modified": kept.modified} if kept is not None else {}
        answer = download(url, folder / PART, self.tell, waits=self.waits, known=known)
        if answer.unchanged and kept is not None:
            return kept
        found = digest(folder / PART)
        (folder / PART).replace(folder / CONTENT)
        new = Kept(
            folder / CONTENT, url, answer.url, found, answer.kind, _today(), answer.etag, answer.modified,
        )  # fmt: skip
        record = {name: value for name, value in asdict(new).items() if name not in {"path", "note"}}
        write_text(json.dumps(record, indent=1), folder / RECORD, hint=HINT)
        return new

    def _kept(self, folder: Path) -> Kept | None:
        """What is there, if it is whole: a file that is not what was fetched counts as not there."""
        try:
            record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
            kept = Kept(path=folder / CONTENT, **record)
            return kept if digest(kept.path) == kept.sha256 else None
        except (OSError, ValueError, TypeError, KeyError):
            return None

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One download at a time, over all processes of this data folder."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("ab")
        except OSError as error:
            raise BadInputError(f"cannot be written: {error.strerror}", hint=HINT, where=str(self.folder)) from error
        with lock:
            if fcntl is not None:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    self.tell("waiting for another download to end", 0, 0)
                    fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def size_of(folder: Path) -> int:
    """Bytes in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
