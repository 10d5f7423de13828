"""What the pages on the engine say their code prints is what it prints."""

import contextlib
import io
import re
import shutil
from pathlib import Path

import pytest

from .inference_panels import BENCHMARKS

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = ["california.md", "how-to-own-panel.md", "how-to-several-treated.md", "how-to-which-p.md", "how-to-disagree.md"]
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDS = {"california.md": "california_prop99.csv"}


@pytest.mark.parametrize(
    "page", [pytest.param(page, marks=[pytest.mark.shared] if page in NEEDS else []) for page in PAGES]
)
def test_the_page_prints_what_it_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib").use("Agg")
    monkeypatch.chdir(tmp_path)
    if page in NEEDS:
        pytest.importorskip("pandas")
        if not (BENCHMARKS / NEEDS[page]).exists():
            pytest.skip(f"needs ../shared/benchmarks/{NEEDS[page]}")
        shutil.copy(BENCHMARKS / NEEDS[page], tmp_path)
    names: dict[str, object] = {}
    told = ""
    blocks = BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))
    assert sum(kind == "text" for kind, _ in blocks) >= 1
    for kind, text in blocks:
        if kind == "python":
            assert not told, "something printed is not shown"
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(compile(text, page, "exec"), names)  # noqa: S102 - our own page
            told = out.getvalue()
        else:
            assert told == text
            told = ""
    assert not told
