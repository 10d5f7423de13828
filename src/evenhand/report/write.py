"""Files appear whole or not at all."""

import os
import tempfile
from pathlib import Path

from evenhand.model import BadInputError


def write_text(text: str, path: Path) -> None:
    """Write beside the target and move into place. Raises BadInputError where the folder is missing or not writable."""
    folder = path.parent
    if not folder.is_dir():
        raise BadInputError(
            f"the folder {folder} does not exist", hint="make it, or choose another place", where=str(path)
        )
    if path.is_dir():
        raise BadInputError("this is a folder", hint="give the name of a file", where=str(path))
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=folder)
    except OSError as error:
        raise _not_writable(path, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True)
        raise _not_writable(path, error) from error


def _not_writable(path: Path, error: OSError) -> BadInputError:
    return BadInputError(
        f"cannot write here: {error.strerror or error}", hint="choose a folder that you may write to", where=str(path)
    )
