"""A study in words: lines for a terminal, a table for a notebook."""

from html import escape
from itertools import chain

import numpy as np

from evenhand.compare.fits import Fits, FittingStandard
from evenhand.compare.placebo import Standing
from evenhand.compare.refit import reads_predictors
from evenhand.compare.size import Quartiles, Size
from evenhand.compare.study import Study
from evenhand.model import BadInputError

Row = tuple[str, str, str]
SLOW = frozenset({"matrix-completion"})
NOT_A_CHANCE = "None of these is the chance that nothing happened."
HEAD = ("asked", "answer", "how often it rejects when nothing happened")


def summary(study: Study) -> str:
    """The result in plain lines."""
    lines = [title(study), ""]
    for what, answer, beside in rows(study):
        lines.append(f"  {what + ':':<26} {answer}")
        if beside:
            lines.append(f"  {'':<26} {beside.replace('<b>', '[').replace('</b>', ']')}")
    lines += ["", *(f"  Note. {note}" for note in study.notes), f"  {NOT_A_CHANCE}"]
    return "\n".join(lines)


def html(study: Study) -> str:
    """The result as a table; the subject's quarter in bold."""
    head = "".join(f"<th style='text-align:left'>{cell}</th>" for cell in HEAD)
    body = "".join(
        f"<tr><td style='text-align:left'>{escape(what)}</td><td style='text-align:left'>{escape(answer)}</td>"
        f"<td style='text-align:left'>{_safe(beside)}</td></tr>"
        for what, answer, beside in rows(study)
    )
    notes = "".join(f"<p>{escape(note)}</p>" for note in (*study.notes, NOT_A_CHANCE))
    return (
        f"<p><b>{escape(title(study))}</b></p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"
    )


def title(study: Study) -> str:
    """Who, by what, when."""
    w = study.window
    return f"{study.subject} from {w.event}, by {study.standard.name}: {w.start} to {w.end}, {len(study.panel.units)} units"


def rows(study: Study) -> list[Row]:
    """What was asked, the answer, and what stands beside it."""
    effect: list[Row] = [("effect", f"{_number(study.effect())} (mean from {study.window.event} on)", "")]
    if not isinstance(study.standard, FittingStandard):
        return [*effect, *_places(study, "effect")]
    if study.standard.name in SLOW or reads_predictors(study.standard):
        return list(chain(effect, _fit(study), _bare_places(study)))
    return list(chain(effect, _fit(study), _places(study, "effect"), _places(study, "ratio"), _further(study)))


def _fit(study: Study) -> list[Row]:
    found = study.fits()
    u = study.panel.units.index(study.subject)
    made: list[Row] = [("error before, after", f"{_number(found.pre_error[u])}, {_number(found.post_error[u])}", "")]
    if found.weights is not None:
        donors = study.donors()
        named = ", ".join(f"{name} {weight:.3f}" for name, weight in donors[:6])
        made.append(("donors", named + (f" and {len(donors) - 6} more" if len(donors) > 6 else ""), ""))
    if not found.unique[u]:
        made.append(("weights", f"not unique; over all optimal ones the effect is {_range(found, u)}", ""))
    return made


def _places(study: Study, by: str) -> list[Row]:
    if by == "ratio" and not np.isfinite(study.placebo("ratio").statistic[study.panel.units.index(study.subject)]):
        return [("place by ratio", "none: before the event the fit is perfect", "")]
    at = study.placebo("ratio" if by == "ratio" else "effect").at(study.subject)
    try:
        measured = study.size("ratio" if by == "ratio" else "effect")
    except BadInputError as error:
        return [(f"place by {by}", _place(at), f"not known: {error}")]
    made: list[Row] = [(f"place by {by}", _place(at), _quarters(measured))]
    if at.p_region is not None:
        made.append(("by whole regions", f"p = {at.p_region:.3f}", ""))
    if measured.power.up is not None:
        made.append((f"found in 80 % by {by}", _power(measured), ""))
    return made


def _bare_places(study: Study) -> list[Row]:
    """Of a rule that takes long to fit: what one sweep over all units tells, and how to ask for the rest."""
    later = "not computed by itself, as each fit takes long: ask size(), leave_two_out() and placebo_errors()"
    return [
        (f"place by {by}", _place(study.placebo("ratio" if by == "ratio" else "effect").at(study.subject)), later)
        for by in ("effect", "ratio")
    ]


def _further(study: Study) -> list[Row]:
    made: list[Row] = []
    measured = study.size("ratio")
    two = study.leave_two_out()
    u = study.panel.units.index(study.subject)
    if two.pairs[u]:
        bound = two.guaranteed(study.subject)
        told = f"such a p, or a smaller one, in at most {bound:.3f} if each unit was as likely to be exposed"
        made.append(("leave two out", f"p = {two.p[u]:.3f} ({two.not_first[u]} of {two.pairs[u]} pairs)", told))
    if study.can_be_conformal():
        found = study.conformal()
        p, low, high = found.at(study.subject)
        rate = measured.conformal
        told = (
            f"{rate.share:.3f} at {rate.nominal:g}, over all units"
            if rate is not None and rate.share is not None
            else ""
        )
        holes = "" if found.whole[u] else ", though not all between"
        span = f"{_number(low)} to {_number(high)}{holes}" if np.isfinite([low, high]).any() else "every effect"
        made.append(("conformal", f"p = {p:.3f}, compatible at 90 %: {span}", told))
    errors = study.placebo_errors()
    if not np.isnan(errors.errors[u]):
        low, high = errors.interval(study.subject, 0.9)
        rate = measured.interval
        told = (f"synthetic-did's: {rate.share:.3f} at {rate.nominal:g}, over all units"
                if rate is not None and rate.share is not None else "")  # fmt: skip
        made.append(("placebo error", f"{_number(errors.errors[u])}, 90 % {_number(low)} to {_number(high)}", told))
    return made


def _place(at: Standing) -> str:
    return f"{at.rank} of {at.of}, p = {at.p:.3f}"


def _quarters(measured: Size) -> str:
    """Only what is not exact by construction: by quarters."""
    told = [_quarter(one) for one in measured.quartiles]
    inside = [_quarter(one) for one in measured.exposed_in]
    both = f"; with exposed donors: {', '.join(inside)}" if inside and inside != told else ""
    return f"at {measured.level:g} by quarters of {'; '.join(told)}{both}"


def _quarter(one: Quartiles) -> str:
    cells = ["–" if rate is None else f"{rate:.2f}" for rate in one.rates]
    if one.subject is not None:
        cells[one.subject] = f"<b>{cells[one.subject]}</b>"
    return f"{one.by} {' '.join(cells)}"


def _power(measured: Size) -> str:
    up, down = measured.power.up, measured.power.down
    if up is None or down is None or not np.isfinite([up, down]).any():
        return f"no effect, however large, reaches {measured.level:g}"
    return f"a rise of {_number(up)}, a fall of {_number(down)} (at {measured.level:g})"


def _range(found: Fits, u: int) -> str:
    return f"{_number(found.ranges[u, 0])} to {_number(found.ranges[u, 1])}"


def _number(value: float) -> str:
    if not np.isfinite(value):
        return "without limit" if np.isinf(value) else "–"
    return f"{value:.4g}".replace("-", "−")


def _safe(text: str) -> str:
    return escape(text).replace("&lt;b&gt;", "<b>").replace("&lt;/b&gt;", "</b>")
