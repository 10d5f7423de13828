"""The formats of the argumentation competition (ICCMA): ``.af`` (2023), ``.apx`` and ``.tgf``, read and written."""

import re
from collections.abc import Callable, Iterable
from typing import Literal

from evenhand.argue.graph import Graph, Link, Node
from evenhand.model import BadInputError, Problem, closest_words

Format = Literal["af", "apx", "tgf"]
FORMATS: tuple[Format, ...] = ("af", "apx", "tgf")
APX = re.compile(r"(arg|att)\(\s*([^\s,()]+)\s*(?:,\s*([^\s,()]+)\s*)?\)\.")
Pairs = list[tuple[int, str, str]]


def parse_iccma(text: str, form: Format, *, where: str = "") -> Graph:
    """A framework of attacks as a graph; each argument enters as one that holds.

    where: the file's name, for messages. Raises BadInputError with every problem, by line.
    """
    read: dict[Format, Callable[[str, str], tuple[list[str], Pairs, list[Problem]]]] = {
        "af": _read_af, "apx": _read_apx, "tgf": _read_tgf,
    }  # fmt: skip
    names, pairs, problems = read[form](text, where)
    known = set(names)
    for line, source, target in pairs:
        problems += [_unknown(where, line, name, known) for name in (source, target) if name not in known]
    if problems:
        raise BadInputError.of(sorted(problems, key=_line))
    wanted = dict.fromkeys((source, target) for _, source, target in pairs)
    taken = set(names)
    links = []
    for number, (source, target) in enumerate(wanted, 1):
        name = f"att{number}"
        while name in taken:
            name += "_"
        taken.add(name)
        links.append(Link(name, (source,), target, "attack"))
    return Graph(tuple(Node(name) for name in names), tuple(links))


def write_iccma(graph: Graph, form: Format) -> tuple[str, tuple[str, ...]]:
    """A graph in one of the formats, and what that format cannot hold, in words.

    Only claims and attacks of single claims on claims can be written. ``.af`` numbers the claims; their ids go into comments.
    """
    kept = [k for k in graph.links if _plain(graph, k)]
    pairs = list(dict.fromkeys((s, k.target) for k in kept for s in k.sources))
    ids = [n.id for n in graph.nodes]
    if form == "tgf":
        return "\n".join([*ids, "#", *(f"{a} {b}" for a, b in pairs)]) + "\n", _lost(graph, kept)
    if form == "apx":
        lines = [*(f"arg({a})." for a in ids), *(f"att({a},{b})." for a, b in pairs)]
        return "\n".join(lines) + "\n", _lost(graph, kept)
    number = {name: i for i, name in enumerate(ids, 1)}
    lines = [f"p af {len(ids)}", *(f"# {number[a]} {a}" for a in ids), *(f"{number[a]} {number[b]}" for a, b in pairs)]
    return "\n".join(lines) + "\n", _lost(graph, kept)


def _plain(graph: Graph, link: Link) -> bool:
    onto_claim = any(link.target == n.id for n in graph.nodes)
    return link.kind == "attack" and onto_claim and (not link.joint or len(link.sources) == 1)


def _lost(graph: Graph, kept: list[Link]) -> tuple[str, ...]:
    out = []
    lost = [k for k in graph.links if k not in kept]
    supports = sum(k.kind == "support" for k in lost)
    if supports:
        out.append(f"{supports} links of support, which these formats do not know")
    if len(lost) - supports:
        out.append(f"{len(lost) - supports} attacks that are joint or aim at a link")
    if any(n.given != "holds" for n in graph.nodes):
        out.append("what the claims enter with: every argument counts as one that holds")
    if any(n.text for n in graph.nodes):
        out.append("the words of the claims")
    return tuple(out)


def _read_af(text: str, where: str) -> tuple[list[str], Pairs, list[Problem]]:
    count: int | None = None
    pairs: Pairs = []
    problems: list[Problem] = []
    for number, line in _lines(text):
        words = line.split()
        if line.startswith("#"):
            continue
        if words[:2] == ["p", "af"] and len(words) == 3 and words[2].isdecimal() and count is None:
            count = int(words[2])
        elif len(words) == 2 and count is not None and all(w.isdecimal() for w in words):
            pairs.append((number, words[0], words[1]))
        else:
            hint = "wanted: p af NUMBER" if count is None else "wanted: two numbers, who attacks whom"
            problems.append(Problem(_place(where, number), f"this line cannot be read: {line[:60]!r}", hint))
            count = count if count is not None else 0
    if count is None and not problems:
        problems.append(Problem(where, "there is no argument in it", "the first line says: p af NUMBER"))
    return [str(i) for i in range(1, (count or 0) + 1)], pairs, problems


def _read_apx(text: str, where: str) -> tuple[list[str], Pairs, list[Problem]]:
    names: dict[str, None] = {}
    pairs: Pairs = []
    problems: list[Problem] = []
    for number, line in _lines(text):
        if line.startswith("%"):
            continue
        rest = APX.sub("", line).strip()
        for kind, one, other in APX.findall(line):
            if (kind == "att") != bool(other):
                problems.append(
                    Problem(
                        _place(where, number), f"{kind}({one}...) has the wrong number of parts", "arg(a). att(a,b)."
                    )
                )
            elif kind == "arg":
                names[one] = None
            else:
                pairs.append((number, one, other))
        if rest:
            problems.append(
                Problem(_place(where, number), f"this cannot be read: {rest[:60]!r}", "wanted: arg(a). or att(a,b).")
            )
    return list(names), pairs, problems


def _read_tgf(text: str, where: str) -> tuple[list[str], Pairs, list[Problem]]:
    names: dict[str, None] = {}
    pairs: Pairs = []
    problems: list[Problem] = []
    beyond = False
    for number, line in _lines(text):
        words = line.split()
        if line == "#":
            beyond = True
        elif not beyond:
            names[words[0]] = None
        elif len(words) >= 2:
            pairs.append((number, words[0], words[1]))
        else:
            problems.append(
                Problem(_place(where, number), f"this line cannot be read: {line[:60]!r}", "wanted: who attacks whom")
            )
    if not beyond:
        problems.append(Problem(where, "there is no line with # alone between the arguments and the attacks"))
    return list(names), pairs, problems


def _lines(text: str) -> Iterable[tuple[int, str]]:
    return ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def _place(where: str, line: int) -> str:
    return f"{where}:{line}" if where else f"line {line}"


def _line(problem: Problem) -> int:
    found = re.search(r"(\d+)$", problem.where)
    return int(found[1]) if found else 0


def _unknown(where: str, line: int, name: str, known: set[str]) -> Problem:
    near = closest_words(name, sorted(known)[:2000], 1)
    return Problem(_place(where, line), f"there is no argument {name!r}", f"did you mean {near[0]!r}?" if near else "")
