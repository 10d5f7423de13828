"""A question answered: how it was understood, three sentences, one small chart, and all that stands behind them."""

import html
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from evenhand.asking import telling
from evenhand.asking.reading import understand
from evenhand.asking.settle import settle
from evenhand.asking.understood import Lack, Understood
from evenhand.audit.comparison import judge, sentence_of
from evenhand.audit.leaders import is_leader, open_leaders
from evenhand.audit.opening import Opened, open_comparison
from evenhand.case import Against, Claim, OpenComparison, Peers, Subject, Window
from evenhand.catalog import Catalog
from evenhand.model import Finding
from evenhand.text import Span

RULES = ("all", "region", "nearest")
CHART = 30
RANDOM_GROUPS = 99
"""A group is set beside so many random ones, where an audit takes 999: the share is the same, and nobody waits."""


@dataclass(frozen=True, slots=True)
class Answer:
    """question: as asked. understood: how it was read, nothing left open. finding: the whole finding, as an audit has it.

    sentences: the three of the answer. In a notebook it shows itself.
    """

    question: str
    understood: Understood
    finding: Finding
    sentences: tuple[str, str, str]
    opened: Opened = field(repr=False)
    catalog: Catalog = field(repr=False)

    @property
    def reading(self) -> tuple[str, ...]:
        """How the question was understood, in lines."""
        return telling.reading(self.understood, self.opened, self.catalog)

    @property
    def chart(self) -> tuple[str, ...]:
        """The subject among the others, as bars; nothing where it could not be judged."""
        from evenhand.report.terminal import bars  # noqa: PLC0415 - the page's packages take time to load

        shown = self.finding.comparison
        if shown is None:
            return ()
        up, signed = self.opened.higher_favoured, not self.opened.level
        return tuple(bars(shown, up=up, signed=signed, width=CHART, around=1, ends=2))

    def html(self) -> str:
        """The card of this question on a page of its own: what `evenhand audit` makes of it as a casefile."""
        from evenhand.asking.saving import write_case  # noqa: PLC0415
        from evenhand.audit import audit, open_case  # noqa: PLC0415
        from evenhand.report import page  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as folder:
            case, catalog = open_case(write_case(self, Path(folder) / "question.case.yaml"), catalog=self.catalog)
            return page(audit(case, catalog))

    def save(self, path: str | Path, *, quote: str | None = None) -> Path:
        """Appends the question to a casefile, or makes one; see :func:`evenhand.asking.saving.save`."""
        from evenhand.asking.saving import save  # noqa: PLC0415

        return save(self, Path(path), quote=quote)

    def json(self) -> dict[str, Any]:
        """As ``evenhand ask --json`` prints it."""
        from evenhand.report import finding_json  # noqa: PLC0415

        return {
            "question": self.question,
            "understood": telling.understood_json(self.understood, self.opened),
            "answer": list(self.sentences),
            "finding": finding_json(self.finding),
        }

    def __str__(self) -> str:
        lines = [*self.reading, "", *self.sentences]
        lines += ["", *self.chart] if self.chart else []
        return "\n".join([*lines, "", *telling.beside(self.finding)])

    def _repr_html_(self) -> str:
        """For notebooks: the reading, the three sentences, the chart."""
        read = "".join(f"<div>{html.escape(line)}</div>" for line in self.reading)
        said = " ".join(html.escape(sentence) for sentence in self.sentences)
        rows = "\n".join(html.escape(line) for line in self.chart)
        chart = f'<pre style="line-height:1.2;overflow-x:auto">{rows}</pre>' if rows else ""
        aside = "".join(f"<div>{html.escape(line)}</div>" for line in telling.beside(self.finding))
        return (
            f'<div class="evenhand-answer" style="max-width:46em"><div style="opacity:.75;font-size:90%">{read}</div>'
            f'<p>{said}</p>{chart}<div style="opacity:.75;font-size:85%">{aside}</div></div>'
        )


def ask(question: str, *, catalog: Catalog | None = None, yes: bool = True, **answers: str) -> Answer:
    """Answers one question: ``ask("Cuba cut infant mortality more than comparable countries, 1960 to 1990")``.

    What the question leaves open may be given by name (``window="1960-1990"``, ``peers="region"``, ``measure=``,
    ``within=``, ``direction=``, ``subject=``); else, with ``yes``, the standing choice is taken, and ``Answer.reading``
    says so. Raises BadInputError where the question cannot be asked of figures, with the reason; without ``yes`` also
    where something is missing.
    """
    catalog = catalog or Catalog.open()
    understood = understand(question, catalog)
    given: Mapping[Lack, str] = {what: str(value) for what, value in answers.items()}  # type: ignore[misc]
    telling.check_answers(given)
    if not yes:
        telling.check_whole(understood, given)
    return answer(settle(understood, given, catalog), catalog)


def answer(understood: Understood, catalog: Catalog, progress: Callable[[int, int], None] | None = None) -> Answer:
    """The answer to a question with nothing left open. progress: called with (done, total) ways of comparing."""
    comparison = comparison_of(understood, catalog)
    leaders = is_leader(comparison, catalog)
    opened = open_leaders(comparison, catalog) if leaders else open_comparison(comparison, catalog)
    if opened.is_group:
        opened = replace(opened, plan=replace(opened.plan, placebos=RANDOM_GROUPS, regional=RANDOM_GROUPS // 2))
    claim = Claim("q1", "comparison", understood.question, Span(0, 0), 0, reads=sentence_of(opened), open=comparison)
    finding, _ = judge(opened, claim, None, progress=progress)
    return Answer(understood.question, understood, finding, telling.sentences(finding, opened), opened, catalog)


def comparison_of(u: Understood, catalog: Catalog) -> OpenComparison:
    """The open comparison that a question asks."""
    window = Window(*u.window) if u.window else None
    return OpenComparison(_subject(u, catalog), _against(u, catalog), u.measure, u.form, window, u.rule)


def _subject(u: Understood, catalog: Catalog) -> Subject:
    if len(u.subjects) > 1:
        return Subject(units=u.subjects)
    (id_,) = u.subjects
    return Subject(group=id_) if catalog.has_group(id_) else Subject(unit=id_)


def _against(u: Understood, catalog: Catalog) -> Against | None:
    if u.form.name in {"rose", "fell"}:
        return Against(peers=Peers("all"))
    if len(u.against) > 1:
        return Against(peers=Peers("list", units=u.against))
    (one,) = u.against
    if one in RULES:
        return Against(peers=Peers(one))  # type: ignore[arg-type]
    return Against(group=one) if catalog.has_group(one) else Against(unit=one)
