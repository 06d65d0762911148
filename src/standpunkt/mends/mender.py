"""What is to be typed so that a finding goes away.

Most mends follow from the constraint: from its component, the parameters of its shape, and what
the data has. A shape or a SPARQL constraint may bring one of its own with `spks:mend`, which then
goes before; its `{?variables}` are those of the message, and `{$this}`, `{?path}` and `{?value}`.
Where nothing is to be said that the rule does not say already, there is no mend.
See https://www.w3.org/TR/shacl/#core-components.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from standpunkt import layout
from standpunkt.answer import Term
from standpunkt.graph import Graph
from standpunkt.mends.fault import Fault, Shape, held, write
from standpunkt.mends.forms import EXAMPLES, FORMS, LANG_STRING, kinds_of, renamed, start, tidied
from standpunkt.mends.nearness import Nearness
from standpunkt.mends.phrases import Said, any_of, filled, listed, say
from standpunkt.namespaces import RDF, SH, SPKS

_LANGUAGES = ("de", "en")
_MEND = NamedNode(SPKS + "mend")
_TYPE = NamedNode(RDF + "type")
_DOMAIN = NamedNode("https://schema.org/domainIncludes")
_RANGE = NamedNode("https://schema.org/rangeIncludes")
_MANY = 6
_BOUNDS = ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")

# Says how a fault of one constraint component is mended, by the shape.
Rule = Callable[[Fault, Shape], Said | None]


class Mender:
    """Says how faults are mended, with the shapes and the data at hand."""

    def __init__(
        self, shapes: Graph, data: Graph, elsewhere: Mapping[Term, Path] | None = None
    ) -> None:
        """Take the shapes, the facts with their ontology, and the files of what is not judged."""
        self._shapes = shapes
        self._elsewhere = elsewhere or {}
        self._data = data
        self._nearness = Nearness(data, self._elsewhere)
        self._rules: dict[str, Rule] = {
            "Class": self._class,
            "Closed": self._closed,
            "Datatype": self._datatype,
            "Disjoint": self._disjoint,
            "HasValue": self._has_value,
            "In": self._in,
            "LanguageIn": self._language,
            "LessThan": self._less_than,
            "MaxCount": self._max_count,
            "MinCount": self._min_count,
            "NodeKind": self._node_kind,
            "Or": self._or,
            "Pattern": self._pattern,
            "QualifiedMinCount": self._qualified,
            "UniqueLang": self._unique,
            **{f"{bound[0].upper()}{bound[1:]}": self._bound for bound in _BOUNDS},
        }

    def mend(self, fault: Fault) -> dict[str, str]:
        """Say by language how a fault is mended; nothing where that is not known."""
        own = [o for o in self._shapes.objects(fault.constraint, _MEND) if isinstance(o, Literal)]
        if own:
            terms = {"this": fault.focus, "path": fault.path, **fault.named}
            terms["value"] = fault.focus if fault.value is None else fault.value
            shown = {name: write(term) for name, term in terms.items() if term is not None}
            return {text.language or "en": filled(text.value, shown) for text in own}
        rule = self._rules.get(fault.component.removesuffix("ConstraintComponent"))
        shape = Shape(self._shapes, fault.constraint)
        said = self._meant(fault, shape) or self._untyped(fault)
        if rule and not said:
            said = rule(fault, shape)
        return {language: said(language) for language in _LANGUAGES} if said else {}

    # --- What somebody misspelt -----------------------------------------------------------------

    def _meant(self, fault: Fault, shape: Shape) -> Said | None:
        """Suggest known names in the place of unknown ones."""
        is_closed = shape.objects("closed")
        terms = [fault.path] if is_closed else [fault.path, fault.value, *fault.named.values()]
        for term in terms:
            if isinstance(term, NamedNode) and self._nearness.is_unknown(term):
                if term in self._elsewhere:
                    return say("elsewhere", node=write(term), file=str(self._elsewhere[term]))
                kinds = shape.wanted("class") if term == fault.value else []
                found = self._nearness.by_name(term, kinds)
                if found:
                    return say("meant", names=any_of(map(write, found)))
        return None

    def _untyped(self, fault: Fault) -> Said | None:
        """Say of what class a node is, by the classes whose nodes are called like it."""
        if not isinstance(fault.focus, NamedNode) or not self._nearness.is_unknown(fault.focus):
            return None
        kinds = list(map(write, kinds_of(fault.focus, self._shapes)))
        return say("class", kinds=any_of(kinds)) if kinds else None

    # --- What is missing ------------------------------------------------------------------------

    def _min_count(self, fault: Fault, shape: Shape) -> Said | None:
        if shape.inverse:
            return say("point", path=write(shape.inverse), node=write(fault.focus))
        if len(shape.paths) != 1:
            return say("add any", choices=any_of(map(write, shape.paths))) if shape.paths else None
        path = write(shape.paths[0])
        choices = shape.choices(self._data)
        if choices:
            return say("add one", path=path, choices=any_of(map(write, choices)))
        if shape.tags:
            values = self._data.objects(fault.focus, shape.paths[0])
            have = {value.language for value in values if isinstance(value, Literal)}
            texts = [f'"…"@{tag}' for tag in shape.tags if tag not in have]
            return say("add", what=f"{path} {' , '.join(texts)}")
        kinds = shape.wanted("class") or shape.wanted("datatype") or self._ranges(shape.paths[0])
        shown = any_of(map(self._kind, kinds))
        if kinds and len(kinds) <= _MANY:
            return say("add kind", path=path, kinds=shown)
        return say("add", what=path)

    def _ranges(self, path: NamedNode) -> list[NamedNode]:
        return [kind for kind in self._data.objects(path, _RANGE) if isinstance(kind, NamedNode)]

    def _kind(self, kind: NamedNode) -> Said:
        """Name a class by its label, a datatype by what it looks like."""
        if kind in FORMS:
            return lambda _: FORMS[kind]
        return lambda language: self._data.called(kind, language)

    def _has_value(self, fault: Fault, shape: Shape) -> Said | None:
        values = shape.objects("hasValue")
        if not fault.path or not values:
            return None
        return say("write", what=f"{write(fault.path)} {write(values[0])}")

    def _qualified(self, fault: Fault, shape: Shape) -> Said | None:
        """Say what a value with a language and a beginning looks like."""
        for inner in shape.inner("qualifiedValueShape"):
            if inner.tags and fault.path:
                text = Literal(f"{start(inner.text('pattern'))}…", language=inner.tags[0])
                return say("add", what=f"{write(fault.path)} {write(text)}")
        return None

    # --- What there is too much of --------------------------------------------------------------

    def _max_count(self, fault: Fault, shape: Shape) -> Said | None:
        pairs = list(held(self._data, fault.focus, shape.paths))
        most = shape.text("maxCount")
        if not pairs:
            return None
        if len(shape.paths) == 1 and most != "0":
            return _keep(most, [write(value) for _, value in pairs])
        facts = [f"{write(path)} {write(value)}" for path, value in pairs]
        return say("remove", what=listed(facts)) if most == "0" else _keep(most, facts)

    def _unique(self, fault: Fault, shape: Shape) -> Said | None:
        texts = [v for _, v in held(self._data, fault.focus, shape.paths) if isinstance(v, Literal)]
        tags = [text.language for text in texts]
        again = next((tag for tag in tags if tags.count(tag) > 1), None)
        return _keep("1", [write(text) for text in texts if again and text.language == again])

    def _disjoint(self, fault: Fault, shape: Shape) -> Said | None:
        others = [path for path in shape.objects("disjoint") if isinstance(path, NamedNode)]
        pairs = held(self._data, fault.focus, [*shape.paths, *others])
        both = [f"{write(path)} {write(value)}" for path, value in pairs if value == fault.value]
        return say("remove one", choices=any_of(both)) if len(both) > 1 else None

    def _closed(self, fault: Fault, _shape: Shape) -> Said | None:
        if fault.path is None:
            return None
        path = write(fault.path)
        if fault.path in self._nearness.inferred:
            return say("inferred", path=path)
        kinds = self._data.objects(fault.path, _DOMAIN)
        named = [kind for kind in kinds if isinstance(kind, NamedNode)]
        if 0 < len(named) <= _MANY:
            return say("belongs", path=path, kinds=any_of(map(self._kind, named)))
        is_unknown = self._nearness.is_unknown(fault.path)
        return say("unknown", path=path) if is_unknown else say("remove", what=path)

    # --- What is wrong --------------------------------------------------------------------------

    def _or(self, fault: Fault, shape: Shape) -> Said | None:
        """Take the alternatives together where each wants no more than a class or a form."""
        simple = ("class", "datatype", "pattern")
        if not all(any(map(each.objects, simple)) for each in shape.alternatives):
            return None
        wanted = shape.wanted("datatype")
        return self._datatype(fault, shape) if wanted else self._class(fault, shape)

    def _class(self, fault: Fault, shape: Shape) -> Said | None:
        kinds = shape.wanted("class")
        if not kinds or len(kinds) > _MANY:
            return None
        if fault.value is None:
            return None if shape.objects("path") else self._own_class(fault, shape)
        choices = shape.choices(self._data)
        if choices:
            return say("write", what=any_of(map(write, choices)))
        return self._other_node(fault, fault.value, kinds)

    def _other_node(self, fault: Fault, value: Term, kinds: list[NamedNode]) -> Said | None:
        """Say which node of some classes is meant, else what the value is in place of it."""
        names, shown = any_of(map(write, kinds)), write(value)
        if self._nearness.is_unknown(value):
            return say("describe", node=shown, kinds=names)
        if isinstance(value, NamedNode):
            found = self._nearness.by_name(value, kinds)
        else:
            found = (
                self._nearness.by_label(value.value, kinds) if isinstance(value, Literal) else []
            )
        if found:
            return say("meant", names=any_of(map(write, found)))
        fitting = [
            path for path in self._nearness.fitting(fault.focus, value) if path != fault.path
        ]
        if fitting:
            return say("fits", value=shown, paths=any_of(map(write, fitting)), kinds=names)
        own = self._data.objects(value, _TYPE)
        return say("other", value=shown, kind=write(own[0]), kinds=names) if own else None

    def _own_class(self, fault: Fault, shape: Shape) -> Said:
        """Say of what class the node is to be, or which property makes the rule hold for it."""
        names = any_of(map(write, shape.wanted("class")))
        targets = shape.objects("targetSubjectsOf")
        had = [write(path) for path in self._data.predicates(fault.focus) if path in targets]
        if had:
            return say("class or remove", kinds=names, paths=listed(had))
        return say("class", kinds=names)

    def _in(self, fault: Fault, shape: Shape) -> Said | None:
        choices = shape.choices(self._data)
        is_near = fault.path is not None or not shape.objects("path")
        return say("write", what=any_of(map(write, choices))) if choices and is_near else None

    def _datatype(self, fault: Fault, shape: Shape) -> Said | None:
        """Write a literal in the form that is wanted, else say what that looks like."""
        kinds = shape.wanted("datatype")
        if isinstance(fault.value, Literal):
            written = tidied(fault.value, shape)
            if written is not None:
                return say("write", what=layout.write(written))
            if LANG_STRING in kinds:
                return say("like", terms=write(Literal(fault.value.value, language="de")))
        examples = [Literal(EXAMPLES[kind], datatype=kind) for kind in kinds if kind in EXAMPLES]
        return say("like", terms=any_of(map(write, examples))) if examples else None

    def _pattern(self, fault: Fault, shape: Shape) -> Said | None:
        value = fault.value
        if isinstance(value, NamedNode | Literal):
            written = tidied(value, shape)
            choices = shape.choices(self._data)
            if choices and not written:
                return say("write", what=any_of(map(write, choices)))
            return say("write", what=layout.write(written)) if written is not None else None
        if value is None and isinstance(fault.focus, NamedNode):
            name = renamed(fault.focus, shape.text("pattern"), self._data)
            return say("rename", node=write(name)) if name else None
        return None

    def _node_kind(self, fault: Fault, shape: Shape) -> Said | None:
        wants_iri = NamedNode(SH + "IRI") in shape.objects("nodeKind")
        if wants_iri and isinstance(fault.value, Literal):
            return say("like", terms="<https://…>")
        return None

    def _language(self, fault: Fault, shape: Shape) -> Said | None:
        """Ask for the text in a language that there is none in yet, else to do without it."""
        values = [
            v for _, v in held(self._data, fault.focus, shape.paths) if isinstance(v, Literal)
        ]
        have = {value.language for value in values}
        tags = [f'"…"@{tag}' for tag in shape.tags if tag not in have]
        if tags:
            return say("write", what=any_of(tags))
        return say("remove", what=write(fault.value)) if fault.value is not None else None

    def _less_than(self, fault: Fault, shape: Shape) -> Said | None:
        others = [path for path in shape.objects("lessThan") if isinstance(path, NamedNode)]
        for path, most in held(self._data, fault.focus, others):
            if fault.path and fault.value is not None:
                least = write(fault.value)
                parts = {"path": write(fault.path), "other": write(path), "most": write(most)}
                return say("less", value=least, **parts)
        return None

    def _bound(self, _fault: Fault, shape: Shape) -> Said | None:
        bounds = [say(n, bound=write(bound)) for n in _BOUNDS for bound in shape.objects(n)]
        return say("bound", bounds=listed(bounds)) if bounds else None


def _keep(most: str, values: list[str]) -> Said | None:
    return say("keep", most=most, count=str(len(values)), choices=listed(values))
