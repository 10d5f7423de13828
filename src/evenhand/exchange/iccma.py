"""The formats of the argumentation competition (ICCMA), out and in."""

from collections.abc import Callable

from evenhand.argue.iccma import Format, parse_iccma, write_iccma
from evenhand.exchange.imported import Ids, Imported, ImportedClaim, ImportedLink
from evenhand.exchange.material import Exported, Material
from evenhand.exchange.needs import argument_graph


def _writer(form: Format) -> Callable[[Material, str], Exported]:
    def export(material: Material, stem: str) -> Exported:
        text, lost = write_iccma(argument_graph(material), form)
        return Exported({f"{stem}.{form}": text}, lost)

    return export


to_af, to_apx, to_tgf = _writer("af"), _writer("apx"), _writer("tgf")


def read_iccma(text: str, where: str, form: Format) -> Imported:
    """A framework of attacks; its arguments have no words but their names."""
    graph = parse_iccma(text, form, where=where)
    ids = Ids()
    of = {node.id: ids.keep(node.id, "a") for node in graph.nodes}
    claims = tuple(ImportedClaim(of[node.id], node.id, f"Argument {node.id}") for node in graph.nodes)
    links = tuple(
        ImportedLink(ids.keep(link.id, "att"), tuple(of[s] for s in link.sources), of[link.target], "attack")
        for link in graph.links
    )
    return Imported(claims, links)
