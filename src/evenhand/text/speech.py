"""Whose words are these? Quoted and reported speech is the quoted person's claim, not the author's.

Six forms are known: a speaker with a verb of saying and what is said; the passive ("it is said that", "is supposed to"); a
noun for what is said ("the claim that", "the story of"); an aside ("they say", "so we are told"); "according to"; and
quotation marks. What follows "but" or a semicolon is the author's again.
"""

from dataclasses import dataclass

from evenhand.model import Stance
from evenhand.text.sentences import Sentence
from evenhand.text.speakers import NAMING, NOT_BEFORE, OBJECTS, STOPS, Tags, says, speaker_before, spoken


@dataclass(frozen=True, slots=True)
class Voiced:
    """Whether somebody else is reported, and what the author does with it.

    speaker: [first, last) words that say who. since, until: from which word on, and before which, that holds; until -1: to
    the end.
    """

    reported: bool
    stance: Stance | None = None
    speaker: tuple[int, int] | None = None
    since: int = 0
    until: int = -1

    def holds(self, start: int, end: int) -> bool:
        """Is most of a passage the other's?"""
        last = end if self.until < 0 else min(end, self.until)
        return self.reported and 2 * (last - max(start, self.since)) > end - start


AUTHOR = Voiced(reported=False)
EARLY = 14  # words within which a sentence says whose it is
FAR = 24
NEAR = 5
QUOTED_ENOUGH = 6
SAID_ENOUGH = 4
VIEWS = frozenset(
    {"telling", "view", "account", "eyes", "version", "words", "opinion", "reading", "imagination", "book"}
)
YARDSTICKS = frozenset({
    "standard", "standards", "rule", "rules", "law", "laws", "plan", "plans", "measure", "taste", "size", "age", "need", "needs",
    "means", "which",
})  # fmt: skip
DOCUMENTS = frozenset({
    "study", "studies", "report", "reports", "survey", "surveys", "census", "poll", "polls", "figures", "data", "statistics",
    "series", "archive", "archives", "book", "register", "records",
})  # fmt: skip
TURNS = frozenset({"but", "yet", "however"})
HEARERS = frozenset({"we", "i", "one", "keep", "often", "always", "constantly", "everywhere"})
OTHERS = frozenset({"they", "critics", "opponents", "some", "people", "others", "he", "she", "we", "i", "it"})


def voice_of(sentence: Sentence, tags: Tags, *, quotation: bool = False) -> Voiced:
    """Is a sentence, or its first part, somebody else's claim? None is guessed from a side."""
    if quotation or ((mostly_quoted(sentence) or said_beside(sentence, tags)) and not unsaid(sentence, tags)):
        return Voiced(reported=True, speaker=tagged_by(sentence, tags))
    forms = (according, in_their_words, passive, by_noun, by_verb, portrayed, aside)
    return next((found for form in forms if (found := form(sentence, tags)) is not None), AUTHOR)


def unsaid(sentence: Sentence, tags: Tags) -> bool:
    """ "It is easy to say “...”", "those who say “...”": words that nobody in particular has said."""
    return any(
        "reporting" in tags[i] and not sentence.quoted[i] and sentence.low[i - 1] in {"to", "who", "that", "not"}
        for i in range(1, len(tags))
    )


def until(sentence: Sentence, start: int) -> int:
    """Before which word the author speaks again; -1 where that never comes."""
    low = sentence.low
    for i in range(start + 2, len(low)):
        if sentence.quoted[i]:
            continue
        if low[i] == ";" or (low[i] in TURNS and low[i - 1] in STOPS | {")"}):
            return i
    return -1


def according(sentence: Sentence, tags: Tags) -> Voiced | None:
    """ "According to the council, ..."; "..., according to the council"."""
    low = sentence.low
    for i in range(len(low) - 2):
        if low[i : i + 2] == ("according", "to"):
            end = i + 2
            while end < len(low) and low[end] not in STOPS | {".", '"'} and end - i < 10:
                end += 1
            source = bool(DOCUMENTS & set(low[i + 2 : end]))
            person = any(
                found & {"camp", "name", "society", "plural", "everybody", "sourcelike", "role"}
                for found in tags[i + 2 : end]
            )
            yardstick = YARDSTICKS & set(low[i + 2 : end])
            if person and not source and not yardstick:  # a study is cited; the claim stays the author's
                return Voiced(reported=True, speaker=(i + 2, end), until=until(sentence, end) if i == 0 else -1)
    return None


def in_their_words(sentence: Sentence, tags: Tags) -> Voiced | None:
    """ "In their telling, ..."; "in the mayor's eyes"."""
    low = sentence.low
    for i in range(min(len(low) - 2, NEAR)):
        if low[i] not in {"in", "on"} or sentence.quoted[i] or "self" in tags[i + 1]:
            continue
        end = next((j for j in range(i + 2, min(len(low), i + NEAR)) if low[j] in VIEWS), -1)
        owned = low[i + 1] in {"their", "his", "her"} or any(w.endswith(("'s", "s'")) for w in low[i + 1 : max(end, 0)])
        if end > 0 and owned:
            return Voiced(reported=True, speaker=(i + 1, end), until=until(sentence, end))
    return None


def portrayed(sentence: Sentence, tags: Tags) -> Voiced | None:
    """ "Some hail him as a saviour", "it is held up as a model", "they accuse the mayor of waste"."""
    low = sentence.low
    for i in range(1, min(len(tags), EARLY)):
        accused = (
            low[i] in {"accuse", "accuses", "accused", "suspect", "suspects", "suspected"}
            and "of" in low[i + 1 : i + 8]
        )
        as_such = "portraying" in tags[i] and "as" in low[i + 1 : i + 8]
        if sentence.quoted[i] or not (accused or as_such) or low[i - 1] in NOT_BEFORE:
            continue
        if "be" in tags[i - 1] or "been" in low[i - 2 : i]:
            return Voiced(reported=True, until=until(sentence, i))
        if speaker := speaker_before(sentence, tags, i):
            return Voiced(reported=True, speaker=speaker, until=until(sentence, i))
    return None


def passive(sentence: Sentence, tags: Tags) -> Voiced | None:
    """ "It is said that", "we are told", "is supposed to have", "are invited to believe", "allegedly"."""
    low = sentence.low
    for i in range(1, min(len(low) - 1, EARLY + 6)):
        if sentence.quoted[i] or (
            "be" not in tags[i - 1] and not (i > 1 and "be" in tags[i - 2] and "adverb" in tags[i - 1])
        ):
            continue
        said = bool(tags[i] & {"reporting", "supposing"}) and low[i] not in {"called", "dubbed", "held"}
        told = (
            low[i] in {"told", "assured", "invited", "asked", "expected"}
            and low[i : i + 2] != ("asked", "by")
            and (low[i + 1] in {"that", "to", "by", ",", "."} or "pronoun" in tags[i + 1])
        )
        if (
            told
            and low[i + 1] == "to"
            and not set(low[i + 2 : i + 5]) & {"believe", "be", "think", "accept", "see", "regard", "forget"}
        ):
            continue
        if low[max(0, i - 2)] in {"should", "must"} or low[max(0, i - 3)] in {"should", "must"}:
            continue  # "it should be said": the author says it
        whole = low[max(0, i - 2)] in {"it", "we", "i", "are"} or "it" in low[max(0, i - 4) : i]
        late = "that" in low[i + 2 : i + 6] and low[max(0, i - 2)] == "it"
        if (said and (low[i + 1] in {"that", "to"} or late or (low[i + 1] == "," and whole))) or told:
            return Voiced(reported=True, until=until(sentence, i))
    for i in range(1, min(len(low) - 2, EARLY)):
        hearing = (
            low[i] in {"hear", "hears", "heard", "hearing", "read", "reads"}
            and low[i + 1] == "that"
            and low[i - 1] in HEARERS
        )
        hearing = hearing or (low[i] in {"has", "have"} and low[i + 1 : i + 3] == ("it", "that"))
        believing = low[i - 1 : i + 2] in {("have", who, "believe") for who in OBJECTS}
        if (hearing or believing) and not sentence.quoted[i]:
            return Voiced(reported=True, until=until(sentence, i))
    for i, word in enumerate(low[:FAR]):
        if "supposedly" in tags[i] and word and not sentence.quoted[i]:
            return Voiced(reported=True, stance="rejects", until=until(sentence, i))
    return None


def by_noun(sentence: Sentence, tags: Tags) -> Voiced | None:
    """ "The claim that", "stories of", "the old reproach is that", "I know the accusation: ..."."""
    low = sentence.low
    for i in range(min(len(low) - 1, EARLY)):
        if "saying" not in tags[i] or sentence.quoted[i]:
            continue
        before = low[i - 1] if i else ""
        if before in {"a", "an", "no", "any", "every"} and low[i + 1] != ":":
            continue
        held = (
            i == 0
            or bool(tags[i - 1] & {"article", "name", "plural", "evaluative"})
            or before in {"old", "usual", "such", "same"}
        )
        own = bool(tags[i - 1] & {"self"}) if i else False
        comes = low[i + 1] in {"comes", "came", "runs", "ran", "was", "is"} and ":" in low[i + 2 : i + 6]
        opens = (
            comes
            or low[i + 1] in {"that", '"', ":"}
            or (low[i + 1] == "of" and low[i] not in {"story", "lie", "idea", "answer", "verdict"})
            or (low[i + 1] in {"is", "was", "goes", "runs"} and low[i + 2 : i + 3] in {("that",), (":",), ('"',)})
        )
        if held and opens and not own:
            return Voiced(
                reported=True,
                stance="rejects",
                speaker=None,
                since=max(0, i - 1) if i > 3 else 0,
                until=until(sentence, i),
            )
    return None


def by_verb(sentence: Sentence, tags: Tags) -> Voiced | None:
    """ "Critics claim that", "the ministry denies there was", "opponents call it “selfish”", "a review found that"."""
    for i in range(1, min(len(tags), EARLY + 4)):
        if says(sentence, tags, i) and not sentence.quoted[i] and spoken(sentence, tags, i):
            stance: Stance | None = (
                "rejects" if "rejecting" in tags[i] else "concedes" if "conceding" in tags[i] else None
            )
            speaker = speaker_before(sentence, tags, i)
            since = speaker[0] if speaker and speaker[0] and sentence.low[speaker[0] - 1] in {":", ";"} else 0
            return Voiced(reported=True, stance=stance, speaker=speaker, since=since, until=until(sentence, i))
    return None


def aside(sentence: Sentence, tags: Tags) -> Voiced | None:
    """ "..., they say, ..."; "..., says the mayor."; "so the story goes"; "as the purists would have it"."""
    low = sentence.low
    for i in range(1, len(low) - 1):
        if low[i - 1] not in {",", '"', "("} or sentence.quoted[i]:
            continue
        window = range(i, min(len(low), i + NEAR + 1))
        at = next((j for j in window if says(sentence, tags, j) and "self" not in tags[max(i, j - 1)]), -1)
        if at < 0 or any(tags[j] & {"self"} for j in range(i, at)) or any(low[j] in STOPS for j in range(i, at)):
            continue
        closes = next((j for j in range(at + 1, min(len(low), at + 6)) if low[j] in {",", ".", ")", "?", "!", ";"}), -1)
        who = any(
            tags[j] & {"camp", "pronoun", "name", "sourcelike", "plural"}
            for j in range(i, closes if closes > 0 else at + 1)
        )
        out = low[at + 1 : at + 2] == ("out",)
        if closes == at + 1 + out and who and at > i:
            return Voiced(reported=True, speaker=(i, at), until=until(sentence, closes))
        named = (
            at + 1 < len(low)
            and bool(tags[at + 1] & {"article", "name", "camp", "sourcelike"})
            and low[at + 1] not in OBJECTS
        )
        if closes > at + 1 and at == i and named and low[i - 1] != "(":
            return Voiced(reported=True, speaker=(at + 1, closes), until=until(sentence, closes))
    return None


def tagged_by(sentence: Sentence, tags: Tags) -> tuple[int, int] | None:
    """Who is named outside the quotation marks of a sentence that is mostly a quotation."""
    for i in range(len(sentence)):
        if "reporting" in tags[i] and not sentence.quoted[i]:
            after = [j for j in range(i + 1, min(len(sentence), i + 8)) if sentence.low[j] in STOPS | {"."}]
            if found := speaker_before(sentence, tags, i):
                return found
            return (i + 1, after[0]) if after and after[0] > i + 1 else None
    return None


def said_beside(sentence: Sentence, tags: Tags) -> bool:
    """Does a verb of saying stand beside a short quotation: “He was a thief,” my neighbour told me?"""
    inside = sum(sentence.quoted)
    said = any(
        "reporting" in found and not quoted and low not in NAMING
        for found, quoted, low in zip(tags, sentence.quoted, sentence.low, strict=True)
    )
    return said and inside >= SAID_ENOUGH and inside * 10 >= 4 * len(sentence)


def mostly_quoted(sentence: Sentence) -> bool:
    """Do quotation marks hold most of a sentence, or a good part of it beside a verb of saying?"""
    inside = sum(sentence.quoted)
    return inside >= QUOTED_ENOUGH and inside * 10 >= 6 * len(sentence)
