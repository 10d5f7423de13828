"""The user's data folder: figures that ``evenhand data add`` keeps, each as a copy of its CSV and a manifest."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.own import Known, OwnData, read_table, slug
from evenhand.files import whole_folder
from evenhand.model import BadInputError, EvenhandError, closest_words

MANIFEST = "manifest.json"
FIGURES = "figures.csv"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is kept of a stored file beside its figures."""

    id: str
    file: str
    sha256: str
    measures: tuple[Measure, ...]
    source: str | None
    sources: tuple[Source, ...]
    new_units: bool


def data_home(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Path:
    """The user's data folder: EVENHAND_HOME, or where the platform keeps such things."""
    given = os.environ if environment is None else environment
    if given.get("EVENHAND_HOME"):
        return Path(given["EVENHAND_HOME"])
    if platform == "win32":
        return Path(given.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "evenhand"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "evenhand"
    return Path(given.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "evenhand"


def stored(home: Path | None = None) -> tuple[Manifest, ...]:
    """What the user's data folder holds, by id."""
    folder = _folder(home)
    if not folder.is_dir():
        return ()
    return tuple(_manifest(path) for path in sorted(folder.iterdir()) if not path.name.startswith("."))


def store(
    path: Path,
    known: Known,
    *,
    measures: Sequence[Measure] = (),
    source: str | None = None,
    sources: Sequence[Source] = (),
    new_units: bool = False,
    home: Path | None = None,
) -> OwnData:
    """Check a CSV of one's own and keep a copy; all or nothing. Raises ``BadInputError`` where it does not fit."""
    data = read_table(path, known, measures=measures, source=source, sources=sources, new_units=new_units)
    target = _folder(home) / data.id
    if target.exists():
        raise BadInputError(f"{data.id} is stored already", hint=f"evenhand data remove {data.id}", where=str(target))
    manifest = Manifest(data.id, data.file, data.digest, tuple(measures), source, tuple(sources), new_units)
    try:
        _write(path.read_bytes(), manifest, target)
    except OSError as error:
        raise BadInputError(
            f"cannot be written: {error.strerror}", hint="set EVENHAND_HOME to another folder", where=str(target)
        ) from error
    return data


def remove(name: str, home: Path | None = None) -> str:
    """Forget a stored file, by its id or file name; gives the id."""
    found = {kept.id: kept for kept in stored(home)}
    id_ = name if name in found else slug(Path(name).stem)
    if id_ not in found:
        close = closest_words(name, found) or list(found)
        hint = f"stored are {', '.join(close)}" if close else "nothing is stored"
        raise BadInputError(f"no stored figures are called ‘{name}’", hint=hint)
    shutil.rmtree(_folder(home) / id_)
    return id_


def _folder(home: Path | None) -> Path:
    return (data_home() if home is None else home) / "data"


def _write(content: bytes, manifest: Manifest, target: Path) -> None:
    text = json.dumps({"version": 1, **asdict(manifest)}, ensure_ascii=False, indent=1)
    with whole_folder(target) as folder:
        (folder / FIGURES).write_bytes(content)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _manifest(folder: Path) -> Manifest:
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(
            id=folder.name,
            file=found["file"],
            sha256=found["sha256"],
            measures=tuple(Measure(**measure) for measure in found["measures"]),
            source=found["source"],
            sources=tuple(Source(**source) for source in found["sources"]),
            new_units=found["new_units"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EvenhandError(
            "a stored file cannot be read", hint="delete its folder and add it again", where=str(folder)
        ) from error


def read_stored(kept: Manifest, known: Known, home: Path | None = None) -> OwnData:
    """The figures of a stored file; refused where the copy is no longer what was added."""
    path = _folder(home) / kept.id / FIGURES
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != kept.sha256:
        hint = f"evenhand data remove {kept.id}, then add it again"
        raise BadInputError("the stored figures have been changed", hint=hint, where=str(path))
    data = read_table(
        path,
        known,
        measures=kept.measures,
        source=kept.source,
        sources=kept.sources,
        new_units=kept.new_units,
        name=kept.file,
    )
    return replace(data, id=kept.id)
