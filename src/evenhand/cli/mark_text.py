"""Which text ``evenhand mark`` reads, and where its casefile is."""

from pathlib import Path

from evenhand.case import ENDINGS, case_beside, is_casefile
from evenhand.model import BadInputError
from evenhand.text import Document, read
from evenhand.text.converted import from_standard_input, is_other, kept, text_of


def taken_in(path: Path, output: Path | None) -> tuple[Document, Path]:
    """The text, as a plain file that a casefile can name, and the casefile that it gets.

    Raises BadInputError where there is no text, or another one where it would have to be kept.
    """
    if output is not None and not output.name.endswith(ENDINGS):
        hint = f"as {output.name.split('.')[0]}{ENDINGS[0]}"
        raise BadInputError("a casefile's name ends in .case.yaml", hint=hint, where=str(output))
    if str(path) == "-":
        if output is None:
            raise BadInputError("where shall the text from standard input be kept?", hint="add -o essay.case.yaml")
        return read(kept(from_standard_input(), _beside(output))), output
    if is_casefile(path):
        raise BadInputError("this is a casefile, not a text", hint="name the text that it is about", where=str(path))
    if is_other(path):
        case = output or path.with_name(path.stem + ENDINGS[0])
        return read(kept(text_of(path), _beside(case))), case
    document = read(path)
    if output is not None and output.absolute().parent != path.absolute().parent:
        raise BadInputError(
            "a casefile lies in the folder of its text", hint="leave -o out, or copy the text", where=str(output)
        )
    return document, output or case_beside(path) or path.with_name(path.stem + ENDINGS[0])


def _beside(case: Path) -> Path:
    stem = case.name
    for ending in ENDINGS:
        stem = stem.removesuffix(ending)
    return case.with_name(f"{stem}.txt")
