"""A small text, a casefile for it, and a vocabulary that knows a few names."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest

from evenhand.case import load
from evenhand.model import BadInputError, closest_words

TEXT = "Ruritania raised life expectancy more than its peers. Its rolls fell from 44 to 35, nearly a fifth. No famine."
Write = Callable[[str], Path]


class FewNames:
    """A vocabulary of a few names: the id for each."""

    names: ClassVar = {
        "unit": {"ruritania": "ruritania", "Ruritania": "ruritania", "NO": "norway", "Graustark": "graustark",
                 "Grünwald": "gruenwald"},
        "measure": {"life-expectancy": "life-expectancy", "Life expectancy": "life-expectancy"},
        "group": {"duchies": "duchies"},
        "standard": {"change": "change", "level": "level"},
        "source": {"almanac": "almanac"},
        "event": {"famine-1911": "famine-1911"},
    }  # fmt: skip

    def unit(self, name: str, year: int | None = None) -> str | None:
        if name == "Zenda":
            return "old-zenda" if year is not None and year < 1918 else "new-zenda"
        return self.names["unit"].get(name)

    def measure(self, name: str) -> str | None:
        return self.names["measure"].get(name)

    def group(self, name: str) -> str | None:
        return self.names["group"].get(name)

    def standard(self, name: str) -> str | None:
        return self.names["standard"].get(name)

    def source(self, name: str) -> str | None:
        return self.names["source"].get(name)

    def event(self, name: str) -> str | None:
        return self.names["event"].get(name)

    def closest(self, name: str, n: int = 3, *, kind: str | None = None) -> list[str]:
        return closest_words(name, self.names[kind or "unit"], n)


@pytest.fixture
def vocabulary() -> FewNames:
    return FewNames()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the small text, and a casefile with these lines, and says where the casefile is."""

    def written(lines: str) -> Path:
        (tmp_path / "essay.txt").write_text(TEXT, encoding="utf-8")
        path = tmp_path / "essay.case.yaml"
        path.write_text(lines, encoding="utf-8")
        return path

    return written


@pytest.fixture
def complaints(write: Write) -> Callable[..., list[str]]:
    """What is said of a casefile with these lines: each problem as printed, the folder left out."""

    def said(lines: str, vocabulary: FewNames | None = None) -> list[str]:
        path = write(lines)
        with pytest.raises(BadInputError) as caught:
            load(path, vocabulary)
        return [str(problem).replace(f"{path.parent}/", "") for problem in caught.value.problems]

    return said
