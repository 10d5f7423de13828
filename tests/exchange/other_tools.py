"""The other tools that read what we write; a test that needs one skips, and says so, where it is not installed."""

import subprocess
from pathlib import Path

import pytest

NPM = Path(__file__).parent / "npm"


def node_tool(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Runs one of the tools from npm; skips, and says so, where it is not there."""
    tool = NPM / "node_modules" / ".bin" / words[0]
    if not tool.exists():
        pytest.skip(f"{words[0]} is not installed: npm ci in tests/exchange/npm")
    return subprocess.run([str(tool), *words[1:]], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)


def node_script(script: str, *, cwd: Path) -> str:
    """Runs a script that may require the packages from npm."""
    if not (NPM / "node_modules" / "@citation-js").exists():
        pytest.skip("citation-js is not installed: npm ci in tests/exchange/npm")
    ran = subprocess.run(["node", "-e", script], cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
