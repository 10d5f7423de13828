"""Findings made by hand, one or more of every kind: what the cards and pictures are tested on."""

import math

from evenhand.model import (
    ClaimKind,
    Comparison,
    CurvePoint,
    EventAccount,
    EventAnswer,
    Finding,
    Hinge,
    Judged,
    Literal,
    Mark,
    OptionShare,
    Outcome,
    PeerNote,
    Place,
    Quantity,
    Reason,
    Sum,
    Track,
)

SUBJECT = "Northmarket General"
OPPONENT = "Riverside Infirmary"


def names(count: int) -> list[str]:
    towns = [
        "Ash",
        "Birch",
        "Cedar",
        "Dale",
        "East",
        "Fern",
        "Glen",
        "Hill",
        "Isle",
        "June",
        "Knoll",
        "Lake",
        "Moor",
        "Nook",
        "Oak",
    ]
    return [
        f"{towns[k % len(towns)]}{['ford', 'bury', 'ton', 'wick', 'mere', 'ham', 'ley', 'by', 'stead', 'worth'][k // len(towns) % 10]}"
        for k in range(count)
    ]


def wave(k: int) -> float:
    """A number between -1 and 1 that looks random and is the same everywhere."""
    return math.sin(12.9898 * (k + 1)) * math.cos(78.233 * (k + 2))


def comparison(units: int = 40, points: int = 264, years: int = 15, subject: str = SUBJECT) -> Comparison:
    others = names(units - 2)
    scores = [round(-9 + 11 * wave(k), 2) for k in range(units - 2)]
    roles = ["peer" if k % 3 else "other" for k in range(units - 2)]
    strip = [
        Mark(f"u{k}", n, s, r, (2010, 2019), abs(wave(k)))
        for k, (n, s, r) in enumerate(zip(others, scores, roles, strict=True))
    ]
    strip += [
        Mark("subject", subject, -23.0, "subject", (2010, 2019), 0.47),
        Mark("opponent", OPPONENT, -11.5, "opponent", (2009, 2019), 0.61),
    ]
    return Comparison(
        judged=Judged(
            "change",
            "Waiting time",
            "days",
            (2010, 2019),
            (2010, 2019),
            -23.0,
            -9.2,
            Outcome.HOLDS,
            2,
            units,
            units - 1,
            units - 3,
            "all hospitals with figures",
        ),
        strip=tuple(strip),
        tracks=tuple(_track(mark, k, years) for k, mark in enumerate(strip)),
        curve=tuple(_point(k, points) for k in range(points)),
        curve_shown_of=points * 3,
        peers=tuple(
            PeerNote(m.unit, m.name, k % 4 != 0, k % 5 == 0, "started within 5 days of it")
            for k, m in enumerate(strip)
            if m.role == "peer"
        ),
        tried=(
            "the years, ends moved by five either way",
            "all hospitals, its region, those that started nearest",
            "change, growth, the gap closed",
        ),
        excluded=("Per bed: beds were recounted in 2012",),
        share_without_exclusions=0.51,
        share_with_blind=0.44,
        opponent_place=Place(19, units, 0, 18, 0.475),
        regional_place=Place(2, 6, 0, 1, 0.33, "regions"),
        counterexamples=("Dalebury, 2011: fell by 31 days", "Ashford, 2014: fell by 24 days"),
        bounds_note="It comes out at the central figures and not at the unfavourable ends: within the data's own range.",
        placebo_p=0.22,
        size_by_quartile=(0.08, 0.11, 0.2, None),
        event_marks=(("Winter fever", SUBJECT, 2013, 2013), ("Ward fire", "Dalebury", 2016, 2017)),
    )


def _track(mark: Mark, k: int, years: int) -> Track:
    span = tuple(range(2019 - years + 1, 2020))
    slope = mark.score / 9
    values = tuple(round(60 + 10 * wave(k) + slope * (year - 2010) + 1.5 * wave(year + k), 1) for year in span)
    own = mark.role == "subject"
    low = tuple(v - 3 if i % 4 == 0 else None for i, v in enumerate(values)) if own else ()
    high = tuple(v + 2 if i % 4 == 0 else None for i, v in enumerate(values)) if own else ()
    return Track(mark.unit, mark.name, mark.role, span, values, low, high)


def _point(k: int, points: int) -> CurvePoint:
    place = round(min(1.0, max(0.0, (k / points) ** 0.6 + 0.05 * wave(k))), 3)
    outcome = Outcome.TIED if k % 41 == 0 else Outcome.HOLDS if place > 0.55 + 0.1 * wave(k + 9) else Outcome.FAILS
    return CurvePoint(k, place, outcome)


def compared(
    claim: str = "c1",
    verdict: str = "depends on the way of comparing",
    share: float = 0.474,
    band: str = "depends",
    **size: int,
) -> Finding:
    return Finding(
        claim,
        "comparison",
        "judged",
        verdict,
        band=band,
        our_reading=True,
        side="a",
        sentence=f"From 2010 to 2019 the waiting time at {SUBJECT} fell by more than at the middle one of the hospitals with figures.",
        share=share,
        share_unweighted=0.455,
        share_min=0.41,
        share_max=0.55,
        combinations=288,
        distinct=264,
        judged=264,
        not_judged={"too_few_peers": 16, "outside_tolerance": 8},
        standing_share=0.52,
        case_share=share,
        typical_share=0.5,
        units_in_band=0.31,
        place=Place(33, 153, 2, 32, 0.217),
        interaction=0.12,
        hinges_on=(
            Hinge(
                "window",
                "The years",
                0.61,
                (
                    OptionShare("w1", "2010 to 2019", 0.82),
                    OptionShare("w2", "2005 to 2019", 0.31),
                    OptionShare("w3", "2010 to 2014", None, 0.4),
                ),
                unbalanced=True,
            ),
            Hinge(
                "peers",
                "Compared with whom",
                0.2,
                (OptionShare("all", "all hospitals", 0.44), OptionShare("region", "its region", 0.58)),
            ),
            Hinge(
                "rule",
                "The rule",
                0.07,
                (OptionShare("change", "the change", 0.5), OptionShare("growth", "growth in per cent", 0.42)),
            ),
        ),
        literal=Literal("The wait fell, from 61 to 38 days.", 61, 38, 2010, 2019, agrees=True, sources=("board",)),
        events_between=(("Winter fever (2013)", SUBJECT), ("Ward fire (2016 to 2017)", "Dalebury")),
        caveats=("The figures count only those who were treated in the end.",),
        sources=("board",),
        comparison=comparison(**size),
    )


def event() -> EventAnswer:
    accounts = (
        EventAccount(
            "Alder", 2015, "died in hospital of the fever", 380, 412, 450, "death certificates", "alder", "scholar"
        ),
        EventAccount(
            "Town Inquiry",
            2016,
            "died of the fever or of what followed",
            500,
            None,
            900,
            "survey of households",
            "inquiry",
            "court",
        ),
    )
    return EventAnswer(
        "fever",
        "The winter fever",
        "epidemic",
        ("Northmarket",),
        ("the Northmarket Board, by the Town Inquiry",),
        2013,
        2014,
        "Alder (2015) holds the Board responsible for the delay; Rowan (2018) dissents. No court has called it deliberate.",
        accounts,
        2,
        "about 4 to 9 in every thousand people of the town",
        says="Never took place.",
        answer="It took place: two independent lines of evidence attest it.",
        denied=True,
    )


def quantity() -> Quantity:
    return Quantity(
        (
            Sum("21 + 17 = 38", 38, "38", 38, "exactly", agrees=True),
            Sum("61 − 38 = 23", 23, "25", 25, "within 1", agrees=False),
        ),
        (("Alder (2015)", "36 to 40 names"), ("Town Inquiry (2016)", "38 names")),
        agrees=True,
    )


def findings() -> list[tuple[str, str, Finding]]:
    """(quote, what it reads as, finding), one or more of every kind."""

    def bare(kind: ClaimKind, claim: str, *questions: str) -> Finding:
        return Finding(
            claim,
            kind,
            "not-judged-yet",
            "not judged yet",
            questions=questions,
            reason=Reason("not_judged_yet", "This version does not check claims of this kind."),
        )

    refused = Finding(
        "c10",
        "comparison",
        "refused",
        "cannot be judged",
        our_reading=True,
        side="a",
        sentence="Fewer people died at Northmarket General than at any other hospital.",
        reason=Reason(
            "blind_spot",
            "The figures of deaths in hospital cannot see the fever of 2013 (380 to 900 dead); the household survey could.",
        ),
        literal=Literal("We have no figure for 2013."),
    )
    return [
        (
            "waits at Northmarket General fell faster than at comparable hospitals",
            "Waits fell by more than elsewhere",
            compared(),
        ),
        (
            "In 2010 a patient waited 61 days; by 2019 it was 38",
            "Waits fell",
            Finding(
                "c2",
                "comparison",
                "judged",
                "comes out as stated; not tried otherwise",
                sentence=f"At {SUBJECT} the wait fell.",
                share=1.0,
                combinations=1,
                distinct=1,
                judged=1,
                literal=Literal("It fell, from 61 to 38 days.", 61, 38, 2010, 2019, agrees=True),
                sources=("board",),
            ),
        ),
        (
            "the fever of 2013 never took place",
            "The fever did not happen",
            Finding(
                "c3",
                "event",
                "judged",
                "attested by two independent lines of evidence",
                event=event(),
                sources=("alder", "inquiry"),
            ),
        ),
        (
            "Of the 38 names on the list, 21 were staff and 17 were patients",
            "21 + 17 = 38",
            Finding("c4", "quantity", "judged", "the sum agrees", quantity=quantity()),
        ),
        (
            "Our rivals at Riverside Infirmary, who never managed anything of the sort, say that the fever of 2013 never took place.",
            "Rivals never managed",
            bare("base-rate", "c5", "Which hospitals count as rivals?"),
        ),
        ("The new system caused the fall", "Cause", bare("cause", "c6")),
        ("The critics were paid by a rival supplier", "Tie", bare("tie", "c7")),
        ("their agreement could have been manufactured", "Consensus", bare("consensus", "c8")),
        (
            "A real modern hospital does not queue",
            "Definition",
            bare("definition", "c9", "Which hospitals are modern?"),
        ),
        ("fewer died here than anywhere", "Fewest deaths", refused),
        ("Thus it is not the case that nothing changed", "Inference", bare("inference", "c11")),
        ("those who say so are monsters", "Value", bare("value", "c12", "Worse than whom, by what measure?")),
    ]
