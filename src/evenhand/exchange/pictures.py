"""Page and map as PDF and PNG, for teaching. The page is printed by a Chromium of this machine, offline."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from evenhand.exchange.material import Exported, Material
from evenhand.model import BadInputError
from evenhand.report import page

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge",
    "brave-browser",
)  # fmt: skip
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
VARIABLE = "EVENHAND_BROWSER"
WIDTH, TALLEST, ENOUGH = 1280, 16_000, 120
MEASURE = "<script>document.documentElement.dataset.tall=document.documentElement.scrollHeight</script>"


def page_pdf(material: Material, stem: str) -> Exported:
    """The page as it prints. Raises BadInputError where there is no Chromium."""
    browser = find_browser()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _written(folder, page(material.found))
        _run(browser, folder, [f"--print-to-pdf={folder / 'page.pdf'}", "--no-pdf-header-footer", source.as_uri()])
        return Exported({f"{stem}.pdf": _made(folder / "page.pdf", browser)}, ("what is folded away on the page",))


def page_png(material: Material, stem: str) -> Exported:
    """The page as one tall picture, 1,280 pixels wide; what is below 16,000 pixels is not in it."""
    browser = find_browser()
    html = page(material.found)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tall = _height(browser, folder, html)
        shown = min(tall, TALLEST)
        source = _written(folder, html)
        size = f"--window-size={WIDTH},{shown}"
        _run(browser, folder, [f"--screenshot={folder / 'page.png'}", size, "--hide-scrollbars", source.as_uri()])
        lost = ["links, and what is folded away on the page"]
        if tall > shown:
            lost.append(f"the page below {shown:,} of its {tall:,} pixels (--to page-pdf has all of it)")
        return Exported({f"{stem}.png": _made(folder / "page.png", browser)}, tuple(lost))


def find_browser() -> str:
    """A Chromium of this machine: what EVENHAND_BROWSER names, else the first that is found."""
    named = os.environ.get(VARIABLE)
    if named:
        asked = shutil.which(named)
        if asked is None:
            raise BadInputError(
                f"{VARIABLE} names {named!r}, which is no program here", hint="name a Chromium or Chrome"
            )
        return asked
    places = (*BROWSERS, *(MAC if sys.platform == "darwin" else ()), *(WINDOWS if sys.platform == "win32" else ()))
    found: str | None = next((path for place in places if (path := shutil.which(place))), None)
    if found is None:
        hint = f"install one, name it in {VARIABLE}, or open the page that `evenhand audit` writes and print it"
        raise BadInputError(
            "no Chromium, Chrome or Edge was found on this machine, and the page is printed by one", hint=hint
        )
    return found


def _height(browser: str, folder: Path, html: str) -> int:
    """How tall the page is at this width: asked of a copy that may run one line of script."""
    start = html.index('<meta http-equiv="Content-Security-Policy"')
    end = html.index(">", start) + 1
    source = _written(folder, html[:start] + html[end:].replace("</body>", f"{MEASURE}</body>"), "measured.html")
    said = _run(browser, folder, [f"--window-size={WIDTH},1000", "--dump-dom", source.as_uri()])
    marked = said.partition('data-tall="')[2].partition('"')[0]
    return int(marked) if marked.isdigit() else TALLEST


def _written(folder: Path, html: str, name: str = "page.html") -> Path:
    path = folder / name
    path.write_text(html, encoding="utf-8")
    return path


def _run(browser: str, folder: Path, arguments: list[str]) -> str:
    """Runs the browser with a profile of its own; it asks the network for nothing."""
    fixed = [
        "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", f"--user-data-dir={folder / 'profile'}",
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        fixed.append("--no-sandbox")  # Chromium refuses to run as root otherwise
    try:
        ran = subprocess.run([browser, *fixed, *arguments], capture_output=True, timeout=ENOUGH, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(browser, str(error)) from error
    return ran.stdout.decode("utf-8", "replace")


def _made(path: Path, browser: str) -> bytes:
    if not path.is_file():
        raise _failed(browser, "it wrote nothing")
    return path.read_bytes()


def _failed(browser: str, why: str) -> BadInputError:
    return BadInputError(f"{browser} could not draw the page: {why}", hint=f"try another browser in {VARIABLE}")
