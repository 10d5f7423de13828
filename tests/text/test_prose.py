"""What is prose and what is not, with every offset kept."""

import pytest

from evenhand.text import language
from evenhand.text.prose import blocks
from evenhand.text.sentences import sentences

MARKDOWN = """\
# A title

By A. Writer

The first sentence stands here. The second (see https://example.org/a.b?c=d) costs 3.5 million, e.g. in May.

```python
def f(): return "worse than anything"
```

| a | b |
|---|---|
| worse | than |

> Somebody else said this was the worst of all.

Figure 1: Wages rose faster than prices.

1. A note that says something of its own.
2. Another one.
"""
HTML = """<!doctype html><html><head><title>Worse than ever</title><style>p{color:red}</style></head><body>
<h1>A heading</h1><p>The <em>first</em> sentence is worse than the second.</p><script>var worse = "than";</script>
<blockquote>It was the best.</blockquote><p>Line one<br>Line two.</p></body></html>"""


def said(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in blocks(text):
        for one in sentences(block.folded.text, language("en")):
            start, end = block.span(one.start, one.end)
            found.setdefault(block.kind, []).append(" ".join(text[start:end].split()))
    return found


def test_markdown_is_told_apart():
    found = said(MARKDOWN)
    assert found["paragraph"] == [
        "The first sentence stands here.",
        "The second (see https://example.org/a.b?c=d) costs 3.5 million, e.g. in May.",
    ]
    assert found["quotation"] == ["Somebody else said this was the worst of all."]
    assert found["heading"] == ["# A title"]
    assert found["note"] == ["A note that says something of its own.", "Another one."]
    assert {"byline", "code", "table", "caption"} <= set(found)


def test_a_web_page_is_read_without_its_markup():
    found = said(HTML)
    assert found["paragraph"] == ["The <em>first</em> sentence is worse than the second.", "Line two."]
    assert "than" not in " ".join(found.get("heading", [])).replace("Worse than ever", "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dr. Smith came. He left.", 2),
        ("It rose by 3.5 per cent. Fine.", 2),
        ("It fell… and then rose. Good", 2),
        ("J. F. Kennedy spoke. They heard.", 2),
        ("He said “No.” Then he left.", 2),
        ("It was IRD. [5] Gareth worked.", 2),
        ("The U.S. army came in 1945.", 1),
        ("What? No! Yes.", 3),
        ("no capital at all", 1),
    ],
)
def test_sentences(text, wanted):
    (block,) = blocks(text + "\n" if text.endswith((".", "!", "?")) else text + ".")
    assert len(sentences(block.folded.text, language("en"))) == wanted


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n", "---", "* * *", "\u00ad\u200b"])
def test_nothing_to_read_is_no_error(text):
    assert said(text).get("paragraph") is None
