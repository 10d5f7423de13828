"""Files appear whole or not at all; whatever is no regular file (a link, a pipe, a device) is never replaced."""

import os
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from evenhand.model import BadInputError


def write_text(text: str, path: Path) -> None:
    """Write beside the target and move into place; a link's target is written, a pipe or device is written to.

    Raises BadInputError where the folder is missing or not writable, or the path is a folder or cannot take a text.
    """
    write_texts({path: text})


def write_texts(files: Mapping[Path, str | bytes]) -> None:
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
    except OSError as error:
        raise _not_writable(at, error) from error
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
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _not_writable(path: Path, error: OSError) -> BadInputError:
    return BadInputError(
        f"cannot write here: {error.strerror or error}", hint="choose a folder that you may write to", where=str(path)
    )
