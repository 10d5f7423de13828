"""The imports in the user's data folder: added, replaced, taken away in one step each, whoever else reads or writes.

    imports/ID.json            what counts: moved into place when everything else is written
    imports/files/ID-xxxxxxxx  the tables that it names; a folder that no file names is left over, and cleared away

A reader holds the table that it reads open and locked, so that nobody clears it away under its hands; a writer holds its
folder. Locks vanish with the process that held them, so a killed import leaves nothing but a folder for the next to clear.
"""

import contextlib
import os
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evenhand.catalog.imported.manifest import Manifest, read_manifest
from evenhand.catalog.store import data_home
from evenhand.model import BadInputError, EvenhandError, closest_words

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be deleted there, which is all that is asked of the lock
    fcntl = None  # type: ignore[assignment]

FIGURES = "figures.parquet"
COVERAGE = "coverage.parquet"
LOCK = "lock"
TRIES = 5
ABANDONED = 3600
"""Seconds after which a folder that was made and never locked belongs to a process that is gone."""


@dataclass(frozen=True, slots=True)
class Held:
    """An import that is being read: its manifest, its folder, and the lock that keeps it there."""

    manifest: Manifest
    folder: Path
    lock: "Lock"


@dataclass(frozen=True, slots=True)
class Writing:
    """A folder that an import writes into; nobody sees it before it is committed."""

    folder: Path
    lock: "Lock"


class Lock:
    """An open file that says "in use"; let go of when it is closed, or when nobody refers to it any more."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDONLY)
        self._close = weakref.finalize(self, os.close, self._file)

    def shared(self) -> None:
        """Waits until nobody is clearing it away."""
        if fcntl is not None:
            fcntl.flock(self._file, fcntl.LOCK_SH)

    def exclusive(self) -> bool:
        """Does nobody else hold it?"""
        if fcntl is None:
            return True
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Lets go."""
        self._close()


class Shelf:
    """All imports of one data folder."""

    def __init__(self, home: Path | None = None) -> None:
        self.folder = (data_home() if home is None else home) / "imports"

    def manifests(self) -> tuple[Manifest, ...]:
        """What was imported, by id."""
        return tuple(read_manifest(path) for path in self._records())

    def ids(self) -> list[str]:
        """What the imports are called, readable or not."""
        return [path.stem for path in self._records()]

    def held(self) -> tuple[Held, ...]:
        """All imports, each locked against being cleared away while this process lives."""
        return tuple(held for path in self._records() if (held := self._hold(path)) is not None)

    def _records(self) -> list[Path]:
        return sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []

    def _hold(self, path: Path) -> Held | None:
        """None where it was taken away meanwhile; tried again where it was replaced meanwhile."""
        for _ in range(TRIES):
            if not path.exists():
                return None
            manifest = read_manifest(path)
            folder = self.folder / "files" / manifest.folder
            try:
                lock = Lock(folder / LOCK)
            except OSError:
                continue
            lock.shared()
            if (folder / FIGURES).exists():
                return Held(manifest, folder, lock)
            lock.close()
        raise EvenhandError("the tables of this import are gone", hint="import it again", where=str(path))

    @contextlib.contextmanager
    def writing(self, id_: str) -> Iterator[Writing]:
        """A new folder for an import; cleared away at the end unless it was committed."""
        files = self.folder / "files"
        try:
            files.mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f"{id_}-", dir=files))
            (folder / LOCK).touch()
        except OSError as error:
            hint = "set EVENHAND_HOME to another folder"
            raise BadInputError(f"cannot be written: {error.strerror}", hint=hint, where=str(files)) from error
        lock = Lock(folder / LOCK)
        lock.shared()
        try:
            yield Writing(folder, lock)
        finally:
            lock.close()
            self.clear()

    def commit(self, manifest: Manifest) -> bool:
        """Makes an import count, in place of an earlier one of that id; gives whether there was one."""
        target = self.folder / f"{manifest.id}.json"
        there = target.exists()
        folder = self.folder / "files" / manifest.folder
        beside = folder / "manifest.json"
        beside.write_text(manifest.text(), encoding="utf-8")
        for path in folder.rglob("*"):
            if path.is_file():
                _flushed(path)
        beside.replace(target)
        return there

    def remove(self, name: str) -> str:
        """Takes an import away, by its id; gives the id."""
        found = {path.stem for path in self._records()}
        if name not in found:
            close = closest_words(name, found) or sorted(found)
            hint = f"imported are {', '.join(close)}" if close else "nothing is imported"
            raise BadInputError(f"no import is called ‘{name}’", hint=hint)
        (self.folder / f"{name}.json").unlink(missing_ok=True)
        self.clear()
        return name

    def clear(self) -> None:
        """Deletes the folders that no import names and nobody holds."""
        files = self.folder / "files"
        if not files.is_dir():
            return
        for folder in sorted(files.iterdir()):
            with contextlib.suppress(OSError):
                self._clear(folder)

    def _clear(self, folder: Path) -> None:
        if not (folder / LOCK).exists():
            if time.time() - folder.stat().st_mtime > ABANDONED:
                shutil.rmtree(folder, ignore_errors=True)
            return
        # The records are read after the folder was locked: one that is committed in between is named by then.
        with contextlib.closing(Lock(folder / LOCK)) as lock:
            if lock.exclusive() and folder.name not in self._named():
                shutil.rmtree(folder, ignore_errors=True)

    def _named(self) -> set[str]:
        named = set()
        for path in self._records():
            with contextlib.suppress(EvenhandError):
                named.add(read_manifest(path).folder)
        return named


def _flushed(path: Path) -> None:
    with path.open("rb") as file, contextlib.suppress(OSError):
        os.fsync(file.fileno())
