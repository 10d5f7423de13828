"""Lists of people written in many ways, told apart: "Bohl, Marilyn/ Rynn, Maria", "Marilyn Bohl, Maria Rynn", "BOHL"."""

import difflib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

_NOT_NAMES = """
    a al and author authors by co compiled compiler dr ed editor editors edited edition edt et foreword illustrated ii
    iii in introduction joint jr of ph phd prof sr the translated translator with other others various not available
    na none unknown
"""
NOT_NAMES = frozenset(_NOT_NAMES.split())
"""Words of a list of people that are nobody's name."""
BREAKS = re.compile(r"\s*(?:;|/|\||&|\band\b|\bwith\b|\bby\b|\n)\s*")
ALIKE = 0.84


@dataclass(frozen=True, slots=True)
class _Roles:
    """How often each word of one item's lists stood where a family name stands or a given one; and two given
    names of one family in one list.
    """

    family: Counter[str]
    given: Counter[str]
    together: Counter[tuple[str, str, str]]


def people(lists: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Which people does each list name? All lists are of one item, and are read in the light of each other.

    The rule: unescape, drop accents, case, brackets and words that are no names; learn from the lists that separate
    people clearly which words are family names; unite spellings that are nearly alike, names cut short and halves of
    double names; a list names a person whose family name it holds, glued or not. Two of one family are told apart by
    their given names where lists name both. Names come as ``family`` or ``family, given``; a list that names nobody gives
    the empty set.

    >>> [sorted(who) for who in people(["Bohl, Marilyn/ Rynn, Maria", "Marilyn Bohl, Maria Rynn", "BOHL"])]
    [['bohl', 'rynn'], ['bohl', 'rynn'], ['bohl']]
    """
    folded = [_folded(text) for text in lists]
    roles = _roles(folded)
    names = _family_names(roles)
    kin = {name: _given_of(name, roles) for name in set(names.values())}
    return tuple(frozenset(_named(text, names, kin)) for text in folded)


def _folded(text: str) -> str:
    text = html.unescape(html.unescape(text))
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"(?<=[a-z]{3})(?=[A-Z][a-z]+,)", " ; ", text)
    text = re.sub(r"\([^)]*\)|\[[^]]*\]", " ; ", text.lower())
    return re.sub(r"[’'`.]", lambda m: " " if m[0] == "." else "", text)


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z][a-z-]*", text) if word not in NOT_NAMES]


def _roles(folded: Sequence[str]) -> _Roles:
    family: Counter[str] = Counter()
    given: Counter[str] = Counter()
    together: Counter[tuple[str, str, str]] = Counter()
    for text in folded:
        clear = _clear(text)
        for name, first in clear:
            family[name] += 1
            given.update(word for word in first if len(word) > 1)
        firsts = sorted((name, first[0]) for name, first in clear if first)
        for (name, one), (other, two) in pairwise(firsts):
            if name == other and one[0] != two[0]:
                together[name, one, two] += 1
    return _Roles(family, given, together)


def _clear(text: str) -> list[tuple[str, list[str]]]:
    """(family name, given names) of the people whom the list separates without doubt."""
    found = []
    for part in BREAKS.split(text):
        pieces = [words for piece in part.split(",") if (words := _words(piece))]
        if not pieces:
            continue
        long = [[word for word in words if len(word) > 1] for words in pieces]
        if len(pieces) == 2 and len(pieces[0]) == 1 and len(long[1]) <= 2:
            found.append((pieces[0][0], pieces[1]))
        elif len(pieces) > 2 and len(pieces) % 2 == 0 and all(len(words) == 1 for words in pieces[::2]):
            if all(len(words) <= 2 and len(pieces[at * 2 + 1]) <= 3 for at, words in enumerate(long[1::2])):
                found += [(pieces[at][0], pieces[at + 1]) for at in range(0, len(pieces), 2)]
        elif all(2 <= len(words) <= 4 and long[at] for at, words in enumerate(pieces)):
            found += [(words[-1], words[:-1]) for words in pieces if len(words[-1]) > 1]
        elif len(pieces) == 1 and len(pieces[0]) == 1:
            found.append((pieces[0][0], []))
    return found


def _family_names(roles: _Roles) -> dict[str, str]:
    """Each spelling of a family name, with the commonest spelling that is nearly alike."""
    likely = [name for name, times in roles.family.items() if times > roles.given[name] and len(name) > 1]
    likely.sort(key=lambda name: (-roles.family[name], name))
    whole = {name: _whole(name, likely) for name in likely}
    united: dict[str, str] = {}
    for name in sorted(likely, key=lambda name: (whole[name] != name, likely.index(name))):
        near = difflib.get_close_matches(whole[name], sorted(set(united.values())), n=1, cutoff=ALIKE)
        united[name] = near[0] if near else whole[name]
    return united


def _whole(name: str, names: Sequence[str]) -> str:
    """The name of which this is the cut beginning (fields of a fixed length) or one half of a double name."""
    longer = [other for other in names if other != name and (_cut(name, other) or name in other.split("-"))]
    return longer[0] if longer else name


def _cut(name: str, other: str) -> bool:
    return len(name) > 3 and len(other) > len(name) + 1 and other.startswith(name)


def _given_of(name: str, roles: _Roles) -> list[str]:
    """The given names of several people of one family, where lists name them side by side; empty where there is one."""
    both = {pair: times for pair, times in roles.together.items() if pair[0] == name and times > 1}
    initials: dict[str, str] = {}
    for _, one, two in sorted(both, key=lambda pair: (-both[pair], pair)):
        for first in (one, two):
            initials.setdefault(first[0], first)
    return sorted(initials.values())


def _named(text: str, names: dict[str, str], kin: dict[str, list[str]]) -> set[str]:
    words = set(_words(text))
    found = set()
    for spelling, name in names.items():
        if spelling in words or (len(spelling) > 4 and spelling in re.sub(r"[^a-z-]", "", text)):
            firsts = [first for first in kin[name] if first in words or first[0] in words]
            found |= {f"{name}, {first}" for first in (firsts or kin[name])} or {name}
    return found
