"""What the formats of arguments need of a case."""

from evenhand.argue import Graph
from evenhand.exchange.material import Material
from evenhand.model import BadInputError

LINKS = "add `links:` to the casefile, each with id, from, to, and kind: support or attack"


def argument_graph(material: Material) -> Graph:
    """The argument of the case. Raises BadInputError where its casefile links nothing."""
    found = material.found.argument
    if found is None:
        raise BadInputError("this casefile links no claims", hint=LINKS, where=str(material.case.path))
    return found.graph


def verdicts(material: Material) -> dict[str, str]:
    """What was found of each claim, in words."""
    return {claim.id: claim.finding.verdict for claim in material.found.claims}
