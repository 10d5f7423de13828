"""Files appear whole or not at all; whatever is no regular file (a link, a pipe, a device) is never replaced."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from evenhand.model import BadInputError

CANNOT = "cannot write here"
ELSEWHERE = "choose a folder that you may write to"


def write_text(text: str, path: Path, *, cannot: str = CANNOT, hint: str = ELSEWHERE) -> None:
    """Write beside the target and move into place; a link's target is written, a pipe or device is written to.

    cannot, hint: what is said where it fails. Raises BadInputError where the folder is missing or not writable, or the
    path is a folder or cannot take a text.
    """
    write_texts({path: text}, cannot=cannot, hint=hint)


def write_texts(files: Mapping[Path, str | bytes], *, cannot: str = CANNOT, hint: str = ELSEWHERE) -> None:
    """All of the files or none: each is written beside its target, and they move into place once all are there.

    Texts are written as UTF-8, bytes as they are. Pipes and devices come last: what was written to them cannot be taken
    back.
    """
    beside: dict[Path, tuple[Path, Path]] = {}
    streams: list[tuple[Path, Path, bytes]] = []
    at = Path()
    try:
        for path, content in files.items():
            at, target = path, _target(path)
            data = content.encode("utf-8") if isinstance(content, str) else content
            if _takes_a_stream(target, path):
                streams.append((path, target, data))
            else:
                beside[path] = (_beside(data, path, target), target)
        for path, (temporary, target) in beside.items():
            at = path
            temporary.replace(target)
        for path, target, data in streams:
            at = path
            _pour(data, target)
    except (OSError, UnicodeEncodeError) as error:
        raise BadInputError(f"{cannot}: {_reason(error)}", hint=hint, where=str(at)) from error
    finally:
        for temporary, _ in beside.values():
            temporary.unlink(missing_ok=True)


def _target(path: Path) -> Path:
    """Where a path leads, its links followed. Raises BadInputError where links lead round in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise BadInputError(
            "this link leads round in a circle", hint="give the name of a file", where=str(path)
        ) from error


def _takes_a_stream(target: Path, path: Path) -> bool:
    """Is there a pipe or a device, to be written to and never replaced? Raises BadInputError for a folder or a socket."""
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if stat.S_ISDIR(mode):
        raise BadInputError("this is a folder", hint="give the name of a file", where=str(path))
    if stat.S_ISSOCK(mode) or stat.S_ISBLK(mode):
        what = "a socket" if stat.S_ISSOCK(mode) else "a disk"
        raise BadInputError(f"this is {what}, not a file", hint="give the name of a file", where=str(path))
    return not stat.S_ISREG(mode)


def _pour(data: bytes, target: Path) -> None:
    """Into what is already there: neither made nor cut short. A pipe that nobody reads is an error, not a wait."""
    handle = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    if hasattr(os, "set_blocking"):
        os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _beside(data: bytes, path: Path, target: Path) -> Path:
    """The content in a file of another name in the target's folder."""
    folder = target.parent
    if not folder.is_dir():
        raise BadInputError(
            f"the folder {path.parent} does not exist" if not path.is_symlink() else "this link leads nowhere",
            hint="make it, or choose another place",
            where=str(path),
        )
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _reason(error: OSError | UnicodeEncodeError) -> str:
    return getattr(error, "strerror", None) or str(error)


def make_folders(*folders: Path, hint: str = "") -> None:
    """Makes folders and those above them, where there are none yet. Raises BadInputError where one cannot be made."""
    for folder in folders:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"this folder cannot be made: {_reason(error)}"
            raise BadInputError(message, hint=hint, where=str(folder)) from error


@contextlib.contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A folder to fill that moves to its place when all went well, and is gone again when not.

    An empty folder at that place gives way to it; raises OSError where it cannot be made, filled or moved.
    """
    parent = target.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", dir=parent))
    try:
        yield beside
        beside.chmod(0o777 & ~_umask())
        if target.exists():
            target.rmdir()
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
