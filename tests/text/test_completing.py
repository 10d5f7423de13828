"""What a draft is completed with: events, figures, who is quoted, references, and one plain sentence."""

from pathlib import Path

import pytest

from evenhand.catalog import Catalog
from evenhand.text import Drafted, draft
from evenhand.text.document import Document


@pytest.fixture(scope="module")
def vocabulary():
    return Catalog.open().vocabulary()


@pytest.fixture(scope="module")
def drafted(vocabulary):
    def of(text: str) -> list[Drafted]:
        return list(draft(Document(Path("t.txt"), text, "", ""), vocabulary, code="en").drafted)

    return of


@pytest.mark.parametrize(
    ("text", "event", "says"),
    [
        ("There was no famine in Ukraine.", "famine-ukraine-1932", "denied"),
        ("There never was a massacre in Nanjing in 1937.", "state-killing-nanjing-1937", "denied"),
        ("The Holodomor never happened.", "famine-ukraine-1932", "denied"),
        ("There was no famine in Bengal in 1943.", "famine-bengal-1943", "denied"),
        ("The Bengal famine of 1943 took place in a war.", "famine-bengal-1943", "happened"),
        ("The famine of 1943 in Bengal was deliberate, and it was never punished.", "famine-bengal-1943", "intent"),
    ],
)
def test_an_event_is_looked_up(text, event, says, drafted):
    (one,) = [d for d in drafted(text + "\n") if d.event is not None]
    assert (one.event.id, one.event.says) == (event, says)


def test_an_event_that_could_be_several_is_a_question(drafted):
    (one,) = drafted("There was no famine in China.\n")
    assert one.event.id is None
    assert "famine-china-19" in one.questions[0]
    assert "deny what the catalogue holds" in one.questions[0]


def test_an_event_that_nobody_lists_is_a_question(drafted):
    (one,) = drafted("There was no famine in Wessex in 1977.\n")
    assert one.event.id is None
    assert "finds no blockade or famine" in one.questions[0]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Literacy in Cuba stood at 96 per cent in 1990.", ("CUB", "literacy", 1990, "96 per cent")),
        ("In Cuba literacy rose from 76 to about 96 per cent by 1990.", ("CUB", "literacy", 1990, "about 96 per cent")),
        ("Literacy in Cuba rose by 20 per cent in 1990.", None),
        ("Literacy in Cuba and in Haiti stood at 96 per cent in 1990.", None),
        ("Literacy in Cuba stood at 96 million in 1990.", None),
        ("Literacy in Cuba stood at 96 per cent.", None),
    ],
)
def test_a_stated_level_is_opened(text, level, drafted):
    found = [d.level for d in drafted(text + "\n") if d.level is not None]
    assert [(one.unit, one.measure, one.year, one.stated) for one in found] == ([level] if level else [])


def test_a_reference_is_resolved_to_the_sentence_that_leans_on_it(drafted):
    text = (
        "Wages rose by half (Keller 1998, p. 3). Prices fell by a third (Ohm 2001).\n\n## References\n\n"
        "- Keller, A. (1998). Wages in the valley. Low Press.\n- Sand, B. (1975). Grain. Low Press.\n"
    )
    found = drafted(text)
    assert [[c.citation for c in one.cites] for one in found] == [
        ["Keller, A. (1998). Wages in the valley. Low Press."], [None],
    ]  # fmt: skip
    assert found[1].questions == ("the text cites Ohm 2001, and has no such entry: what does the sentence rest on?",)


READS = [
    ("Cuba cut infant mortality more than Haiti between 1960 and 1990.", "From 1960 to 1990 infant mortality fell more in Cuba than in Haiti."),
    ("The tram was a mistake.", "“The tram” is set against others that the words leave open, by a measure that the words leave open."),
    ("Wages rose from 38 to 47, a rise of 9.", "By the text's own figures, 47 - 38 comes to 9."),
    ("The study was funded by the car makers.", "“The study” is said to depend on, work for or share an interest with somebody."),
    ("There was no famine in Ukraine.", "“Famine in Soviet Ukraine 1932-1933” is said not to have happened."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reads"), READS)
def test_what_it_reads_as(text, reads, drafted):
    (one,) = drafted(text + "\n")
    assert one.claim.reads == reads


def test_what_is_missing_is_asked(drafted):
    (one,) = drafted("The tram was a mistake.\n")
    assert [question.split("?")[0] for question in one.claim.missing] == [
        "who is judged", "by what measure", "compared with whom", "between which years",
    ]  # fmt: skip


ENTRY = """Fares rose by half in ten years and the poorest passengers paid most (Berg 1998).

## References

Berg, A. 1998. {title}. Harbour Press.
"""


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Potatoes, onions and cabbage in northern gardens", True),
        ("Who paid? Bus fares and northern gardens and onions", False),
        ("Gardens", False),
    ],
)
def test_an_entry_about_something_else_is_asked_about(title, asked):
    made = draft(Document(Path("text.txt"), ENTRY.format(title=title), "", "")).drafted
    questions = [question for one in made for question in one.questions if "Does the entry carry it?" in question]
    assert bool(questions) == asked
