"""One hue, no red and no green, each colour written once and the same for every side."""

import colorsys
import re
from pathlib import Path

import evenhand.report
from evenhand.report.charts.plot import SENTINELS

TEMPLATES = Path(evenhand.report.__file__).parent / "templates"
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")


def hue_and_saturation(colour: str) -> tuple[float, float]:
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    return hue * 360, saturation


def test_colours_are_blue_or_grey():
    for sheet in ("colours.css", "print.css"):
        for colour in HEX.findall((TEMPLATES / sheet).read_text(encoding="utf-8")):
            hue, saturation = hue_and_saturation(colour)
            red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
            grey = max(red, green, blue) - min(red, green, blue) <= 12
            assert grey or 205 <= hue <= 250, (sheet, colour, hue, saturation)


def test_colours_are_written_in_one_place():
    for path in [*TEMPLATES.rglob("*.jinja"), TEMPLATES / "page.css", TEMPLATES / "cards.css", TEMPLATES / "index.css"]:
        text = path.read_text(encoding="utf-8")
        found = [c for c in HEX.findall(text) if not re.search(rf'(?:href="|url\(){re.escape(c)}', text)]
        assert not found, (path.name, found)
        assert not re.search(r"\b(?:rgba?|hsla?)\(|:\s*(?:red|green|crimson|lime|orange|yellow)\b", text), path.name


def test_light_and_dark_name_the_same_colours():
    light, dark = (TEMPLATES / "colours.css").read_text(encoding="utf-8").split("@media", 1)
    printed = (TEMPLATES / "print.css").read_text(encoding="utf-8")
    names = set(re.findall(r"(--[a-z-]+):", light))
    assert set(re.findall(r"(--[a-z-]+):", dark)) == names
    assert set(re.findall(r"(--[a-z-]+):", printed)) >= names - {"--focus"}
    assert {f"--chart-{ink}" for ink in SENTINELS} <= names


def test_every_colour_used_is_defined():
    defined = set(re.findall(r"(--[a-z-]+):", (TEMPLATES / "colours.css").read_text(encoding="utf-8")))
    for path in [*TEMPLATES.rglob("*.jinja"), *TEMPLATES.glob("*.css")]:
        assert set(re.findall(r"var\((--[a-z-]+)\)", path.read_text(encoding="utf-8"))) <= defined, path.name
