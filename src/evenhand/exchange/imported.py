"""What another tool's file gives: claims and links, ready to be written as a text and its casefile."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from evenhand.model import BadInputError

UNKNOWN = "What sort of claim is this, and how could it be checked? It came without."
LONGEST = 48


@dataclass(frozen=True, slots=True)
class ImportedClaim:
    """A claim from elsewhere. name: what it was called there; text: its words."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedLink:
    """A link from elsewhere; target: the id of a claim or of a link."""

    id: str
    sources: tuple[str, ...]
    target: str
    kind: str
    joint: bool = False
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """A whole file. not_loaded: what could not be taken over, each with its place and why."""

    claims: tuple[ImportedClaim, ...]
    links: tuple[ImportedLink, ...]
    title: str = ""
    author: str = ""
    not_loaded: tuple[str, ...] = ()


@dataclass(slots=True)
class Ids:
    """Ids for a casefile from any names: short, plain, each once."""

    taken: set[str] = field(default_factory=set)
    last: dict[str, int] = field(default_factory=dict)

    def of(self, name: str, instead: str) -> str:
        """A new id that looks like the name; ``instead`` where nothing of it can be used."""
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:LONGEST].strip("-") or instead
        found, number = slug, self.last.get(slug, 1)
        while found in self.taken:
            number += 1
            found = f"{slug}-{number}"
        self.last[slug] = number
        self.taken.add(found)
        return found

    def keep(self, name: str, instead: str) -> str:
        """The name itself where it is an id and free, else one made from it."""
        if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", name) and name not in self.taken:
            self.taken.add(name)
            return name
        return self.of(name, instead)


def casefile(imported: Imported, stem: str) -> dict[str, str]:
    """The text and the casefile, by file name: every claim a paragraph of the text, in the order of the file.

    Raises BadInputError where there is no claim.
    """
    if not imported.claims:
        raise BadInputError("there is no claim in this file", hint="nothing was written")
    text = "\n\n".join(f"[{claim.id}] {_one_line(claim.text)}" for claim in imported.claims) + "\n"
    supported = {link.target for link in imported.links if link.kind == "support"}
    said = {"file": f"{stem}.txt", "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest()}
    said |= {key: _one_line(value) for key in ("title", "author") if (value := getattr(imported, key))}
    lines = ["version: 1", f"text: {_flow(said)}", "claims:"]
    lines += [f"- {_flow(_claim(claim, inference=claim.id in supported))}" for claim in imported.claims]
    lines += ["links:"] if imported.links else []
    lines += [f"- {_flow(_link(link))}" for link in imported.links]
    return {f"{stem}.txt": text, f"{stem}.case.yaml": "\n".join(lines) + "\n"}


def _flow(entry: dict[str, Any]) -> str:
    """A mapping on one line of YAML, its texts in quotes."""
    return "{" + ", ".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()) + "}"


def _claim(claim: ImportedClaim, *, inference: bool) -> dict[str, Any]:
    words = _one_line(claim.text)
    entry: dict[str, Any] = {
        "id": claim.id,
        "kind": "inference" if inference else "value",
        "quote": words,
        "prefix": f"[{claim.id}]",
        "reads": words,
    }
    if not inference:
        entry["questions"] = [UNKNOWN]
    return entry


def _link(link: ImportedLink) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": link.id, "from": list(link.sources), "to": link.target, "kind": link.kind}
    entry |= {"joint": True} if link.joint else {}
    return entry | ({"scheme": link.scheme} if link.scheme else {})


def _one_line(text: str) -> str:
    """Without breaks and control characters; what joins letters or turns their direction stays."""
    return " ".join("".join(sign if _shown(sign) else " " for sign in text).split())


def _shown(sign: str) -> bool:
    return sign.isprintable() or (unicodedata.category(sign) == "Cf" and sign != "\ufeff")


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order."""
    return tuple(dict.fromkeys(names))
