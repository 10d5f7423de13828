"""Agreements: who is cited for one, and what it would take to make it. Could it, never was it; and for both alike."""

import re
from typing import TYPE_CHECKING

from evenhand.audit.ties import known_ties, names_of
from evenhand.audit.voices import in_words, voices_of
from evenhand.audit.wording import capital, listed
from evenhand.case import Agreement, Case, Claim, Spent
from evenhand.catalog import Catalog, Event
from evenhand.model import Finding, Reason
from evenhand.model.who_says import ConsensusAnswer, EffortRow, Making, SpentRow
from evenhand.model.words import plural

if TYPE_CHECKING:
    from evenhand.sources.manufacture import Distance, Known

RUNS = 1_000
SIZES = (10, 100, 1_000)
REACHES = (0.5, 0.6, 0.75, 0.9, 1.0)
BEYOND_TESTIMONY = {
    "archival": r"archiv|\bofficial records|military records|\bregist(er|ered|ration|ers)\b|gazetteer|death files|diaries",
    "census": r"census|demographic reconstruction|demographic estimate|population figures",
    "physical": r"\bgraves?\b|exhum|forensic",
}
"""Kinds of evidence that are no testimony, by what the catalogue's words for them hold."""
BEFORE_ARCHIVES = "before the archives opened"


def check_consensus(claim: Claim, case: Case, catalog: Catalog, *, seed: int = 0) -> Finding:
    """What would it take to make this agreement, and the opposite one? Refused where more than testimony is known."""
    asked = claim.consensus
    if asked is None:
        reason = Reason(
            "left_open", "the casefile does not say on what there is agreement: add consensus: {agreement: ...}"
        )
        return Finding(
            claim.id, claim.kind, "not-judged-yet", "not judged yet", sentence=claim.reads or "", side=claim.side,
            questions=claim.questions, sources=claim.cites, reason=reason,
        )  # fmt: skip
    voices = _voices(claim, case, catalog)
    if asked.event is not None:
        event = catalog.event(asked.event)
        why = beyond_testimony(event)
        if why:
            return _refused(claim, asked, voices, why, event)
    answer = ConsensusAnswer(asked.agreement, voices, setting_words(asked, RUNS, seed), makings(asked, RUNS, seed), "")
    sources = [*claim.cites, *(s.source for s in asked.spent if s.source)]
    return Finding(
        claim.id, claim.kind, "judged", "what it would take is shown; whether it was done is not", sentence=claim.reads or "",
        side=claim.side, consensus=answer, questions=claim.questions, sources=tuple(dict.fromkeys(sources)),
    )  # fmt: skip


def beyond_testimony(event: Event) -> str:
    """What the catalogue knows of an event besides what people say; empty where it knows no more.

    Compilations and reviews of others' estimates are not evidence of their own.
    """
    found: dict[str, dict[str, None]] = {}
    for estimate in event.estimates:
        words = estimate.evidence.casefold().replace(BEFORE_ARCHIVES, "")
        for kind, holds in BEYOND_TESTIMONY.items():
            if re.search(holds, words) and not words.startswith(("compilation", "review of")):
                year = f" ({estimate.year})" if estimate.year else ""
                found.setdefault(kind, {})[f"{estimate.author}{year}: {estimate.evidence}"] = None
    if not found:
        return ""
    told = [f"{kind} evidence ({listed(list(by), 2)})" for kind, by in found.items()]
    return f"our catalogue knows {listed(told)} of “{event.name}”: agreement on it is no matter of testimony alone"


def _refused(claim: Claim, asked: Agreement, voices: str, why: str, event: Event) -> Finding:
    return Finding(
        claim.id, claim.kind, "refused", "cannot be judged", sentence=claim.reads or "", side=claim.side,
        consensus=ConsensusAnswer(asked.agreement, voices, (), (), why), questions=claim.questions,
        reason=Reason("beyond_testimony", f"nothing is simulated, since {why}"),
        sources=tuple(dict.fromkeys([*claim.cites, *(estimate.source for estimate in event.estimates)])),
    )  # fmt: skip


def _voices(claim: Claim, case: Case, catalog: Catalog) -> str:
    """Who is cited for the agreement, and how many independent voices they are."""
    if not claim.cites:
        return "The text cites nobody for the agreement."
    voices = voices_of(case, claim.cites, known_ties(case, catalog), names_of(case, catalog))
    return f"The text cites {plural(voices.heads, 'source')} for it. {in_words(voices)}"


def setting_words(asked: Agreement, runs: int, seed: int) -> tuple[str, ...]:
    """The setting of the search, so that a reader can make it again."""
    who = "all of them, whatever they believe" if asked.inquiry == "everyone" else "those who believe in the agreement"
    return (
        f"{plural(asked.inquirers, 'inquirer')} in a network of the shape “{asked.network}”; {who} inquire",
        f"studies of {plural(asked.trials, 'trial')}; the truth shows itself in {100 * (0.5 + asked.edge):g} of 100 trials",
        f"each member of the public hears {plural(asked.hears, 'inquirer')} and believes anything at first, evenly",
        "who pushes the agreement runs honest studies and publishes those that suit",
        f"{runs:,} runs, seed {seed}",
    )


def makings(asked: Agreement, runs: int, seed: int) -> tuple[Making, ...]:
    """The search for the agreement and for its opposite."""
    from evenhand.sources.learners import Community  # noqa: PLC0415 - numba is loaded where something is simulated
    from evenhand.sources.manufacture import Question, could_be_made  # noqa: PLC0415
    from evenhand.sources.network import network  # noqa: PLC0415
    from evenhand.sources.propaganda import Public  # noqa: PLC0415

    community = Community(
        network(asked.network, asked.inquirers), trials=asked.trials, edge=asked.edge, enough=0.99, rounds=10_000,
        inquiry=asked.inquiry,
    )  # fmt: skip
    counted = [(spent, known) for spent in asked.spent if (known := _known(spent)) is not None]
    question = Question(community, Public(asked.hears), sizes=SIZES, reaches=REACHES)
    found = could_be_made(question, known=tuple(known for _, known in counted), runs=runs, seed=seed)
    out = []
    for effort, words in ((found.asked, asked.agreement), (found.opposite, asked.opposite or "the opposite")):
        pushed = "agreement" if effort.pushes else "opposite"
        fallen = dict(zip((id(spent) for spent, _ in counted), found.distances, strict=True))
        spent = tuple(_spent(one, fallen.get(id(one))) for one in asked.spent if one.pushes == pushed)
        rows = tuple(EffortRow(c.size, c.reach, c.studies, c.published, c.trials) for c in effort.cells)
        out.append(Making(
            capital(words), effort.found_out, effort.without, effort.shared, effort.shared_studies, rows, spent
        ))  # fmt: skip
    return tuple(out)


def _known(one: Spent) -> "Known | None":
    """What can be compared: an effort of which number, size and reach are all said; nothing is guessed."""
    from evenhand.sources.manufacture import Known  # noqa: PLC0415

    if one.studies is None or one.size is None or one.reach is None:
        return None
    return Known(one.by, one.pushes == "agreement", one.studies, one.size, one.reach)


def _spent(one: Spent, fell: "Distance | None") -> SpentRow:
    wrong, needed, times = (fell.wrong, fell.needed, fell.times) if fell else (None, None, None)
    return SpentRow(one.by, one.studies, one.size, one.reach, wrong, needed, times, one.money, one.source or "")
