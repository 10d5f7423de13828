"""``evenhand draft --llm``: a language model of the user's own beside the rules."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from evenhand.cli.progress import Progress

if TYPE_CHECKING:
    from evenhand.text import Document, Draft
    from evenhand.text.proposing import Account, Endpoint


@dataclass(frozen=True, slots=True)
class Asked:
    """The draft with the model's claims in it, and the account of them."""

    draft: "Draft"
    account: "Account"


def endpoint_of(model: str, base_url: str | None, timeout: float) -> "Endpoint":
    """The endpoint, checked before anything else is done: a missing key or library is said at once."""
    from evenhand.text.proposing import Endpoint
    from evenhand.text.proposing.endpoint import library

    found = Endpoint.of(model, base_url, timeout=timeout)
    library()
    return found


def ask(document: "Document", made: "Draft", endpoint: "Endpoint", progress: Progress) -> Asked:
    """Asks the model about a text and merges what it proposes with the rules' draft."""
    from evenhand.catalog.store import data_home
    from evenhand.text.proposing import Answers, merged, propose

    if not progress.quiet:
        click.echo(f"sending {len(document.text):,} characters to {endpoint.base_url} ({endpoint.model})", err=True)
    answers = Answers(data_home() / "answers")
    try:
        proposed = propose(
            document, endpoint, answers, progress=lambda done, total: progress("parts answered", done, total)
        )
    finally:
        progress.clear()
    return Asked(*merged(made, proposed))


def told(account: "Account") -> str:
    """What became of the model's proposals, for the terminal."""
    from evenhand.model.words import plural
    from evenhand.text.proposing.asking import told as told_thrown

    again = f" ({account.kept} of them answered before, and not asked again)" if account.kept else ""
    asked = f"{account.model}: {plural(account.asked + account.kept, 'part')} asked about{again}"
    became = f"{account.agreed} as the rules have it, {account.disagreed} otherwise (a question each), {account.added} of its own"
    lines = [f"{asked}, {plural(account.proposed, 'proposal')}: {became}."]
    if account.thrown:
        lines.append(f"thrown away: {told_thrown(account.thrown)}.")
    return "\n".join(lines)
