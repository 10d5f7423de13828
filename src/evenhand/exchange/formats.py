"""Which formats are there, what each is for, and who writes it. A format's module is loaded when it is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from evenhand.exchange.material import Exported, Material
from evenhand.model import BadInputError, closest_words


@dataclass(frozen=True, slots=True)
class Format:
    """One way out. writer: ``module:function``; suffix: what the file's name ends with."""

    name: str
    what: str
    writer: str
    suffix: str

    @property
    def by_claim(self) -> bool:
        """Is there a file for every claim?"""
        return self.name.startswith("card-")

    @property
    def write(self) -> Callable[[Material, str], Exported]:
        """The function that makes the files: (material, stem) to ``Exported``."""
        module, _, function = self.writer.partition(":")
        found: Callable[[Material, str], Exported] = getattr(import_module(f"evenhand.exchange.{module}"), function)
        return found


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format("web-annotation", "Web Annotations (W3C): claims tied to words", "annotations:export", ".annotations.jsonld"),
        Format("argdown", "the argument as Argdown", "argdown.write:export", ".argdown"),
        Format("aif", "the argument as AIF in JSON", "aif:to_aif", ".aif.json"),
        Format("xaif", "the same with the text and its marked quotes", "aif:to_xaif", ".xaif.json"),
        Format("af", "the attacks alone, as solvers read them (ICCMA)", "iccma:to_af", ".af"),
        Format("apx", "the same as facts (ICCMA, ASPARTIX)", "iccma:to_apx", ".apx"),
        Format("tgf", "the same as a trivial graph (ICCMA)", "iccma:to_tgf", ".tgf"),
        Format("map-svg", "the map of the argument, for slides", "map_picture:to_svg", ".map.svg"),
        Format("map-png", "the map as a picture", "map_picture:to_png", ".map.png"),
        Format("map-pdf", "the map as PDF, on one page", "map_picture:to_pdf", ".map.pdf"),
        Format("claimreview", "ClaimReview (schema.org), of claims marked reviewed", "claimreview:export", ".claimreview.jsonld"),
        Format("csv", "the findings as a table for spreadsheets", "findings:to_csv", ".findings.csv"),
        Format("parquet", "the findings as a table with types", "findings:to_parquet", ".findings.parquet"),
        Format("bibtex", "the sources, for LaTeX and Zotero", "bibliography:to_bibtex", ".bib"),
        Format("csl-json", "the sources, for Zotero and Pandoc", "bibliography:to_csl", ".csl.json"),
        Format("page-pdf", "the page as PDF (by a Chromium on this machine)", "pictures:page_pdf", ".pdf"),
        Format("page-png", "the page as a picture (by a Chromium on this machine)", "pictures:page_png", ".png"),
        Format("card-png", "each claim's card as a picture, or one claim's with CASE#CLAIM", "cards:to_png", ".png"),
        Format("card-svg", "the same as SVG", "cards:to_svg", ".svg"),
        Format("card-text", "the same in two sentences", "cards:to_text", ".txt"),
        Format("ro-crate", "text, casefile, figures, findings and page in one folder or zip", "crate:export", ".crate"),
    )
}  # fmt: skip


def format_named(name: str) -> Format:
    """A format by its name. Raises BadInputError with those that there are."""
    if name not in FORMATS:
        near = closest_words(name, FORMATS, 1)
        hint = f"one of {', '.join(FORMATS)}" + (f"; closest: {near[0]}" if near else "")
        raise BadInputError(f"there is no format {name!r}", hint=hint)
    return FORMATS[name]
