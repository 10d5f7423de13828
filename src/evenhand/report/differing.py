"""The page of ``evenhand diff``."""

from evenhand.audit.differ.result import CaseDiff, PairDiff
from evenhand.report.page import POLICY, environment


def diff_page(found: CaseDiff | PairDiff) -> str:
    """Where two casefiles part, as one page without a script."""
    return environment().get_template("diff.html.jinja").render(diff=found, policy=POLICY, most=40)
