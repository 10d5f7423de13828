"""What changed between two audits of a text, and why: the figures, the choices, the version. A page keeps all of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.model.verdict import percent
from evenhand.model.words import plural

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Made:
    """What a page was made from. own_data: (file, SHA-256)."""

    version: str
    text_sha256: str
    case_sha256: str
    figures_sha256: str
    own_data: tuple[tuple[str, str], ...]
    date: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that a claim's own way of comparing read, before and after; empty where it was not read. source: its id."""

    what: str
    before: str
    after: str
    source: str


@dataclass(frozen=True, slots=True)
class ChoiceChange:
    """The answers to one choice that came or went."""

    choice: str
    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """One claim before and after, in words. because: what of its own changed, a sentence each."""

    claim: str
    quote: str
    before: str
    after: str
    because: tuple[str, ...]
    figures: tuple[FigureChange, ...]
    choices: tuple[ChoiceChange, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """One audit after another. why: what changed in what the pages were made from, a sentence each."""

    before: Made
    after: Made
    why: tuple[str, ...]
    claims: tuple[ClaimChange, ...]


Record = Mapping[str, Any]


def correction(before: Record, after: Record) -> Correction | None:
    """What changed from one page's record to another's; None where nothing did."""
    made, now = made_of(before), made_of(after)
    why = _why(made, now)
    claims = _claims(before, after)
    return Correction(made, now, why, claims) if why or claims else None


def made_of(record: Record) -> Made:
    own = tuple((str(file), str(digest)) for file, digest in record["own_data"])
    names = ("version", "text_sha256", "case_sha256", "figures_sha256")
    version, text, case, figures = (str(record[name]) for name in names)
    return Made(version, text, case, figures, own, str(record["date"]))


def _why(before: Made, after: Made) -> tuple[str, ...]:
    out = []
    if before.version != after.version:
        out.append(f"Version: evenhand {before.version}, now {after.version}.")
    if before.figures_sha256 != after.figures_sha256:
        old, new = before.figures_sha256[:12], after.figures_sha256[:12]
        out.append(f"Figures: the built-in table was changed (snapshot {old}, now {new}).")
    old_data, new_data = dict(before.own_data), dict(after.own_data)
    files = [name for name in {**old_data, **new_data} if old_data.get(name) != new_data.get(name)]
    if files:
        out.append(f"Figures: {', '.join(files)} {'was' if len(files) == 1 else 'were'} changed.")
    if before.text_sha256 != after.text_sha256:
        out.append("Text: its words were changed.")
    if before.case_sha256 != after.case_sha256:
        out.append("Casefile: it was changed; what that did to claims and choices stands below.")
    return tuple(out)


def _claims(before: Record, after: Record) -> tuple[ClaimChange, ...]:
    old = {claim["id"]: claim for claim in before["claims"]}
    new = {claim["id"]: claim for claim in after["claims"]}
    out = [_claim(old.get(id_), claim) for id_, claim in new.items()]
    out += [_gone(claim) for id_, claim in old.items() if id_ not in new]
    return tuple(change for change in out if change is not None)


def _claim(old: Record | None, new: Record) -> ClaimChange | None:
    if old is None:
        return ClaimChange(new["id"], new["quote"], "not marked", result(new), ("This claim was marked.",), (), ())
    figures, choices = _figures(old, new), _choices(old, new)
    because = []
    if old["quote"] != new["quote"]:
        because.append("Its words were marked anew.")
    if old["sentence"] != new["sentence"]:
        because.append(f"It is read otherwise: before, “{old['sentence']}”")
    if figures:
        because.append(f"{plural(len(figures), 'figure')} that its own way reads changed.")
    because += [f"Figures of {measure}, in other ways of comparing, changed." for measure in _series(old, new)]
    if choices:
        because.append("The choices that are tried changed.")
    if result(old) == result(new) and not because:
        return None
    if not because:
        because.append(
            "None of its own figures and choices changed: it is evenhand itself, or what the tables say of units, groups and "
            "events."
        )
    return ClaimChange(new["id"], new["quote"], result(old), result(new), tuple(because), figures, choices)


def _gone(old: Record) -> ClaimChange:
    return ClaimChange(old["id"], old["quote"], result(old), "no longer marked", ("This claim was taken out.",), (), ())


def result(claim: Record) -> str:
    """What was found of a claim, in words."""
    share = claim["share"]
    if share is None:
        return str(claim["verdict"])
    text = f"{claim['verdict']} ({percent(share)} of {claim['judged']:,} ways"
    place = claim["place"]
    return f"{text}; {place[0]:,} of {place[1] - 1:,} fit the claim at least as well)" if place else f"{text})"


def _figures(old: Record, new: Record) -> tuple[FigureChange, ...]:
    """The figures that changed, matched by what they are of."""
    before, after = _by_name(old), _by_name(new)
    out = []
    for what in {**after, **before}:
        was, now = before.get(what, (what, "", "")), after.get(what, (what, "", ""))
        if tuple(was[1:]) != tuple(now[1:]):
            out.append(FigureChange(what, was[1], now[1], now[2] or was[2]))
    return tuple(out)


def _by_name(claim: Record) -> dict[str, tuple[str, str, str]]:
    """What each figure is of: the figure with its range, and its source."""
    read = (
        (f"{m}, {name}, {year}", ranged(v, low, high), source)
        for m, _, name, year, v, low, high, source in claim["read"]
    )
    return {row[0]: row for row in (*read, *((what, told_, source) for what, told_, source in claim["told"]))}


def ranged(value: float, low: float | None, high: float | None) -> str:
    """A figure with its range, to the last digit."""
    return f"{value:g}" if low is None or high is None else f"{value:g} ({low:g} to {high:g})"


def _series(old: Record, new: Record) -> list[str]:
    before = {key: digest for key, _, digest in old["series"]}
    changed = [measure for key, measure, digest in new["series"] if before.get(key, digest) != digest]
    return list(dict.fromkeys(changed))


def _choices(old: Record, new: Record) -> tuple[ChoiceChange, ...]:
    before = {choice: dict(options) for choice, _, options in old["choices"]}
    out = []
    for choice, label, options in new["choices"]:
        now, was = dict(options), before.get(choice, {})
        added = tuple(name for id_, name in now.items() if id_ not in was)
        removed = tuple(name for id_, name in was.items() if id_ not in now)
        if added or removed:
            out.append(ChoiceChange(label, added, removed))
    return tuple(out)


def told(change: Correction) -> list[str]:
    """A correction in lines, for the terminal."""
    lines = list(change.why)
    for claim in change.claims:
        lines.append(f"{claim.claim}  “{' '.join(claim.quote.split())}”")
        if claim.before == claim.after:
            lines.append(f"    unchanged: {claim.after}")
        else:
            lines += [f"    before: {claim.before}", f"    now: {claim.after}"]
        lines += [f"    {sentence}" for sentence in claim.because]
        lines += _indented([_figure_told(one) for one in claim.figures])
        for one in claim.choices:
            signed = [*(("+", name) for name in one.added), *(("-", name) for name in one.removed)]
            lines += [f"      {one.choice}: {sign} {name}" for sign, name in signed]
    return lines


def _figure_told(one: FigureChange) -> str:
    source = f" ({one.source})" if one.source else ""
    return f"{one.what}: {one.before or 'not read'}, now {one.after or 'not read'}{source}"


def _indented(lines: Sequence[str]) -> list[str]:
    more = [f"      and {len(lines) - MOST_SHOWN:,} more"] if len(lines) > MOST_SHOWN else []
    return [f"      {line}" for line in lines[:MOST_SHOWN]] + more


def corrections(data: Sequence[Record]) -> tuple[Correction, ...]:
    """The corrections that a page's record holds, read back."""
    return tuple(
        Correction(
            made_of(one["before"]), made_of(one["after"]), tuple(one["why"]), tuple(map(_claim_back, one["claims"]))
        )
        for one in data
    )


def _claim_back(data: Record) -> ClaimChange:
    figures = tuple(FigureChange(**one) for one in data["figures"])
    choices = tuple(ChoiceChange(one["choice"], tuple(one["added"]), tuple(one["removed"])) for one in data["choices"])
    claim, quote, before, after = (str(data[name]) for name in ("claim", "quote", "before", "after"))
    return ClaimChange(claim, quote, before, after, tuple(data["because"]), figures, choices)
