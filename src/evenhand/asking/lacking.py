"""What a question leaves open: asked for, with the standing choice first, which ``--yes`` takes."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from evenhand.asking import coverage
from evenhand.asking.grammar import grammar
from evenhand.asking.understood import Missing, Understood
from evenhand.asking.wording import Words
from evenhand.audit.opening import default_tolerance
from evenhand.audit.wording import mid_sentence, named
from evenhand.catalog import Catalog

PEERS = (
    ("all", "all others with figures"),
    ("region", "the others of its region"),
    ("nearest", "the ten nearest at the start"),
)
WITHIN = (("5", "within 5 per cent"), ("10", "within 10 per cent"), ("1", "within 1 per cent"))
SMALLEST_WORD = 2
TURNING = re.compile(
    r"\w{3,}(?:er|est)|before|after|until|early|late|half|only|first|second|third|last|least|most|all|none|few|several|every|each"
    r"|same|equal|total|absolute|number|if|unless|but|slow(?:ed|ing)?|stagnat\w+|average|median|\w+less|un\w+|non\w*|mis\w+"
    r"|trend|pace|lead|gap|record|peak|rank(?:ed|ing)?|\w+fold"
)


def lacks(
    u: Understood,
    words: Words,
    catalog: Catalog,
    *,
    broad: bool,
    said: bool,
    peers: bool,
    beside: Collection[str],
    years: tuple[int | None, int | None] = (None, None),
    loose: Sequence[str] = (),
) -> Understood:
    """What was understood, with everything that is missing, and the standing choices in its place."""
    missing = []
    if not u.subjects:
        missing.append(Missing("subject", "who is judged? A country, a leader or a group"))
    if broad:
        missing.append(_measure(u, catalog))
    if not said:
        name = mid_sentence(catalog.measure(u.measure).name)
        missing.append(Missing("direction", f"neither more nor less of {name} is called better: up or down?",
                               (("up", "it rose, or stood higher"), ("down", "it fell, or stood lower"))))  # fmt: skip
    if not peers:
        missing.append(Missing("peers", "compared with whom?", PEERS))
        u = replace(u, against=("all",))
    if u.window is None and not u.leader:
        u, asked = _window(u, catalog, years)
        missing.append(asked)
    if u.form.name == "same":
        missing.append(Missing("within", "how close counts as the same?", WITHIN))
    if unread := left(words, beside):
        told = ", ".join(f"“{word}”" for word in unread)
        without = () if any(map(turns, unread)) else (("yes", "ask it without"),)
        missing.append(Missing("words", f"{told}: not understood. Ask it without?", without))
    if loose:
        told = ", ".join(f"“{word}”" for word in loose)
        missing.append(
            Missing(
                "words",
                f"{told}: how much, or how nearly, is not judged. Ask it without?",
                (("yes", "ask it without"),),
            )
        )
    return replace(u, missing=tuple(missing))


def turns(word: str) -> bool:
    """Could a question without this word be another one? Numbers, comparisons, order, parts: never left out unasked."""
    low = word.lower()
    return TURNING.fullmatch(low) is not None or any(c.isdigit() for c in low) or (word[0].isupper() and len(word) > 1)


def left(words: Words, beside: Collection[str]) -> list[str]:
    """The words that nothing has read, and that say something."""
    quiet = grammar().fillers
    out = []
    for word, _ in words.tokens():
        low = word.lower()
        plain = re.sub(r"'(?:s|re|ve|ll|d|m)$", "", low)
        if (
            low not in quiet
            and plain not in quiet
            and low not in beside
            and (len(plain) >= SMALLEST_WORD or plain.isdigit())
        ):
            out.append(word)
    return list(dict.fromkeys(out))


def _measure(u: Understood, catalog: Catalog) -> Missing:
    """Which of several measures: one of each concept, in the order of the words."""
    seen: dict[str, str] = {catalog.measure(u.measure).concept: u.measure}
    for measure in u.measures:
        seen.setdefault(catalog.measure(measure).concept, measure)
    options = tuple((id_, f"{catalog.measure(id_).name} ({catalog.measure(id_).unit})") for id_ in seen.values())
    return Missing("measure", "by what measure? Several could be meant", options)


def _window(u: Understood, catalog: Catalog, said: tuple[int | None, int | None]) -> tuple[Understood, Missing]:
    """Between which years: the standing choice is all the years for which everybody named has figures, to an end that is said."""
    units = [unit for unit in (*u.subjects, *u.against) if any(unit == known.id for known in catalog.units())]
    near = default_tolerance(catalog.measure(u.measure))
    if units:
        span = coverage.shared_years(u.measure, units, catalog)
        first, last = span.first, span.last
        who = f"all the years for which {' and '.join(named(catalog.unit(i).name) for i in units[:3])} have figures"
    else:
        years = catalog.figures(u.measure).year
        first, last, who = int(years.min()), int(years.max()), "all the years with figures"
    first, last = said[0] or first, said[1] or last
    if last - first <= near and u.rule != "level":
        return u, Missing("window", "between which years? There are figures of one year alone")
    first = last if u.rule == "level" else first
    told = f"{first} to {last}" if first < last else f"{last}"
    asks = "in which year?" if u.rule == "level" else "between which years?"
    return replace(u, window=(first, last)), Missing("window", asks, ((told, who),))
