"""Files appear whole or not at all."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from evenhand.model import BadInputError


def write_text(text: str, path: Path) -> None:
    """Write beside the target and move into place. Raises BadInputError where the folder is missing or not writable."""
    write_texts({path: text})


def write_texts(files: Mapping[Path, str]) -> None:
    """All of the files or none: each is written beside its target, and they move into place once all are there."""
    beside: dict[Path, Path] = {}
    path = Path()
    try:
        for path, text in files.items():
            beside[path] = _beside(text, path)
        for path, temporary in beside.items():
            temporary.replace(path)
    except OSError as error:
        raise _not_writable(path, error) from error
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)


def _beside(text: str, path: Path) -> Path:
    """The text in a file of another name in the same folder."""
    folder = path.parent
    if not folder.is_dir():
        raise BadInputError(
            f"the folder {folder} does not exist", hint="make it, or choose another place", where=str(path)
        )
    if path.is_dir():
        raise BadInputError("this is a folder", hint="give the name of a file", where=str(path))
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
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
