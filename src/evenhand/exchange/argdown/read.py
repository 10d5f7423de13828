"""An Argdown map as claims and links.

A statement is a claim. A reconstructed argument is a link for each of its steps, whose premises work together; one that is
only sketched is a claim of its own. A relation from a reconstructed argument is one from its conclusion; an undercut, or
an attack on such an argument, is an attack on its last step. Contradictions are attacks both ways.
"""

from collections.abc import Iterator

from evenhand.exchange.argdown.parse import parse
from evenhand.exchange.argdown.parts import ArgdownMap, Argument, Ref, Relation
from evenhand.exchange.imported import Ids, Imported, ImportedClaim, ImportedLink, unique
from evenhand.exchange.schemes import scheme_of


def read_argdown(text: str, where: str) -> Imported:
    """Raises BadInputError with line and column where it is no Argdown."""
    return _Reading(parse(text, where), where).imported()


class _Reading:
    def __init__(self, found: ArgdownMap, where: str) -> None:
        self.map, self.where = found, where
        self.ids = Ids()
        self.links: list[ImportedLink] = []
        self.single: set[tuple[str, str, str]] = set()
        self.from_claim: dict[str, list[str]] = {}
        self.lost: list[str] = []
        self.claim_of: dict[Ref, str] = {}
        self.steps_of: dict[str, list[str]] = {}
        self.written: dict[str, str] = {}

    def imported(self) -> Imported:
        claims = [*self.statements(), *self.sketches()]
        for argument in self.map.arguments.values():
            self.argument(argument)
        undercuts = []
        for relation in self.map.relations:
            if self.needs_links(relation):
                undercuts.append(relation)
            else:
                self.relation(relation)
        for relation in undercuts:
            self.onto_links(relation)
        front = self.map.front
        author = front.get("author", "")
        names = [str(name) for name in author] if isinstance(author, list) else [str(author)]
        return Imported(
            tuple(claims), tuple(self.links), _line(front.get("title", "")), _line(", ".join(filter(None, names))),
            (*self.lost, *self.also_lost()),
        )  # fmt: skip

    def statements(self) -> Iterator[ImportedClaim]:
        for number, (title, found) in enumerate(self.map.statements.items(), 1):
            name = title if found.named else ""
            made = self.ids.keep(name, f"s{number}") if name else self.ids.of("", f"s{number}")
            self.claim_of[Ref("statement", title)] = made
            yield ImportedClaim(made, title, found.text or title)

    def sketches(self) -> Iterator[ImportedClaim]:
        """Arguments without steps are claims, save those that this program wrote for a link."""
        for number, (title, found) in enumerate(self.map.arguments.items(), 1):
            if found.steps or _is_link(found):
                continue
            made = self.ids.of(title, f"a{number}")
            self.claim_of[Ref("argument", title)] = made
            yield ImportedClaim(made, title, found.text or title)

    def argument(self, argument: Argument) -> None:
        self.steps_of[argument.title] = []
        if _is_link(argument) and not argument.steps:
            self.attack_with_name(argument)
            return
        for k, step in enumerate(argument.steps):
            given = argument.data.get("link") if len(argument.steps) == 1 else None
            made = (
                self.ids.keep(str(given or argument.title), "l")
                if k == 0
                else self.ids.of(f"{argument.title} {k + 1}", "l")
            )
            sources = unique(self.claim_of[Ref("statement", premise)] for premise in step.premises)
            target = self.claim_of[Ref("statement", step.conclusion)]
            scheme = scheme_of(step.rules)
            if step.rules and scheme is None:
                self.lost.append(
                    f"{self.where}:{step.place[0]}: the rule “{', '.join(step.rules)}” of <{argument.title}>"
                )
            self.keep(ImportedLink(made, sources, target, "support", len(sources) > 1, scheme))
            self.steps_of[argument.title].append(made)

    def attack_with_name(self, argument: Argument) -> None:
        """An attack that was written as an argument so that it has a name: its sources are what supports it."""
        here = Ref("argument", argument.title)
        onto = [r for r in self.map.relations if r.source == here and r.kind in {"attack", "undercut"}]
        sources = unique(
            self.claim_of[r.source]
            for r in self.map.relations
            if r.target == here and r.kind == "support" and r.source in self.claim_of
        )
        if len(onto) == 1 and sources:
            made = self.ids.keep(str(argument.data["link"]), "l")
            self.steps_of[argument.title] = [made]
            self.written[argument.title] = made
            joint = bool(argument.data.get("joint")) and len(sources) > 1
            scheme = scheme_of((str(argument.data.get("scheme", "")),))
            target = self.claim_of.get(onto[0].target, f"\0{onto[0].target.title}")
            self.keep(ImportedLink(made, sources, target, "attack", joint, scheme))

    def needs_links(self, relation: Relation) -> bool:
        return relation.kind == "undercut" or relation.target not in self.claim_of

    def source(self, ref: Ref) -> str | None:
        """The claim that a relation comes from; of a reconstructed argument, its conclusion."""
        if ref in self.claim_of:
            return self.claim_of[ref]
        argument = self.map.arguments[ref.title]
        return self.claim_of[Ref("statement", argument.steps[-1].conclusion)] if argument.steps else None

    def relation(self, relation: Relation) -> None:
        source, target = self.source(relation.source), self.claim_of[relation.target]
        if source is None or relation.source.title in self.written:
            return
        if source == target:
            if relation.kind != "support":
                self.lose(relation, "a claim that attacks itself by its own conclusion")
            return
        kind = "support" if relation.kind == "support" else "attack"
        self.add(source, target, kind)
        if relation.kind == "contradiction":
            self.add(target, source, kind)

    def add(self, source: str, target: str, kind: str) -> None:
        if (source, target, kind) not in self.single:
            self.keep(ImportedLink(self.ids.of(f"{source} {kind}s {target}", "l"), (source,), target, kind))

    def keep(self, link: ImportedLink) -> None:
        """One more link, with what is asked of links later."""
        self.links.append(link)
        if len(link.sources) == 1:
            self.single.add((link.sources[0], link.target, link.kind))
        for source in link.sources:
            self.from_claim.setdefault(source, []).append(link.id)

    def onto_links(self, relation: Relation) -> None:
        """An undercut, or a relation to a reconstructed argument: onto its last step, or onto what a sketch leads to."""
        if relation.source.title in self.written or (
            relation.target.title in self.written and relation.kind == "support"
        ):
            self.finish(relation)
            return
        if relation.kind == "support":
            message = f"<{relation.target.title}> is reconstructed, and Argdown does not say which premise is supported"
            self.lose(relation, message)
            return
        source = self.source(relation.source)
        steps = self.steps_of.get(relation.target.title, [])[-1:]
        claim = self.claim_of.get(relation.target)
        onto = steps or list(self.from_claim.get(claim or "", ()))
        if not onto or source is None:
            self.lose(relation, "there is no step that it could be against")
            return
        for name in onto:
            self.add(source, name, "attack")

    def finish(self, relation: Relation) -> None:
        """The target of a named attack that is itself a link."""
        made = self.written.get(relation.source.title)
        for k, link in enumerate(self.links):
            if link.id == made and link.target.startswith("\0"):
                target = (self.steps_of.get(relation.target.title) or [""])[-1]
                self.links[k] = ImportedLink(link.id, link.sources, target, link.kind, link.joint, link.scheme)

    def lose(self, relation: Relation, why: str) -> None:
        line, column = relation.place
        self.lost.append(f"{self.where}:{line}:{column}: {relation.kind} of {relation.target.title!r}: {why}")

    def also_lost(self) -> Iterator[str]:
        """Other wordings, gists of reconstructed arguments, and data of others."""
        for found in (*self.map.statements.values(), *self.map.arguments.values()):
            for text in found.texts:
                yield f"{self.where}:{found.place[0]}: another wording of “{found.title}”: {text[:60]}"
        for argument in self.map.arguments.values():
            if argument.steps and argument.text and not _is_link(argument):
                yield f"{self.where}:{argument.place[0]}: the gist of <{argument.title}>: {argument.text[:60]}"
        tags = unique(
            tag for found in (*self.map.statements.values(), *self.map.arguments.values()) for tag in found.tags
        )
        if tags:
            yield f"{self.where}: the tags {', '.join(tags)}"
        if self.map.headings:
            yield f"{self.where}: the headings, which group statements: {', '.join(self.map.headings)}"


def _is_link(argument: Argument) -> bool:
    return "link" in argument.data


def _line(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""
