"""Answers of models, kept by the content of what was asked: a second run is the same and costs nothing."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from evenhand.files import make_folders, write_text
from evenhand.text.proposing.contract import SCHEMA, Question

FORM = 1
HINT = "set EVENHAND_HOME to another folder"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said. when: the day, in ISO form; kept: it was read from the folder and not asked for."""

    content: str
    when: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """A folder of answers, one file for each question; None keeps nothing."""

    folder: Path | None

    def key(self, model: str, base_url: str, question: Question) -> str:
        """The name of an answer: a digest of all that it depends on."""
        asked = json.dumps([FORM, model, base_url, question.system, question.user, SCHEMA], ensure_ascii=False)
        return hashlib.sha256(asked.encode()).hexdigest()

    def get(self, key: str) -> Answer | None:
        """The answer of that name; None where there is none, or none that can be read."""
        if self.folder is None:
            return None
        try:
            held = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            return Answer(str(held["content"]), str(held["when"]), kept=True)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, answer: Answer, model: str) -> None:
        """Keeps an answer: written beside its place and moved there, so that no half of one is ever read."""
        if self.folder is None:
            return
        text = json.dumps(
            {"model": model, "when": answer.when, "content": answer.content}, ensure_ascii=False, indent=1
        )
        make_folders(self.folder, hint=HINT)
        write_text(text, self.folder / f"{key}.json", cannot="answers cannot be kept", hint=HINT)
