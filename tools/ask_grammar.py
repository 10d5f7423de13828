"""The grammar of questions as tables, from ``src/evenhand/asking/grammar.toml``."""

from collections.abc import Iterator

from evenhand.asking import REASONS
from evenhand.asking.grammar import Cue, MeasureCue, grammar
from evenhand.asking.lacking import PEERS, WITHIN

SHOWN = 14


def grammar_lines() -> Iterator[str]:
    """What each kind of word says, and the words."""
    table = grammar()
    for title, cues in (
        ("Which way the figures went", table.ways),
        ("How high they stood", table.levels),
        ("By how much, set against others", table.amounts),
        ("Set against whom", table.peers),
    ):
        yield from ["", f"**{title}**", "", "| says | words |", "| --- | --- |"]
        yield from (f"| {cue.says} | {_words(cue.words)} |" for cue in cues)
    yield from ["", "**Measures, beside the catalogue's own names and the words of `evenhand draft`**", ""]
    yield from ["| first measure | words | |", "| --- | --- | --- |"]
    yield from (_measure(cue) for cue in (*table.measures, *table.adjectives) if cue.measures)
    yield from ["", "**No comparison of figures**", "", "| refused, since | words |", "| --- | --- |"]
    yield from (f"| {cue.says} | {_patterns(cue)} |" for cue in table.refusals)


def _measure(cue: MeasureCue) -> str:
    marks = [cue.note] if cue.note else []
    marks += ["turned: where the word goes up, the measure goes down"] if cue.turned else []
    marks += ["several could be meant, so it is asked"] if cue.broad else []
    marks += [f"says which way, too: {cue.way}"] if cue.way else []
    return f"| `{cue.measures[0]}` | {_words(cue.words)} | {'; '.join(marks)} |"


def _words(words: tuple[str, ...]) -> str:
    told = [f"`{word}`".replace("|", "\\|") for word in words[:SHOWN]]
    return ", ".join(told) + (f" and {len(words) - SHOWN} more" if len(words) > SHOWN else "")


def _patterns(cue: Cue) -> str:
    return _words(cue.words[:5]) + (f" and {len(cue.words) - 5} more" if len(cue.words) > 5 else "")


def lack_lines() -> Iterator[str]:
    """What is asked back, with the standing choice."""
    yield from ["| missing | standing choice | others |", "| --- | --- | --- |"]
    others = "; ".join(meaning for _, meaning in PEERS[1:])
    yield f"| compared with whom | {PEERS[0][1]} | {others}; a country, leader or group by name |"
    yield "| between which years | all the years for which everybody named has figures | `1960-1990` |"
    yield "| by what measure, where several could be meant | the first of them | the others, by number or name |"
    closer = "; ".join(meaning for _, meaning in WITHIN[1:])
    yield f"| how close counts as the same | {WITHIN[0][1]} | {closer} |"
    yield "| which way, where neither is called better | up | down |"
    yield "| a word that nothing reads | ask without it, unless it could turn the question round | ask in other words |"
    yield "| who is judged | none: it has to be said | |"


def reason_lines() -> Iterator[str]:
    """Every reason for which a question is refused."""
    yield from ["| reason | in words |", "| --- | --- |"]
    yield from (f"| `{reason}` | {words} |" for reason, words in REASONS.items())
