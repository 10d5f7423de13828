"""The sources as BibTeX and CSL-JSON: for Zotero, LaTeX and every other program that keeps references."""

import json
import re
from typing import Any

from evenhand.audit import SourceNote
from evenhand.exchange.citation import Citation, Name, read_citation
from evenhand.exchange.material import Exported, Material

SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_{}"
}
SPELT = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def to_bibtex(material: Material, stem: str) -> Exported:
    """One entry a source, its id as the key; the citation as it was given stands in its note."""
    entries = [_bibtex(source, material) for source in _sources(material)]
    return Exported({f"{stem}.bib": "\n".join(entries)}, _left_out(material))


def to_csl(material: Material, stem: str) -> Exported:
    """The same as CSL-JSON, version 1.0.2 of its schema."""
    items = [_csl(source, material) for source in _sources(material)]
    return Exported({f"{stem}.csl.json": json.dumps(items, ensure_ascii=False, indent=1) + "\n"}, _left_out(material))


def _sources(material: Material) -> tuple[SourceNote, ...]:
    """Those that findings rest on or the text cites, then what else the casefile lists."""
    found = material.found.sources
    known = {source.id for source in found}
    rest = (one for one in material.case.sources if one.id not in known)
    listed = (SourceNote(s.id, s.citation, s.publisher, s.kind, s.licence, s.url, ()) for s in rest)
    return (*found, *listed)


def _left_out(material: Material) -> tuple[str, ...]:
    lost = ["which claims rest on a source, but as words in its note"]
    if any(source.ties for source in material.case.sources):
        lost.append("the ties of sources to those with an interest")
    whole = sum(not read_citation(source.citation).authors for source in _sources(material))
    if whole:
        lost.append(
            f"the authors of {whole} of {len(_sources(material))} sources, which their citations do not tell apart"
        )
    return tuple(lost)


def _note(source: SourceNote) -> str:
    parts = [
        f"Cited as: {source.citation}",
        f"Read from: {source.publisher}" if source.publisher else "",
        f"Kind: {source.kind}" if source.kind else "",
        f"Terms: {source.licence}" if source.licence else "",
        f"Claims that rest on it: {', '.join(source.used_by)}" if source.used_by else "",
    ]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _retrieved(source: SourceNote, material: Material) -> str:
    own = next((one.retrieved for one in material.case.sources if one.id == source.id), None)
    if own is not None:
        return own
    known = {one.id: one.retrieved for one in material.catalog.sources()}
    return known.get(source.id, "")


def _bibtex(source: SourceNote, material: Material) -> str:
    cited = read_citation(source.citation)
    year = str(cited.year) if cited.year else None
    pages = cited.pages.replace("–", "--") if cited.pages else None
    authors = " and ".join(map(_bibtex_name, cited.authors)) or None
    plain = {
        "author": authors, "title": f"{{{escaped(cited.title)}}}", "year": year, "journal": cited.journal,
        "volume": cited.volume, "number": cited.number, "pages": pages,
    }  # fmt: skip
    lines = [
        (key, value if key in ("author", "title", "pages") else escaped(value)) for key, value in plain.items() if value
    ]
    lines += [("url", source.url.replace("{", "%7B").replace("}", "%7D"))] if source.url else []
    day = _retrieved(source, material)
    lines += [("urldate", escaped(day))] if source.url and DAY.fullmatch(day) else []
    lines += [("note", escaped(_note(source)))]
    fields = "".join(f"  {key} = {{{value}}},\n" for key, value in lines)
    return f"@{'article' if cited.journal else 'misc'}{{{source.id},\n{fields}}}\n"


def _bibtex_name(name: Name) -> str:
    """Bodies go in braces, so that their words are not taken for names; 'others' stays, since BibTeX knows it."""
    if name.whole == "others":
        return "others"
    if name.family is None:
        return f"{{{escaped(name.whole)}}}"
    return escaped(f"{name.family}, {name.given}")


def escaped(text: str) -> str:
    r"""Text as BibTeX takes it; letters of all scripts stay.

    >>> escaped("Q&A: 5 % of {x}")
    'Q\\&A: 5 \\% of \\{x\\}'

    BibTeX counts braces even behind a backslash; where they do not pair, they are spelt out.

    >>> escaped("a } b")
    'a \\textbraceright{} b'
    """
    signs = SPECIAL if _paired(text) else SPECIAL | SPELT
    return "".join(signs.get(sign, sign) for sign in text)


def _paired(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _csl(source: SourceNote, material: Material) -> dict[str, Any]:
    cited = read_citation(source.citation)
    item: dict[str, Any] = {"id": source.id, "type": "article-journal" if cited.journal else "document"}
    item["title"] = cited.title
    authors = [_csl_name(name) for name in cited.authors]
    item |= {"author": authors} if authors else {}
    item |= {"issued": {"date-parts": [[cited.year]]}} if cited.year else {}
    item |= _where(cited)
    item |= {"URL": source.url} if source.url else {}
    day = DAY.fullmatch(_retrieved(source, material))
    item |= {"accessed": {"date-parts": [[int(part) for part in day.groups()]]}} if day else {}
    return item | {"note": _note(source)}


def _where(cited: Citation) -> dict[str, str]:
    named = {"container-title": cited.journal, "volume": cited.volume, "issue": cited.number, "page": cited.pages}
    return {key: value for key, value in named.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    if name.family is None:
        return {"literal": name.whole}
    return {"family": name.family, "given": name.given or ""}
