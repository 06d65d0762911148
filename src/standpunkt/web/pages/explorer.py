"""What all pages are made from: one dossier, what follows from it, and the words for it."""

import threading
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TypeVar, cast

from pyoxigraph import NamedNode, Triple

from standpunkt import queries
from standpunkt.answer import Term
from standpunkt.errors import InconsistencyError
from standpunkt.explanation import Explainer, Explanation
from standpunkt.ground import Grounds
from standpunkt.namespaces import HOME, RDF, RDFS
from standpunkt.naming import Name, names
from standpunkt.queries import Question
from standpunkt.store import Result, Store
from standpunkt.web.site import Site
from standpunkt.wording import Wording

Made = TypeVar("Made")

_TYPE = NamedNode(RDF + "type")
_SUBCLASS = NamedNode(RDFS + "subClassOf")
# Answers and proofs kept: the pages of a dossier of some thousand nodes, and no more.
_KEPT = 2048
# Nemo's closure may neither be asked nor thrown away in a thread that did not make it: it ends with
# the thread, which each explorer has for itself.
_OF_THREAD = threading.local()


class Explorer:
    """A dossier, seen by its pages. Each thing is computed once, when a page first needs it."""

    def __init__(self, site: Site) -> None:
        """Take what is served.

        Raises `FileError` and `ParseError` as `turtle.read` does, and `DossierError` where the
        folder of the articles is missing.
        """
        self.site = site
        self.dossier = site.dossier
        self.store = site.store
        self.articles = site.articles
        self.grounds = Grounds(site.dossier, site.articles)
        self.grounds_without_texts = Grounds(site.dossier)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="standpunkt-why")
        self._explained: Callable[[Triple], Explanation] = lru_cache(_KEPT)(self._explain)
        self._answered = lru_cache(_KEPT)(self._answer)
        self._made: dict[Hashable, object] = {}

    def close(self) -> None:
        """End the thread of the proofs."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Give the saved questions by name; none where the dossier has none."""
        found = queries.questions(self.dossier) if self.dossier.files("queries") else []
        return MappingProxyType({question.name: question for question in found})

    @cached_property
    def names(self) -> Mapping[NamedNode, Name]:
        """Give all nodes that something is said of, and what they are called."""
        return MappingProxyType({name.node: name for name in names(self.store)})

    @cached_property
    def inferred(self) -> list[Triple] | None:
        """Give what follows from the dossier; `None` where it contradicts itself."""
        try:
            return self.site.inferred
        except InconsistencyError:
            return None

    def inferred_about(self, node: NamedNode) -> list[Triple]:
        """Give what follows with a node as subject or object."""
        return self.once(_by_node).get(node, [])

    def once(self, make: Callable[..., Made], *given: Hashable) -> Made:
        """Give what a function makes of the explorer and of what is given with it.

        It is made when it is first asked for; so what is given has to be of few.
        """
        key = (make, given)
        if key not in self._made:
            self._made[key] = make(self, *given)
        return cast("Made", self._made[key])

    def wording(self, language: str, question: Question | None = None) -> Wording:
        """Give the words of a language, and the columns' own words of a question."""
        return Wording(self.store, language, question.columns_de if question else {})

    def run(self, question: Question, language: str, parameters: Mapping[str, str]) -> Result:
        """Answer a saved question; raises what `queries.run` does."""
        return self._answered(question.name, language, tuple(sorted(parameters.items())))

    def explain(self, triple: Triple) -> Explanation:
        """Explain a triple; raises what `Explainer.explain` does."""
        return self._explained(triple)

    def classes(self, node: NamedNode) -> list[NamedNode]:
        """Give the classes that a node is said to be in, and then those above them."""
        found = dict.fromkeys(sorted((t.object for t in self.store.triples(node, _TYPE)), key=str))
        ahead = list(found)
        while ahead:
            kind = ahead.pop(0)
            if not isinstance(kind, NamedNode):
                continue
            for triple in self.store.triples(kind, _SUBCLASS):
                if triple.object not in found:
                    found[triple.object] = None
                    ahead.append(triple.object)
        return [kind for kind in found if isinstance(kind, NamedNode)]

    def knows(self, node: NamedNode) -> bool:
        """Tell whether the dossier says anything of a node or with it."""
        return _has(self.store, node) or (
            node.value.startswith(HOME) and _has(self.site.library, node)
        )

    def _answer(self, name: str, language: str, parameters: tuple[tuple[str, str], ...]) -> Result:
        question = self.questions[name]
        return queries.run(self.dossier, question, language=language, parameters=dict(parameters))

    def _explain(self, triple: Triple) -> Explanation:
        def in_thread() -> Explanation:
            if not hasattr(_OF_THREAD, "explainer"):
                _OF_THREAD.explainer = Explainer(self.dossier)
            explainer: Explainer = _OF_THREAD.explainer
            return explainer.explain(triple)

        return self._thread.submit(in_thread).result()


def _by_node(explorer: Explorer) -> dict[Term, list[Triple]]:
    found: dict[Term, list[Triple]] = {}
    for triple in explorer.inferred or ():
        for end in {triple.subject, triple.object}:
            found.setdefault(end, []).append(triple)
    return found


def _has(store: Store, node: NamedNode) -> bool:
    return any(store.triples(node)) or any(store.triples(None, None, node))
