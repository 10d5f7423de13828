"""An audit made by hand, small, large or hostile, with every kind of claim: what the page is tested on."""

from dataclasses import replace

from report_findings import OPPONENT, SUBJECT, compared, findings

from evenhand.audit.result import (
    Audit,
    AuditedClaim,
    Cell,
    Coverage,
    Matrix,
    Provenance,
    SameStandard,
    SideCount,
    SourceNote,
)
from evenhand.model import CLAIM_KINDS

TEXT = """Compared with whom? The record of Northmarket

Since the new booking system came in, waits at Northmarket General fell faster than at comparable hospitals. In 2010 a patient waited 61 days; by 2019 it was 38. No observer of any standing doubts it.

Our rivals at Riverside Infirmary, who never managed anything of the sort, say that the fever of 2013 never took place. It did: 412 people died. Of the 38 names on the list, 21 were staff and 17 were patients.

The new system caused the fall, which scared the other hospitals into copying it. The critics were paid by a rival supplier, and their agreement could have been manufactured. A real modern hospital does not queue. Thus it is not the case that nothing changed; those who say so are monsters, and fewer died here than anywhere.
"""
CITE = "The Northmarket Board (2020), Waiting times in forty hospitals, 2005-2019, second edition, Northmarket: made-up figures for a test."


def audit() -> Audit:
    claims = tuple(
        AuditedClaim(
            finding.claim,
            finding.kind,
            quote,
            TEXT.index(quote),
            TEXT.index(quote) + len(quote),
            reads,
            finding.side,
            "reported" if k == 4 else "author",
            "rejects" if k == 4 else None,
            k == 11,
            "double-standard" if k == 4 else None,
            "person",
            finding,
        )
        for k, (quote, reads, finding) in enumerate(findings())
    )
    assert {claim.kind for claim in claims} == set(CLAIM_KINDS)
    return Audit(
        "Compared with whom? The record of Northmarket",
        "The Northmarket Board",
        TEXT,
        "The hospitals and all their figures are made up for this example.",
        (
            "Only 4 of 12 claims could be judged, so this page gives no answer on the text as a whole; each card says what was found.",
            "Whether waits fell faster than elsewhere depends on the way of comparing: 47 % of the ways tried.",
            "One sum of the text agrees with its parts and one does not.",
        ),
        True,
        (
            "The text denies the winter fever of 2013 to 2014, in which 380 to 900 people died by the accounts that we hold.",
        ),
        claims,
        Coverage(
            12,
            4,
            1,
            7,
            (("comparison", 3, 2), ("event", 1, 1), ("quantity", 1, 1), ("cause", 1, 0)),
            (("not judged yet", 7), ("the figures cannot see an event of those years", 1)),
        ),
        (
            SideCount("a", "Northmarket", (SUBJECT,), 6, 3, (("blind_spot", 1),), 2),
            SideCount("b", "Riverside", (OPPONENT,), 6, 1, (), 5),
        ),
        matrix(),
        (
            SameStandard(
                "c1",
                "Waits fell by more than at the middle hospital, 2010 to 2019.",
                (
                    (SUBJECT, "subject", 0.474, 33, 153),
                    (OPPONENT, "opponent", 0.61, 19, 153),
                    ("the typical hospital", "typical", 0.5, None, None),
                ),
            ),
        ),
        (
            SourceNote(
                "board", CITE, "Northmarket Board", "state", "CC BY 4.0", "https://example.org/waits", ("c1", "c2")
            ),
            SourceNote(
                "alder",
                "Alder, B. (2015), The fever winter, Riverside: Fen Press.",
                "Fen Press",
                "scholar",
                "single figures quoted",
                "javascript:alert(1)",
                ("c3",),
            ),
        ),
        ("security of employment", "exit bans", "censorship"),
        ("links",),
        "Figures: the built-in table, and waits.csv, which came with the text.",
        Provenance(
            "0.1.0",
            "evenhand audit hospital.case.yaml -o hospital.html",
            "hospital.txt",
            "ab" * 32,
            "hospital.case.yaml",
            "cd" * 32,
            "built-in table, 2026.1",
            "0123456789abcdef" * 4,
            (("waits.csv", "ef" * 32),),
            20260101,
            "2026-01-01",
        ),
    )


def matrix() -> Matrix:
    units = (("n", SUBJECT, "Northmarket"), ("r", OPPONENT, "Riverside"), ("d", "Dalebury", ""))
    measures = (
        ("wait", "Waiting time", "health"),
        ("beds", "Beds", "wealth"),
        ("pay", "Pay of nurses", "equality"),
        ("leave", "Deaths in hospital", "health"),
    )
    states = (
        ("cited", "figures", "none", "figures"),
        ("cited", "cited", "figures", "none"),
        ("figures", "figures", "none", "none"),
    )
    cells = tuple(
        tuple(
            Cell(u[0], m[0], state, "61 to 38" if state == "cited" else "+4" if state == "figures" else "")
            for m, state in zip(measures, row, strict=True)
        )
        for u, row in zip(units, states, strict=True)
    )
    return Matrix(units, measures, cells, (2005, 2019))


def large(comparisons: int = 15, others: int = 15) -> Audit:
    """30 claims, half of them comparisons of 150 units with 2,000 results each."""
    base = audit()
    sentence = "Claim number {} is that the waits fell faster here than there. "
    text = "".join(sentence.format(k) for k in range(comparisons + others))
    claims = []
    for k in range(comparisons + others):
        quote = sentence.format(k).strip()
        finding = (
            compared(f"c{k}", units=150, points=2000, years=40)
            if k < comparisons
            else replace(base.claims[5].finding, claim=f"c{k}")
        )
        start = text.index(quote)
        claims.append(
            replace(
                base.claims[0],
                id=f"c{k}",
                kind=finding.kind,
                quote=quote,
                start=start,
                end=start + len(quote),
                finding=finding,
            )
        )
    return replace(base, text=text, claims=tuple(claims))


def hostile() -> Audit:
    """Names and words that would be markup if they were not escaped."""
    bad, worse = "<script>alert(1)</script>", '"><img src=x onerror=alert(2)>'
    base = audit()
    first = base.claims[0]
    comparison_ = first.finding.comparison
    assert comparison_ is not None
    strip = tuple(replace(mark, name=bad if mark.role == "subject" else worse) for mark in comparison_.strip)
    tracks = tuple(replace(track, name=bad if track.role == "subject" else worse) for track in comparison_.tracks)
    judged = replace(comparison_.judged, measure=bad, unit_of_measure=worse, standard=bad, rule_of_peers=worse)
    made = replace(
        comparison_,
        strip=strip,
        tracks=tracks,
        judged=judged,
        counterexamples=(bad,),
        event_marks=((worse, bad, 2013, 2013),),
        peers=tuple(replace(peer, name=worse, reason=bad) for peer in comparison_.peers),
    )
    finding = replace(
        first.finding, comparison=made, sentence=bad, caveats=(worse,), verdict=bad, events_between=((bad, worse),)
    )
    claim = replace(first, quote=bad, reads=worse, id=worse, finding=finding)
    sources = (replace(base.sources[0], citation=bad, id=worse, url=f"https://example.org/{worse}"),)
    return replace(
        base,
        title=bad,
        author=worse,
        text=bad + base.text[len(bad) :],
        summary=(bad,),
        denied=(worse,),
        claims=(claim, *base.claims[1:]),
        sources=sources,
    )
