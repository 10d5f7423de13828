"""``ro-crate-metadata.json``: what each file of a crate is, who made it from what, after RO-Crate 1.1."""

import hashlib
import json
import re
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from evenhand import __version__
from evenhand.audit import Audit
from evenhand.exchange.material import Material

CONFORMS = "https://w3id.org/ro/crate/1.1"
MEDIA_TYPES = {
    ".html": "text/html", ".json": "application/json", ".csv": "text/csv", ".txt": "text/plain", ".md": "text/markdown",
    ".yaml": "application/yaml", ".yml": "application/yaml", ".sha256": "text/plain",
}  # fmt: skip


def metadata(files: dict[str, bytes], found: Audit, material: Material, *, inputs: Sequence[str], stem: str) -> str:
    """The metadata file as JSON-LD."""
    outputs = [f"{stem}.html", f"{stem}.json", "figures.csv"]
    date = found.provenance.date or "1970-01-01"
    parts = [{"@id": name} for name in (*sorted(files), "checksums.sha256")]
    root: dict[str, Any] = {
        "@id": "./", "@type": "Dataset", "name": f"Audit of “{found.title}”", "datePublished": date,
        "description": f"The text, its casefile, the figures asked, the findings and the page of an audit. {found.figures_note}",
        "license": {"@id": "#terms"}, "hasPart": parts, "mentions": {"@id": "#audit"},
    }  # fmt: skip
    graph = [_descriptor(), root, *(_file(name, files[name], outputs, material) for name in sorted(files))]
    graph.append(_entry("checksums.sha256", "The checksums of all other files", "text/plain"))
    graph += [_terms(), _software(), _action(found, inputs, outputs, date)]
    return json.dumps({"@context": f"{CONFORMS}/context", "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _descriptor() -> dict[str, Any]:
    return {
        "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "conformsTo": {"@id": CONFORMS}, "about": {"@id": "./"},
    }  # fmt: skip


def _file(name: str, content: bytes, outputs: list[str], material: Material) -> dict[str, Any]:
    case = material.case
    told = {
        case.path.name: "The casefile: the claims and how each is read",
        case.text.file: f"The text: {case.title}",
        "figures.csv": "All figures of the measures asked, with their sources",
        "requirements.txt": "The versions that the audit was made with",
        "README.txt": "How to make the audit again",
    }
    if name in outputs[:2]:
        what = "The page" if name.endswith(".html") else "The findings"
    else:
        what = told.get(name, "Figures that the audit reads")
    suffix = re.search(r"\.[^./]+$", name)
    entry = _entry(name, what, MEDIA_TYPES.get(suffix[0] if suffix else "", "application/octet-stream"))
    return entry | {"contentSize": str(len(content)), "sha256": hashlib.sha256(content).hexdigest()}


def _entry(name: str, what: str, media_type: str) -> dict[str, Any]:
    return {"@id": name, "@type": "File", "name": what, "encodingFormat": media_type}


def _terms() -> dict[str, Any]:
    return {
        "@id": "#terms", "@type": "CreativeWork", "name": "Terms of the parts",
        "description": "Each source's terms stand with it in the findings and on the page; the text is its author's.",
    }  # fmt: skip


def _software() -> dict[str, Any]:
    return {
        "@id": "#evenhand", "@type": "SoftwareApplication", "name": "evenhand", "version": __version__,
        "softwareVersion": __version__, "url": {"@id": f"https://pypi.org/project/evenhand/{__version__}/"},
    }  # fmt: skip


def _action(found: Audit, inputs: Sequence[str], outputs: list[str], date: str) -> dict[str, Any]:
    return {
        "@id": "#audit", "@type": "CreateAction", "name": "The audit", "description": found.provenance.command,
        "instrument": {"@id": "#evenhand"}, "endTime": date, "object": [{"@id": name} for name in sorted(inputs)],
        "result": [{"@id": name} for name in outputs],
    }  # fmt: skip


def requirements() -> str:
    """Evenhand and what it stands on, at the versions in use, for pip."""
    found: dict[str, str] = {}
    waiting = ["evenhand"]
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            found[key] = version(name)
        except PackageNotFoundError:
            continue
        needs = [need for need in requires(name) or () if "extra ==" not in need]
        waiting += [match[0] for need in needs if (match := re.match(r"[A-Za-z0-9._-]+", need))]
    return "".join(f"{name}=={number}\n" for name, number in sorted(found.items()))
