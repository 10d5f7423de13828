"""The reference of the rules by which texts are drafted, from the languages' own files, for ``write_docs.py``."""

from collections.abc import Iterator

from evenhand.text import codes, language
from evenhand.text.language import Language, Rule

HEAD = """\
# The rules by which a text is drafted

Written by `tools/write_docs.py` from [languages/](../src/evenhand/text/languages): the rules are data, each with sentences that
it must and must not find. How often each was right is measured by `python -m benchmarks.draft` on the marked texts of
`benchmarks/readings`, which are by the same hands as the rules: on a text by somebody else they are right less often. Precision:
of its drafts, those that lie on a mark of its kind. Recall: of all marks of its kind, those that it found; the marks of a kind
are shared among its rules. Confidence is what a draft prints; it is lower than the precision, by what texts showed that were
marked before the rules were last worked on ([RESULTS.md](../benchmarks/RESULTS.md) has the table of reliability).
Of the rules that fire in one clause the strongest gives its kind. What a rule finds is a question to ask, never a verdict."""


def rules_lines() -> Iterator[str]:
    """Every rule of every language, in the order of its file."""
    yield HEAD
    for code in sorted(codes(), key=lambda code: (code != "en", code)):
        cues = language(code)
        yield from ["", f"## {cues.name}"]
        if not cues.measured:
            yield from [
                "",
                f"These rules have not been measured; each prints a confidence of {cues.rules[0].confidence:.2f}.",
            ]
        for rule in cues.rules:
            yield from _rule(rule)
        yield from _others(cues)


def _rule(rule: Rule) -> Iterator[str]:
    what = f"Kind: {rule.kind}." if rule.kind else ""
    move = f" Move: {rule.move}." if rule.move else ""
    yield from [
        "",
        f"### {rule.id}",
        "",
        f"{what}{move} Strength {rule.strength:.2f}, confidence {rule.confidence:.2f}.",
    ]
    if rule.measured is not None:
        known = rule.measured
        yield (
            f"Precision {known.precision:.2f} ({known.right} of {known.drafts} drafts), recall {known.recall:.2f} "
            f"({known.right} of {known.of} marks of its kind)."
        )
    else:
        yield "It made no draft in the marked texts: neither is known."
    yield from ["", f"Finds: {_quoted(rule.examples)}", "", f"Does not find: {_quoted(rule.counter_examples)}"]


def _others(cues: Language) -> Iterator[str]:
    """What is drafted without a rule of its own."""
    named = {
        "stated sum": "A sum that the text states, recomputed.",
        "no cue": "A statement in which no rule fires: its kind is the one with the most points.",
        "points": "A passage whose points say another kind than the rules that fire in it.",
    }
    for name, what in named.items():
        if known := cues.measured.get(name):
            told = f"Precision {known.precision:.2f} ({known.right} of {known.drafts} drafts), confidence {known.confidence:.2f}."
            yield from ["", f"### {name}", "", f"{what} {told}"]


def _quoted(sentences: tuple[str, ...]) -> str:
    return " ".join(f"*{sentence}*" for sentence in sentences)
