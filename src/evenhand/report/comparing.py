"""What a comparison is about, as its card has to say it: a unit or a group, set against whom, in which unit its scores are."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from evenhand.model import Comparison, Finding, Judged, Outcome
from evenhand.report import words

SCORES: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "growth": ("% a year", 100.0),
        "growth rate": ("% a year", 100.0),
        "gap-closed": ("share of the gap, 1 = all of it", 1.0),
        "share of the gap to the best closed": ("share of the gap, 1 = all of it", 1.0),
    }
)
"""By the rule's id or its words: what its scores are counted in, and by what they are multiplied to be so."""
CITATION = 84
TITLE = 40
MOST_AUTHORS = 50


def is_group(finding: Finding) -> bool:
    """Is a whole group on trial, and set against random groups?"""
    placed = finding.place is not None and "group" in finding.place.among
    members = finding.comparison is not None and has_members(finding.comparison)
    return placed or members


def has_members(comparison: Comparison) -> bool:
    """Does the strip show a group's members?"""
    return any(mark.role == "member" for mark in comparison.strip)


def units_drawn(comparison: Comparison) -> int:
    """How many units the strip shows. A group that is judged has a dot of its own beside its members'; it is no unit."""
    own = has_members(comparison) and any(mark.role == "subject" for mark in comparison.strip)
    return len(comparison.strip) - own


def set_against(comparison: Comparison, opponent: str) -> str:
    """Whom it is compared with: one opponent, others by a rule, or nobody (then nothing is to be said)."""
    if comparison.judged.peers_named:
        return "others"
    return "opponent" if opponent else "nobody"


def own_way_judged(comparison: Comparison) -> bool:
    """Could the claim's own plain reading be judged?"""
    return comparison.judged.outcome != Outcome.NOT_JUDGED


def years_told(judged: Judged, subject: str, *, dots: bool = False) -> str:
    """Which years a picture shows: those asked for and those used, or, of leaders, those in office."""
    drawn = " (large dots)" if dots and judged.used else ""
    if judged.years_in_office:
        return f"Years in office{drawn}: {words.years(judged.years)}, at the pace of the whole time"
    if not judged.used:
        return f"Years asked for: {words.years(judged.years)}"
    used = f"sed for {subject}{drawn}: {words.years(judged.used)}"
    return f"Years u{used}" if dots else f"Years asked for: {words.years(judged.years)}; u{used}"


def score_unit(judged: Judged) -> str:
    """What a score under the rule is counted in."""
    return SCORES.get(judged.standard, (judged.unit_of_measure, 1.0))[0]


def shown_score(judged: Judged, score: float) -> float:
    """A score in ``score_unit``: growth is kept as a log difference a year and shown in per cent."""
    return score * SCORES.get(judged.standard, ("", 1.0))[1]


def others_ranked(finding: Finding) -> str:
    """ "32 of 152", or "162 of 4,999 random groups of the same size"; empty where there is no place."""
    if finding.place is None:
        return ""
    counts = f"{finding.place.at_least:,} of {finding.place.of - 1:,}"
    return f"{counts} random groups of the same size" if is_group(finding) else counts


def picture_sources(finding: Finding) -> tuple[str, ...]:
    """The sources of the figures that are drawn, by id."""
    return (finding.comparison.picture_sources if finding.comparison else ()) or finding.sources


def short_citation(citation: str) -> str:
    """Author, year and how the title begins, where the whole is too long for a picture.

    >>> short_citation("A. Author (2020)")
    'A. Author (2020)'
    """
    flat = " ".join(citation.split())
    if len(flat) <= CITATION:
        return flat
    dated = re.match(r"([^()]{1,160}?)\s*(\((?:1[5-9]|20)\d\d[a-z]?\))[\s,.:;]*(.*)", flat)
    if dated is None:
        return words.shorten(flat, CITATION)
    authors, year, title = dated.groups()
    if len(authors) > MOST_AUTHORS and "," in authors[:MOST_AUTHORS]:
        authors = f"{authors.split(',')[0]} and others"
    return f"{authors} {year}, {words.shorten(title, TITLE)}" if title else f"{authors} {year}"
