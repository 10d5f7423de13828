"""Lists of questions, and how what was understood is set against what should have been."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from evenhand.asking import NotUnderstoodError, Understood, understand
from evenhand.asking.coverage import shared_years
from evenhand.catalog import Catalog

FOLDER = Path(__file__).parent


def questions(name: str) -> list[dict[str, Any]]:
    return list(YAML(typ="safe").load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question. right: understood, or refused for the right reason. asked: right but for a word that is asked about.

    silent: understood otherwise than it should have been, with nothing asked about that.
    """

    question: str
    right: bool
    asked: bool
    silent: bool
    told: str


def outcome(entry: dict[str, Any], catalog: Catalog) -> Outcome:
    try:
        got = understand(entry["q"], catalog)
    except NotUnderstoodError as error:
        wanted = entry.get("no", [])
        wanted = [wanted] if isinstance(wanted, str) else wanted
        named = set(entry.get("names", [])) <= set(error.candidates)
        return Outcome(entry["q"], error.reason in wanted and named, False, False, f"refused, {error.reason}: {error}")
    told = str(shown(got))
    if "no" in entry:
        return Outcome(entry["q"], False, False, not got.missing, told)
    wrong = differences(entry, got, catalog)
    extra = {m.what for m in got.missing} - asks(entry)
    fields = wrong - {"asks", "says"}
    return Outcome(
        entry["q"],
        not wrong,
        wrong == {"asks"} and extra == {"words"},
        bool(fields) and not extra,
        f"{sorted(wrong)}: {told}",
    )


def asks(entry: dict[str, Any]) -> set[str]:
    wanted = entry.get("asks", [])
    return {wanted} if isinstance(wanted, str) else set(wanted)


def shown(u: Understood) -> dict[str, str]:
    form = u.form.name if u.form.name in {"rose", "fell", "same"} else f"{u.form.name} {u.form.direction}"
    if u.form.name == "by-at-least":
        form += f" x{u.form.ratio:g}" if u.form.ratio is not None else f" {u.form.margin:g}"
    window = "-" if u.leader else f"{u.window[0]}-{u.window[1]}" if u.window else "?"
    return {
        "subject": "+".join(u.subjects),
        "measure": u.measure,
        "form": form,
        "against": ",".join(u.against) or "-",
        "window": window,
        "rule": u.rule,
    }


def differences(entry: dict[str, Any], got: Understood, catalog: Catalog) -> set[str]:
    fields = [field.strip() for field in entry["is"].split(";")]
    names = ("subject", "measure", "form", "against", "window", "rule")
    wanted = dict(zip(names, [*fields, "change"] if len(fields) == 5 else fields, strict=True))
    if wanted["window"].endswith("last"):
        units = [u for u in (*got.subjects, *got.against) if u not in {"all", "region", "nearest"}]
        wanted["window"] = wanted["window"].replace("last", str(shared_years(wanted["measure"], units, catalog).last))
    has = shown(got)
    wrong = {name for name in names if wanted[name] != has[name] and not (name == "window" and wanted[name] == "?")}
    if {m.what for m in got.missing} != asks(entry):
        wrong.add("asks")
    said = " ".join([*got.notes, catalog.measure(got.measure).name]).casefold()
    if any(word.casefold() not in said for word in entry.get("says", [])):
        wrong.add("says")
    return wrong
