"""Sends a text to a model part by part, and holds every answer to the contract."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from evenhand.model import DraftClaim
from evenhand.text.document import Document
from evenhand.text.markup import Shown, shown, whole
from evenhand.text.proposing.answers import Answer, Answers
from evenhand.text.proposing.contract import Question, question
from evenhand.text.proposing.endpoint import AGAIN, Endpoint, ModelError
from evenhand.text.proposing.holding import Held, held
from evenhand.text.prose import blocks
from evenhand.text.sums import StatedSum

LONGEST_PART = 6000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model proposed of a text and what was thrown away. asked: questions sent; kept: answers that were there already."""

    model: str
    when: str
    claims: tuple[tuple[DraftClaim, StatedSum | None], ...]
    thrown: tuple[tuple[str, int], ...]
    asked: int
    kept: int


def parts(text: str) -> list[tuple[int, int]]:
    """[start, end) of the parts in which a text is sent: whole blocks, as many as fit; a long block is cut at a white space."""
    found: list[tuple[int, int]] = []
    for block in blocks(text):
        start = block.start
        while block.end - start > LONGEST_PART:
            cut = max(text.rfind(" ", start, start + LONGEST_PART), text.rfind("\n", start, start + LONGEST_PART))
            cut = cut if cut > start else start + LONGEST_PART
            found.append((start, cut))
            start = cut
        if found and block.end - found[-1][0] <= LONGEST_PART:
            found[-1] = (found[-1][0], block.end)
        elif block.end > start:
            found.append((start, block.end))
    return [(start, end) for start, end in found if text[start:end].strip()]


def propose(
    document: Document,
    endpoint: Endpoint,
    answers: Answers,
    *,
    progress: Progress | None = None,
    today: str | None = None,
) -> Proposed:
    """Which claims does a model see in a text? Answers that are there already are not asked for again.

    Of a web page it is sent what is shown, without the markup.

    Raises ModelError where the model cannot be asked, or twice gives no whole JSON; answers to other parts stay kept.
    """
    today = today or datetime.now(tz=UTC).date().isoformat()
    claims: list[tuple[DraftClaim, StatedSum | None]] = []
    thrown: Counter[str] = Counter()
    days: list[str] = []
    asked = kept = 0
    page = shown(document.text)
    text = document.text if page is None else page.text
    all_parts = parts(text)
    for i, (start, end) in enumerate(all_parts):
        if progress is not None:
            progress(i, len(all_parts))
        answer, found, sent = _answered(text, start, end, endpoint, answers, today)
        asked, kept = asked + sent, kept + (not sent)
        claims += (
            found.claims if page is None else [(in_page(claim, document.text, page), s) for claim, s in found.claims]
        )
        thrown += found.thrown
        days.append(answer.when)
    return Proposed(endpoint.model, max(days, default=today), tuple(claims), tuple(sorted(thrown.items())), asked, kept)


def in_page(claim: DraftClaim, text: str, page: Shown) -> DraftClaim:
    """A claim of the words that a web page shows, at its place in the page."""
    start, end = page.back(claim.start, claim.end)
    end = whole(text, end)
    return replace(claim, quote=text[start:end], start=start, end=end)


def _answered(
    text: str, start: int, end: int, endpoint: Endpoint, answers: Answers, today: str
) -> tuple[Answer, Held, int]:
    """The answer for one part, what of it stands, and how often was asked. Only a whole answer is kept."""
    asks: Question = question(text[start:end])
    key = answers.key(endpoint.model, endpoint.base_url, asks)
    if (answer := answers.get(key)) is not None and not (
        found := held(answer.content, text, start, end, endpoint.model)
    ).broken:
        return answer, found, 0
    content = ""
    for sent in (1, 2):
        content = endpoint.ask(asks)
        found = held(content, text, start, end, endpoint.model)
        if not found.broken:
            answer = Answer(content, today)
            answers.put(key, answer, endpoint.model)
            return answer, found, sent
    raise ModelError(broken(content, endpoint.model), hint=AGAIN)


def broken(content: str, model: str) -> str:
    """What is said of an answer that is no whole JSON."""
    if not content.strip():
        return f"{model} answered with nothing, twice"
    half = content.count("{") > content.count("}") or content.count("[") > content.count("]")
    what = f"breaks off after {len(content):,} characters" if half else "is no JSON of the form that was asked for"
    return f"the answer of {model} {what}, twice; none of it was used"


def told(thrown: Sequence[tuple[str, int]]) -> str:
    """ "3 (its quote is not in the text to the letter), 1 (its kind is none of ours)"."""
    return ", ".join(f"{n} ({why})" for why, n in thrown)
