"""What an import's measures, sources and events are called, so that no name that was there before changes its meaning."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from evenhand.catalog.entries import Measure, Source
from evenhand.catalog.names import fold
from evenhand.catalog.own import Known, slug

DEAD = re.compile(
    r"\b(killed|killings?|executions?|executed|genocide\w*|politicide\w*|democide\w*|massacres?|famines?|"
    r"(?:war|battle|conflict|combat)[- ](?:related )?deaths|deaths? (?:in|from|of|by) (?:\w+ ){0,3}(?:wars?|conflicts?|"
    r"battles?|famines?|violence|repression|genocide|executions?)|"
    r"(?:drought|hunger|starvation) deaths)\b",
    re.IGNORECASE,
)
T = TypeVar("T")


def counts_the_dead(measure: Measure) -> bool:
    """Does it count, or list, people killed by violence or hunger? By its name, concept and definition."""
    return bool(
        DEAD.search(" ".join((measure.name, measure.concept.replace("_", " ").replace("-", " "), measure.definition)))
    )


def settled(measure: Measure, known: Known, dataset: str, title: str) -> Measure:
    """A measure under an id and a name of its own; the catalogue's, where it is the catalogue's.

    Its concept and domain are the catalogue's words where they mean the same. Tolls are marked, so that nobody is ranked
    by them.
    """
    if known.measures.get(measure.id) == measure:
        return measure
    id_, name = measure.id, measure.name
    if _taken(id_, known) or _taken(name, known):
        id_, name = f"{slug(id_)}-{dataset}", f"{name} ({title})"
    concept, domain = _concept(measure, known)
    tolls = measure.tolls or ("yes" if counts_the_dead(measure) else "")
    return replace(measure, id=id_, name=name, concept=concept, domain=domain, tolls="" if tolls == "no" else tolls)


def _taken(word: str, known: Known) -> bool:
    return word in known.measures or known.names.measure(word) is not None


def _concept(measure: Measure, known: Known) -> tuple[str, str]:
    folded = fold(measure.concept)
    for other in known.measures.values():
        if fold(other.concept) == folded:
            domain = other.domain if measure.domain in {"", "other"} else measure.domain
            return other.concept, domain
    return measure.concept, measure.domain or "other"


def settled_sources(sources: Iterable[Source], known: Known, dataset: str) -> dict[str, Source]:
    """Sources by the word that the tables use; one that is listed already under that id with other words gets its own."""
    found = {}
    for source in sources:
        there = known.sources.get(source.id)
        clash = there is not None and there.citation != source.citation
        found[source.id] = replace(source, id=f"{source.id}-{dataset}") if clash else source
    return found


def settled_events(rows: Sequence[dict[str, Any]], taken: Callable[[str], bool], title: str) -> list[dict[str, Any]]:
    """Event rows whose names are theirs alone: a name that an event of the catalogue bears gets the import's beside it."""
    return [{**row, "name": f"{row['name']} ({title})"} if taken(row["name"]) else row for row in rows]
