"""Audits arguments that judge one side against another: one rule for every side."""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "ask"]


def ask(question: str, *, yes: bool = True, **answers: str) -> Any:
    """Answers one question in plain words: ``evenhand.ask("Cuba cut infant mortality more than Haiti, 1960 to 1990")``.

    Gives an :class:`evenhand.asking.Answer`, which shows itself in a notebook: ``understood``, ``finding``, ``sentences``,
    ``chart``, ``html()``, ``save(casefile)``. What the question leaves open may be given by name (``window="1960-1990"``,
    ``peers="region"``); else the standing choice is taken and said, or, with ``yes=False``, is an error. ``catalog``: other
    figures than the built-in ones and your own. Raises BadInputError where figures cannot answer it, with the reason.
    """
    # Imported when it is called: `import evenhand` takes no time, and the engines below know nothing of questions.
    return import_module("evenhand.asking").ask(question, yes=yes, **answers)
