"""Makes the sheets of a case, checks that none gives a name away, and writes them all or none."""

from dataclasses import dataclass
from pathlib import Path

from evenhand.case import find_case, is_casefile, stem_of_case
from evenhand.cli.progress import Progress
from evenhand.files import make_folders, write_texts
from evenhand.model import BadInputError, EvenhandError
from evenhand.text.document import neighbours
from evenhand.worksheet import Sheets, leaks, worksheet
from evenhand.worksheet.html import key_html, sheet_html
from evenhand.worksheet.pdf import key_pdf, sheet_pdf


@dataclass(frozen=True, slots=True)
class Job:
    """What the user wants."""

    case: Path
    pair: Path | None
    claims: tuple[str, ...]
    output: Path | None


def run(job: Job) -> list[Path]:
    """Writes sheet-1, sheet-2 and the key, each as HTML and PDF; gives their paths. The names of the files tell nothing."""
    case = _casefile(job.case)
    pair = _casefile(job.pair) if job.pair is not None else _other_of(case)
    stem = stem_of_case(case)
    folder = job.output or case.with_name(f"{stem}-worksheet")
    if folder.exists() and not folder.is_dir():
        raise BadInputError("this is a file", hint="give a folder with -o", where=str(folder))
    shown = Progress()
    made = worksheet(case, pair, claims=job.claims, progress=shown)
    shown.clear()
    files = _files(made, folder)
    make_folders(folder)
    write_texts(files)
    return list(files)


def _casefile(path: Path) -> Path:
    if not path.exists():
        raise BadInputError("there is no such file", hint=neighbours(path), where=str(path))
    return path if is_casefile(path) else find_case(path)


def _other_of(case: Path) -> Path | None:
    """The opposite casefile, where ``order.txt`` of the folder names this one and one other."""
    order = case.with_name("order.txt")
    names = order.read_text(encoding="utf-8").split() if order.is_file() else []
    others = [name for name in names if name != case.name]
    return (
        case.with_name(others[0])
        if case.name in names and len(names) == 2 and case.with_name(others[0]).is_file()
        else None
    )


def _files(made: Sheets, folder: Path) -> dict[Path, str | bytes]:
    files: dict[Path, str | bytes] = {}
    for sheet in made.sheets:
        files[folder / f"sheet-{sheet.number}.html"] = sheet_html(sheet)
        files[folder / f"sheet-{sheet.number}.pdf"] = sheet_pdf(sheet)
    for path, content in files.items():
        if given_away := leaks(content, made.secrets):
            raise EvenhandError(
                f"{path.name} would give away: {', '.join(given_away[:5])}; nothing was written",
                hint="ask about other claims with --claims, and send us the casefile",
            )
    return files | {folder / "key.html": key_html(made.key), folder / "key.pdf": key_pdf(made.key)}
