"""``evenhand draft --llm`` as a real process, against a real HTTP server on this machine that misbehaves."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.case import load

pytest.importorskip("openai")

spec = importlib.util.spec_from_file_location(
    "misbehaving_server_of_the_command", Path(__file__).parents[1] / "text" / "proposing" / "server.py"
)
server = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = server
spec.loader.exec_module(server)

TEXT = "Cuba did better than Haiti. They say so, and the bells rang.\n"
OWN = server.claims(server.claim("the bells rang", "event"), server.claim("the bells sang", "event"))


@pytest.fixture
def draft(tmp_path):
    (tmp_path / "essay.txt").write_text(TEXT, encoding="utf-8")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("OPENAI")} | {
        "EVENHAND_HOME": str(tmp_path / "home")
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "evenhand", "draft", str(tmp_path / "essay.txt"), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    return run


def test_both_drafts_are_in_one_casefile_that_says_who_drafted_what(draft, tmp_path):
    with server.serving(content=OWN) as endpoint:
        ran = draft("--llm", "tiny", "--base-url", endpoint.url)
        assert ran.returncode == 0, ran.stderr
        assert f"sending {len(TEXT)} characters to {endpoint.url} (tiny)" in ran.stderr
        assert "1 (its quote is not in the text to the letter)" in ran.stdout
        case = load(tmp_path / "essay.case.yaml")
        by = {claim.quote: (claim.by.who, claim.by.name) for claim in case.claims}
        assert by["Cuba did better than Haiti"] == ("rule", "comparative-than")
        assert all(claim.by.when for claim in case.claims if claim.by.who == "model")
        first = draft("--llm", "tiny", "--base-url", endpoint.url, "--json", "-")
        again = draft("--llm", "tiny", "--base-url", endpoint.url, "--json", "-")
    assert first.stdout == again.stdout
    assert len(endpoint.asked) == 1
    account = json.loads(first.stdout)["model"]
    assert (account["kept"], account["asked"], account["proposed"]) == (1, 0, 2)


def test_where_the_model_fails_the_rules_draft_is_saved(draft, tmp_path):
    with server.serving(status=[401] * 9) as endpoint:
        ran = draft("--llm", "tiny", "--base-url", endpoint.url)
        assert ran.returncode == 2
        assert "refuses the key" in ran.stderr
        assert "the rules' draft is saved" in ran.stderr
        assert "Traceback" not in ran.stderr
        assert load(tmp_path / "essay.case.yaml").claims
        printed = draft("--llm", "tiny", "--base-url", endpoint.url, "--json", "-")
    assert printed.returncode == 2
    found = json.loads(printed.stdout)
    assert found["claims"]
    assert "refuses the key" in found["model"]["failed"]
    assert "the rules' claims alone" in printed.stderr


def test_an_update_adds_the_model_s_own_and_touches_nothing(draft, tmp_path):
    assert draft().returncode == 0
    case = tmp_path / "essay.case.yaml"
    case.write_text(case.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    before = len(load(case).claims)
    with server.serving(content=server.claims(server.claim("They say", "consensus"))) as endpoint:
        ran = draft("--update", "--llm", "tiny", "--base-url", endpoint.url)
    assert ran.returncode == 0, ran.stderr
    assert "# mine" in case.read_text(encoding="utf-8")
    assert len(load(case).claims) == before + 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--llm", "gpt-x"), "OpenAI's endpoint needs a key"),
        (("--base-url", "http://localhost:1"), "name it with --llm"),
        (("--llm", "m", "--base-url", "localhost"), "is no address"),
    ],
)
def test_what_can_never_be_asked_is_said_before_anything_is_written(draft, tmp_path, words, said):
    ran = draft(*words)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert not (tmp_path / "essay.case.yaml").exists()
