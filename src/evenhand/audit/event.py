"""Events: what the catalogue knows, question by question, by who attests it. Never a share."""

from evenhand.audit.wording import listed, named
from evenhand.case import Claim
from evenhand.catalog import Catalog, Estimate, Event, people_of
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
    stated = "" if claim.event.stated is None else str(claim.event.stated)
    answer = answer_of(event, catalog, says=claim.event.says, stated=stated, denied=denies(claim))
    return Finding(
        claim.id, claim.kind, "judged", "answered by those who attest it", sentence=claim.reads or "", side=claim.side,
        event=answer, questions=claim.questions,
        sources=tuple(dict.fromkeys([*claim.cites, *(e.source for e in event.estimates)])),
    )  # fmt: skip


def denies(claim: Claim) -> bool:
    """Does the text itself deny the event? Reporting that others do is no denial; rejecting that it happened is one."""
    if claim.event is None:
        return False
    own = claim.voice == "author" or claim.stance in {"asserts", "concedes"}
    return (claim.event.says == "denied" and own) or (claim.event.says == "happened" and claim.stance == "rejects")


def answer_of(event: Event, catalog: Catalog, *, says: str, stated: str = "", denied: bool = False) -> EventAnswer:
    """What the catalogue holds of an event, set beside what the text says of it. denied: by the text itself."""
    people = people_of(catalog, event)
    accounts = tuple(
        EventAccount(e.author, e.year, counted_words(e.counted), e.low, e.central, e.high, e.evidence, e.source,
                     catalog.source(e.source).kind, people.per_thousand(e) if people else "")
        for e in event.estimates
    )  # fmt: skip
    return EventAnswer(
        event.id, event.name, KIND_WORDS[event.kind],
        tuple(catalog.unit(u).name for u in event.place), tuple(catalog.unit(u).name for u in event.responsible),
        event.start, event.end, catalog.in_words(" ".join(event.attributions)), accounts,
        lines_of_evidence=len({e.evidence for e in event.estimates}),
        per_head=f"{people.sentence}." if people else "", says=says, answer=_answer(event, catalog, says, stated, denied=denied),
        denied=denied,
    )  # fmt: skip


def estimate_words(e: Estimate) -> str:
    """ "Davies and Wheatcroft (2004): 5,500,000 to 6,500,000 famine deaths"."""
    low, high = e.low if e.low is not None else e.central, e.high if e.high is not None else e.central
    if low is None or high is None:
        amount = f"{'at least' if high is None else 'at most'} {(low if high is None else high):,}"
    else:
        amount = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{e.author} ({e.year or 'no year'}): {amount}, {counted_words(e.counted)}"


def counted_words(counted: str) -> str:
    """ "famine-deaths (in Ukraine)" as a reader writes it: "famine deaths (in Ukraine)"."""
    kind, _, part = counted.partition(" ")
    return f"{kind.replace('-', ' ')} {part}".strip()


def by_author(event: Event) -> str:
    """Every estimate by its author, with what it counts. Never one range over all: authors count different things."""
    known = [e for e in event.estimates if (e.low, e.central, e.high) != (None, None, None)]
    return "; ".join(estimate_words(e) for e in known) or "no author whom we hold gives a number"


def _answer(event: Event, catalog: Catalog, says: str, stated: str, *, denied: bool) -> str:
    authors = listed(list(dict.fromkeys(f"{e.author} ({e.year})" for e in event.estimates)), most=4)
    if denied:
        return f"The text denies it. Our catalogue holds it, attested by {authors}."
    if says == "denied":
        return f"The text reports that others deny it. Our catalogue holds it, attested by {authors}."
    if says == "happened":
        return f"That it happened is attested by {authors}."
    if says == "scale":
        beside = f"The text says {stated}. " if stated else ""
        return f"{beside}By author: {by_author(event)}."
    if says == "responsible":
        held = listed([named(catalog.unit(u).name) for u in event.responsible]) or "nobody in our catalogue"
        return f"Held responsible: {held}. {catalog.in_words(' '.join(event.attributions))}"
    told = catalog.in_words(" ".join(event.attributions))
    return f"Whether it was meant is a question on which scholars and courts speak for themselves. {told}"
