"""What is proposed for each field of a claim, most likely first: by the words around it, then by what was marked before."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from evenhand.catalog import Catalog
from evenhand.marking.stops import Stop, Text, claim_at
from evenhand.model import BadInputError, ClaimKind, closest_words
from evenhand.text.opening import Opening, mentions, open_claim
from evenhand.text.windows import years_in

FIELDS: dict[ClaimKind, tuple[str, ...]] = {
    "comparison": ("subject", "measure", "peers", "window"),
    "event": ("event", "says"),
    "quantity": ("sum",),
    "base-rate": ("class", "says"),
}
ASKED = {
    "subject": "Who is judged?", "measure": "By what measure?", "peers": "Compared with whom?",
    "window": "Between which years?", "event": "Which event?", "says": "What does it say of it?",
    "sum": "Which sum does it state?", "class": "Which class is counted?",
}  # fmt: skip
FORMS = (
    ("more", "up"), ("more", "down"), ("less", "up"), ("less", "down"), ("most", "up"), ("most", "down"),
    ("rose", "up"), ("fell", "down"),
)  # fmt: skip
EVENT_SAYS = ("happened", "denied", "scale", "responsible", "intent")
RATE_WORDS = {
    "never": ("never", "no ", "none", "not one", "not once"), "always": ("always", "every", "all "),
    "rarely": ("rarely", "seldom", "hardly"), "mostly": ("mostly", "usually", "most ", "nearly always", "almost always"),
    "sometimes": ("sometimes", "neither", "some "),
}  # fmt: skip
MOST = 9
ALIKE = 2
STEM = 6
WORD = re.compile(r"[^\W\d_]{4,}")
YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
YEARS = re.compile(r"(-?\d{1,4})\s*(?:-|–|to|bis|,|\s)\s*(-?\d{1,4})")
RULES = {"all": "all others with figures", "region": "its region", "nearest": "those nearest to it"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to accept: what is shown, and what the casefile gets."""

    label: str
    value: Any


@dataclass(slots=True)
class Proposals:
    """Proposals for a text. Those of the words alone are kept: they are the same whatever was marked."""

    text: Text
    _opened: dict[tuple[int, int], Opening] = field(default_factory=dict)
    _named: dict[tuple[int, int], list[str]] = field(default_factory=dict)

    def offers(
        self, name: str, kind: ClaimKind, stop: Stop, span: tuple[int, int], before: Sequence[dict[str, Any]]
    ) -> tuple[Offer, ...]:
        """What to accept for a field, the first first. before: the claims that were marked so far."""
        made: dict[str, Callable[[], Iterable[Any]]] = {
            "subject": lambda: self._subjects(stop, span, before),
            "measure": lambda: [
                *self._opening(stop, span).measures,
                *self._measures(stop),
                *_earlier(before, "measure"),
            ],
            "peers": lambda: self._peers(stop, span, before),
            "window": lambda: self._windows(stop, span, before),
            "event": lambda: self._events(stop, span),
            "sum": lambda: self._sums(stop),
            "class": lambda: self._classes(stop),
            "says": lambda: self._says(kind, span),
        }
        offers: list[Offer] = []
        for value in made[name]():
            if all(value != one.value for one in offers):
                offers.append(Offer(self.label(name, value), value))
        return tuple(offers[:MOST])

    def form(self, stop: Stop, span: tuple[int, int]) -> dict[str, str]:
        """The form that the words have."""
        opening = self._opening(stop, span)
        return {"name": opening.form, "direction": opening.direction}

    def label(self, name: str, value: Any) -> str:
        """A value of a field in words."""
        catalog = self.text.catalog
        if name == "subject":
            return ", ".join(
                _named(catalog, unit)
                for unit in [value.get("unit"), value.get("group"), *value.get("units", ())]
                if unit
            )
        if name == "measure":
            return catalog.measure(value).name if catalog.has_measure(value) else str(value)
        if name == "peers":
            peers = value.get("peers")
            return RULES.get(peers, str(peers)) if peers else _named(catalog, value.get("unit") or value.get("group"))
        if name == "window":
            return f"{value['start']} to {value['end']}"
        if name == "event":
            event = catalog.event(value)
            return f"{event.name} ({event.start} to {event.end})"
        if name == "class":
            listed = {one.id: one.name for one in catalog.tables.classes}
            return listed.get(value) or _named(catalog, value)
        return f"{value['expression']} = {value['stated']}" if name == "sum" else str(value)

    def read(self, name: str, typed: str, kind: ClaimKind) -> Any:
        """The value that typed words stand for. Raises BadInputError with the closest names."""
        catalog, typed = self.text.catalog, typed.strip()
        if name == "subject":
            parts = [part.strip() for part in typed.split(",") if part.strip()]
            if len(parts) > 1:
                return {"units": [catalog.names.find("unit", part) for part in parts]}
            return _unit_or_group(catalog, typed)
        if name == "measure":
            return catalog.names.find("measure", typed)
        if name == "peers":
            low = typed.casefold()
            return {"peers": low} if low in RULES else _unit_or_group(catalog, typed)
        if name == "window":
            found = YEARS.fullmatch(typed)
            if found is None or int(found[1]) > int(found[2]):
                raise BadInputError("two years, the earlier first", hint="as 1960-1990")
            return {"start": int(found[1]), "end": int(found[2])}
        if name == "event":
            return catalog.names.find("event", typed)
        if name == "class":
            return catalog.names.find("class", typed)
        if name == "sum":
            left, equals, right = typed.partition("=")
            if not equals or not left.strip() or not right.strip():
                raise BadInputError("a sum and what is stated", hint="as (60 - 45) / 60 = a quarter")
            return {"expression": left.strip(), "stated": right.strip()}
        allowed = EVENT_SAYS if kind == "event" else tuple(RATE_WORDS)
        if typed not in allowed:
            raise BadInputError(f"‘{typed}’ is not among them", hint=f"one of {', '.join(allowed)}")
        return typed

    def completions(self, name: str, typed: str) -> list[str]:
        """Names that begin with, or hold, what is typed; else those that come closest."""
        catalog, low = self.text.catalog, typed.strip().casefold()
        groups = [group.name for group in catalog.groups()]
        units = (
            [word for unit in catalog.units() for word in (unit.name, *unit.other_names)]
            if name in {"subject", "peers"}
            else []
        )
        known = {
            "subject": units + groups, "peers": [*RULES, *groups, *units], "measure": [m.name for m in catalog.measures()],
            "event": [event.name for event in catalog.events()], "class": [*(c.name for c in catalog.tables.classes), *groups],
            "says": [*EVENT_SAYS, *RATE_WORDS],
        }.get(name, [])  # fmt: skip
        if not low:
            return []
        found = [w for w in known if w.casefold().startswith(low)] + [w for w in known if low in w.casefold()]
        return list(dict.fromkeys(found))[:5] or closest_words(typed, known, 3)

    def _opening(self, stop: Stop, span: tuple[int, int]) -> Opening:
        if span not in self._opened:
            around = (self.text.words(stop.sentence), self.text.words(stop.block), self.text.document.title)
            self._opened[span] = open_claim(
                claim_at(self.text, *span), around, self.text.catalog.vocabulary(), self.text.cues
            )
        return self._opened[span]

    def _ids(self, names: Iterable[str]) -> list[str]:
        known = self.text.catalog.names
        return [id_ for name in names if (id_ := known.unit(name)) is not None]

    def _mentioned(self, stop: Stop, span: tuple[int, int]) -> list[str]:
        """Units that the passage names, then the sentence, then the paragraph, then the title."""
        if span not in self._named:
            year, vocabulary = self._opening(stop, span).window[0], self.text.catalog.vocabulary()
            where = [self.text.words(part) for part in (span, stop.sentence, stop.block)] + [self.text.document.title]
            found = [mention.unit for words in where for mention in mentions(words, vocabulary, year)[0]]
            self._named[span] = list(dict.fromkeys(found))
        return self._named[span]

    def _subjects(self, stop: Stop, span: tuple[int, int], before: Sequence[dict[str, Any]]) -> list[Any]:
        first = self._ids(self._opening(stop, span).subjects)
        together = [{"units": first}] if len(first) > 1 else []
        return [
            *together,
            *({"unit": u} for u in [*first, *self._mentioned(stop, span)]),
            *self._groups(stop),
            *_earlier(before, "subject"),
        ]

    def _peers(self, stop: Stop, span: tuple[int, int], before: Sequence[dict[str, Any]]) -> list[Any]:
        opening = self._opening(stop, span)
        subject = before[-1].get("open", {}).get("subject", {}).get("unit") if before else None
        first: list[Any] = [{"unit": u} for u in self._ids([opening.against] if opening.against else [])]
        first += [{"peers": opening.peers}] if opening.peers else []
        named = [{"unit": u} for u in self._mentioned(stop, span) if u != subject]
        rules = [{"peers": rule} for rule in RULES]
        return [*first, *self._groups(stop), *_earlier(before[:-1], "against"), *rules, *named]

    def _groups(self, stop: Stop) -> list[Any]:
        """Groups most of whose name stands in the sentence, then in the paragraph."""
        found = []
        for span in (stop.sentence, stop.block):
            words = {word[:STEM] for word in WORD.findall(self.text.words(span).casefold())}
            for group in self.text.catalog.groups():
                own = {word[:STEM] for word in WORD.findall(group.name.casefold())}
                if own and 2 * len(own & words) > len(own):
                    found.append({"group": group.id})
        return found

    def _windows(self, stop: Stop, span: tuple[int, int], before: Sequence[dict[str, Any]]) -> list[Any]:
        words = (self.text.words(span), self.text.words(stop.sentence), self.text.words(stop.block))
        said = years_in(words, self.text.cues, self.text.catalog.vocabulary())
        own = [{"start": said.start, "end": said.end}] if said.whole else []
        spans = [sorted({int(year) for year in YEAR.findall(part)}) for part in words]
        named = [{"start": years[0], "end": years[-1]} for years in spans if len(years) > 1]
        each = [{"start": a, "end": b} for years in spans for a, b in pairwise(years)]
        return [*own, *named, *_earlier(before[:-1], "window"), *each]

    def _measures(self, stop: Stop) -> list[str]:
        """Measures whose names share words with the sentence, most of them first."""
        words = {word[:STEM] for word in WORD.findall(self.text.words(stop.sentence).casefold())}
        scored = []
        for i, measure in enumerate(self.text.catalog.measures()):
            alike = len(words & {word[:STEM] for word in WORD.findall(measure.name.casefold())})
            if alike:
                scored.append((-alike, i, measure.id))
        return [id_ for *_, id_ in sorted(scored)]

    def _events(self, stop: Stop, span: tuple[int, int]) -> list[str]:
        """Events whose names share words with the sentence, or that touch a unit which it names, in a year that it names."""
        low = self.text.words(stop.sentence).casefold()
        words, years = set(WORD.findall(low)), [int(year) for year in YEAR.findall(low)]
        units = set(self._mentioned(stop, span))
        scored = []
        for event in self.text.catalog.events():
            alike = max(len(words & set(WORD.findall(name.casefold()))) for name in (event.name, *event.other_names))
            near = not years or any(event.start - 1 <= year <= event.end + 1 for year in years)
            touched = bool(units & {*event.place, *event.responsible})
            if near and (alike >= ALIKE or (touched and (alike or years))):
                scored.append((-alike, not touched, event.start, event.id))
        return [id_ for *_, id_ in sorted(scored)]

    @staticmethod
    def _sums(stop: Stop) -> list[Any]:
        drafted = stop.drafted
        return [{"expression": s.expression, "stated": s.stated} for s in drafted.sums] if drafted else []

    def _classes(self, stop: Stop) -> list[str]:
        """Classes by how many of their words the sentence has."""
        low = set(re.findall(r"[a-z]{4,}", self.text.words(stop.sentence).casefold()))
        catalog = self.text.catalog
        known = [(c.id, f"{c.name} {c.one} {c.definition}") for c in catalog.tables.classes]
        known += [(g.id, g.name) for g in catalog.groups()]
        scored = [(sum(w[:5] in words.casefold() for w in low), i, id_) for i, (id_, words) in enumerate(known)]
        return [id_ for score, _, id_ in sorted(scored, key=lambda s: (-s[0], s[1])) if score or len(known) <= MOST]

    def _says(self, kind: ClaimKind, span: tuple[int, int]) -> list[str]:
        low = f" {self.text.words(span).casefold()} "
        if kind == "event":
            first = "denied" if re.search(r"\b(never|myth|invented|no such|did not)\b", low) else "happened"
            first = "scale" if first == "happened" and re.search(r"\d|million|thousand", low) else first
            return [first, *EVENT_SAYS]
        found = [says for says, words in RATE_WORDS.items() if any(f" {word.strip()}" in low for word in words)]
        return [*found, *RATE_WORDS]


def _unit_or_group(catalog: Catalog, typed: str) -> dict[str, str]:
    group = catalog.names.group(typed)
    return {"group": group} if group is not None else {"unit": catalog.names.find("unit", typed)}


def _named(catalog: Catalog, id_: str | None) -> str:
    if id_ is None:
        return ""
    return catalog.group(id_).name if catalog.has_group(id_) else catalog.unit(id_).name


def _earlier(before: Sequence[dict[str, Any]], key: str) -> list[Any]:
    """What was marked before for the same field, the latest first."""
    return [claim["open"][key] for claim in reversed(before) if key in claim.get("open", {})]
