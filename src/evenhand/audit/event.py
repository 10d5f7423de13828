"""Events: what the catalogue knows, question by question, by who attests it. Never a share."""

from evenhand.audit.wording import listed, named, number
from evenhand.case import Claim
from evenhand.catalog import Catalog, Estimate, Event
from evenhand.model import EventAccount, EventAnswer, Finding, Reason

KIND_WORDS = {
    "famine": "famine", "state-killing": "killing by a state", "war": "war", "colonial-war": "colonial war",
    "deportation": "deportation", "forced-labour": "forced labour", "sanctions": "sanctions", "blockade": "blockade",
}  # fmt: skip


def check_event(claim: Claim, catalog: Catalog) -> Finding:
    """That it happened, its scale, who was responsible, whether it was meant: who attests what, on which evidence."""
    if claim.event is None:
        return Finding(
            claim.id, claim.kind, "not-judged-yet", "not judged yet", sentence=claim.reads or "", side=claim.side,
            questions=claim.questions, sources=claim.cites,
            reason=Reason("not_in_catalogue", "our catalogue holds no such event; that is not to say that it did not happen"),
        )  # fmt: skip
    event = catalog.event(claim.event.id)
    answer = answer_of(event, catalog, says=claim.event.says, stated=str(claim.event.stated or ""))
    return Finding(
        claim.id, claim.kind, "judged", "answered by those who attest it", sentence=claim.reads or "", side=claim.side,
        event=answer, questions=claim.questions,
        sources=tuple(dict.fromkeys([*claim.cites, *(e.source for e in event.estimates)])),
    )  # fmt: skip


def answer_of(event: Event, catalog: Catalog, *, says: str, stated: str = "") -> EventAnswer:
    """What the catalogue holds of an event, set beside what the text says of it."""
    accounts = tuple(
        EventAccount(e.author, e.year, e.counted, e.low, e.central, e.high, e.evidence, e.source,
                     catalog.source(e.source).kind)
        for e in event.estimates
    )  # fmt: skip
    denied = says == "denied"
    return EventAnswer(
        event.id, event.name, KIND_WORDS[event.kind],
        tuple(catalog.unit(u).name for u in event.place), tuple(catalog.unit(u).name for u in event.responsible),
        event.start, event.end, " ".join(event.attributions), accounts,
        lines_of_evidence=len({e.evidence for e in event.estimates}),
        per_head=_per_head(event, catalog), says=says, answer=_answer(event, catalog, says, stated), denied=denied,
    )  # fmt: skip


def estimate_words(e: Estimate) -> str:
    """ "Davies and Wheatcroft (2004): 5,500,000 to 6,500,000 famine deaths"."""
    low, high = e.low if e.low is not None else e.central, e.high if e.high is not None else e.central
    if low is None or high is None:
        amount = f"{'at least' if high is None else 'at most'} {(low if high is None else high):,}"
    else:
        amount = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{e.author} ({e.year or 'no year'}): {amount}, {e.counted.replace('-', ' ')}"


def range_words(event: Event) -> str:
    """The lowest and the highest estimate with their authors, each with what it counts."""
    numbers = [(v, e) for e in event.estimates for v in (e.low, e.central, e.high) if v is not None]
    if not numbers:
        return "no author whom we hold gives a number"
    least, most = min(numbers, key=lambda p: p[0]), max(numbers, key=lambda p: p[0])
    if least[0] == most[0]:
        return estimate_words(least[1])
    return (
        f"from {least[0]:,} ({least[1].author}, {least[1].counted.replace('-', ' ')}) "
        f"to {most[0]:,} ({most[1].author}, {most[1].counted.replace('-', ' ')})"
    )


def _answer(event: Event, catalog: Catalog, says: str, stated: str) -> str:
    authors = listed(list(dict.fromkeys(f"{e.author} ({e.year})" for e in event.estimates)), most=4)
    if says == "denied":
        return f"The text denies it. Our catalogue holds it, attested by {authors}."
    if says == "happened":
        return f"That it happened is attested by {authors}."
    if says == "scale":
        beside = f"The text says {stated}. " if stated else ""
        return f"{beside}Estimates run {range_words(event)}."
    if says == "responsible":
        held = listed([named(catalog.unit(u).name) for u in event.responsible]) or "nobody in our catalogue"
        return f"Held responsible: {held}. {' '.join(event.attributions)}"
    return f"Whether it was meant is a question on which scholars and courts speak for themselves. {' '.join(event.attributions)}"


def _per_head(event: Event, catalog: Catalog) -> str:
    """The toll beside the people living there at the time, so that the total does not stand alone."""
    if not catalog.has_measure("population"):
        return ""
    numbers = [v for e in event.estimates for v in (e.low, e.central, e.high) if v is not None]
    for unit in event.place:
        near = [o for o in catalog.observations("population", units=[unit]) if abs(o.start - event.start) <= 5]
        if near and numbers:
            best = min(near, key=lambda o: (abs(o.start - event.start), o.start))
            low, high = (number(1000 * toll / best.value) for toll in (min(numbers), max(numbers)))
            among = low if low == high else f"{low} to {high}"
            name = named(catalog.unit(unit).name)
            return (
                f"In {best.start}, {best.value:,.0f} people lived in {name}: the estimates are {among} of every 1,000."
            )
    return ""
