"""Which reader takes a file: by what the user says, else by the end of its name."""

from pathlib import Path

from evenhand.exchange.imported import Imported
from evenhand.model import BadInputError

READERS = {
    "argdown": (".argdown", ".ad"), "aif": (".aif.json", ".json"), "xaif": (".xaif.json",), "af": (".af",), "apx": (".apx",),
    "tgf": (".tgf",),
}  # fmt: skip


def format_of(path: Path) -> str:
    """The format that a file's name tells. Raises BadInputError where it tells none."""
    name = path.name.lower()
    found = [(end, form) for form, ends in READERS.items() for end in ends if name.endswith(end)]
    if not found:
        hint = f"say it with --from: one of {', '.join(READERS)}"
        raise BadInputError("the name of this file does not tell its format", hint=hint, where=str(path))
    return max(found, key=lambda one: len(one[0]))[1]


def stem_of(path: Path) -> str:
    """The name without the end that tells the format."""
    ends = sorted((end for ends in READERS.values() for end in ends), key=len, reverse=True)
    end = next((end for end in ends if path.name.lower().endswith(end)), path.suffix)
    return path.name[: len(path.name) - len(end)] or path.name


def read_map(text: str, where: str, form: str) -> Imported:
    """Reads a map in one of the formats. Raises BadInputError at its mistakes."""
    if form == "argdown":
        from evenhand.exchange.argdown.read import read_argdown as read  # noqa: PLC0415 - only what is asked for
    elif form in {"aif", "xaif"}:
        from evenhand.exchange.aif_read import read_aif as read  # noqa: PLC0415
    else:
        return _iccma(text, where, form)
    found: Imported = read(text, where)
    return found


def _iccma(text: str, where: str, form: str) -> Imported:
    from evenhand.exchange.iccma import read_iccma  # noqa: PLC0415

    if form == "af":
        return read_iccma(text, where, "af")
    return read_iccma(text, where, "apx" if form == "apx" else "tgf")
