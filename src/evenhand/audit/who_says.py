"""Who says so, of a whole text: who is cited for what, how they are tied, and every answer without the tied."""

from collections.abc import Sequence

from evenhand.audit.result import AuditedClaim
from evenhand.audit.testimony import answers, cited
from evenhand.audit.ties import known_ties, names_of, notes_of, out_of_time, sides_of
from evenhand.audit.voices import voice_counts
from evenhand.audit.without import without_rows
from evenhand.case import Case
from evenhand.catalog import Catalog
from evenhand.model.who_says import Voice, WhoSays
from evenhand.sources import Ties, groups


def who_says(case: Case, catalog: Catalog, claims: Sequence[AuditedClaim]) -> WhoSays | None:
    """The sources of all claims with their ties; None where no source is cited or used."""
    ties = known_ties(case, catalog)
    used = {
        source: [c.id for c in claims if source in c.finding.sources] for c in claims for source in c.finding.sources
    }
    rows, swept, odd = answers(case, catalog)
    if not used and not rows:
        return None
    names = names_of(case, catalog)
    known = _behind(used, ties)
    lapsed = groups(cited(used, names)[0], ties).lapsed if used else ()
    notes = [f"{note.detail}." for note in ties.notes] + out_of_time(lapsed, names) + _untied(case, ties, used)
    return WhoSays(
        _voices(used, known, names), notes_of(known.ties, names),
        (*without_rows(case, catalog, claims, ties), *rows), swept, (*notes, *odd),
        counts=voice_counts(case, claims, ties, names),
    )  # fmt: skip


def _behind(used: dict[str, list[str]], ties: Ties) -> Ties:
    """The ties of the sources used, and of whom they are tied to, all the way."""
    reached, kept = set(used), []
    while True:
        more = [tie for tie in ties.ties if tie.from_ in reached and tie not in kept]
        if not more:
            return ties.keep(tie for tie in ties.ties if tie in kept)
        kept += more
        reached |= {tie.to for tie in more}


def _voices(used: dict[str, list[str]], ties: Ties, names: dict[str, str]) -> tuple[Voice, ...]:
    side_of = sides_of(ties)
    sources = [
        Voice(id_, names.get(id_, id_), is_source=True, side="", claims=tuple(by)) for id_, by in sorted(used.items())
    ]
    others = dict.fromkeys(name for tie in ties.ties for name in (tie.from_, tie.to) if name not in used)
    return (*sources, *(
        Voice(id_, names.get(id_, id_), is_source=False, side=side_of.get(id_, "")) for id_ in others
    ))  # fmt: skip


def _untied(case: Case, ties: Ties, used: dict[str, list[str]]) -> list[str]:
    """What is not known is said, for each side: how many sources have no tie here, and which side no tie serves."""
    bare = [source for source in used if not any(tie.from_ == source for tie in ties.ties)]
    out = [f"Of {len(bare)} of {len(used)} sources no tie is known here."] if bare else []
    served = {tie.side for tie in ties.ties}
    if served - {""}:
        out += [f"No tie in the interest of {side.name} is declared." for side in case.sides if side.name not in served]
    return out
