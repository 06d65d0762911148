"""Turtle is read with errors that can be mended, found again line by line, and laid out."""

import random
import re
import time
from contextlib import suppress
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from standpunkt import places, turtle
from standpunkt.errors import FileError, ParseError
from standpunkt.namespaces import PREFIXES, RDF, XSD

Term = NamedNode | BlankNode | Literal

EX = "http://example.org/x#"
TYPE = NamedNode(RDF + "type")
NIL = NamedNode(RDF + "nil")


def ex(name: str) -> NamedNode:
    """Give the IRI of a name of the examples."""
    return NamedNode(EX + name)


def graph(triples: list[Triple]) -> Dataset:
    """Give triples as a set that is equal to another whatever its blank nodes are called."""
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def house(text: str) -> str:
    """Lay a text out, and check all that holds of any."""
    laid_out = turtle.house(text, "before.ttl")
    triples = turtle.parse(laid_out, "after.ttl")
    assert graph(triples) == graph(turtle.parse(text, "before.ttl"))
    assert turtle.house(laid_out, "after.ttl") == laid_out
    assert laid_out == "" or re.search(r"[^\n]\n\Z", laid_out)
    return laid_out


# --- Turtle in all its forms -------------------------------------------------------------------

# Each of these is spelt in a way that trips readers.
PROLOGUE = """@prefix : <http://example.org/x#> . # "'<
BASE <http://example.org/base/b?q>
prefix a.b:<http://example.org/ab/>
@prefix é: <../é#>.
PREFIX true: <http://example.org/true/>
"""
spaces = st.sampled_from([" ", "\n", "\r\n", "\r", "\t", "  # \"'''<:a [ ( \n", "#\r"])
gaps = st.one_of(st.just(""), spaces)
local_names = [
    *("", "a", "A-1", "a.b", "a..b", "1", "_", ":", "a:b", "x-", "é\u0301", "\U00010000"),
    *("%41", "a%20b", r"\~", r"a\.", r"\(\)", r"a\/b", r"\%41"),
]
names = st.builds(
    "{}:{}".format, st.sampled_from(["", "a.b", "é", "true"]), st.sampled_from(local_names)
)
iris = st.sampled_from(
    [
        *("<http://example.org/x#a>", "<http://example.org/a/./b/../c>", "<urn:g:h>"),
        *("<>", "<#a>", "<b>", "<../c>", "<?d>", "<//e/f>"),
        *(r"<http://example.org/\u00e4>", r"<\U00000069>"),
    ]
)
labels = st.sampled_from(["_:a", "_:a.b", "_:1", "_:_", "_:a-"])
RAW = {'"': '"\\', "'": "'\\", '"""': '"\\', "'''": "'\\"}
ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "'": r"\'", "\\": r"\\"}


def quote(text: str, quotes: str, escaped: set[int]) -> str:
    """Quote a text, with those characters escaped that must be and those that may be."""
    must = set(RAW[quotes]) | ({"\n", "\r"} if len(quotes) == 1 else set())
    return (
        quotes
        + "".join(
            ESCAPES.get(character, f"\\U{ord(character):08X}")
            if character in must or (index in escaped and character != "\0")
            else character
            for index, character in enumerate(text)
        )
        + quotes
    )


# The raw text of a string may have any character but NUL, which marks a file that is no text.
contents = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.text("\"'\\\n\r\t .;,#<>[]()@^é😀", max_size=12),
)
strings = st.builds(quote, contents, st.sampled_from(list(RAW)), st.sets(st.integers(0, 12)))
long_strings = st.builds(
    lambda text, quotes: f"{quotes}{text}{quotes}",
    st.sampled_from(["", "a", "\n", "'a", "''a", "\r\n\r", "\\'", "a''b'c", "# :a", ". \n:a :b"]),
    st.just("'''"),
)
numbers = st.sampled_from(
    ["1", "01", "+1", "-1", "1.0", ".5", "-.5", "+1.50", "1e3", "1.E3", ".5e-1", "-1.5E+03"]
)


@st.composite
def literals(draw: st.DrawFn) -> str:
    """Write a literal in any way."""
    if draw(st.booleans()):
        return draw(st.one_of(numbers, st.sampled_from(["true", "false"])))
    string = draw(st.one_of(strings, long_strings))
    match draw(st.integers(0, 3)):
        case 0:
            tag = draw(st.sampled_from(["en", "de-AT", "prefix", "zh-hans"]))
            return f"{string}{draw(gaps)}@{tag}"
        case 1:
            return f"{string}{draw(gaps)}^^{draw(gaps)}{draw(st.one_of(iris, names))}"
        case _:
            return string


def lists(members: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Write a collection."""
    return st.builds(
        lambda each, gap: f"({gap}{' '.join(each)}{gap})", st.lists(members, max_size=3), gaps
    )


@st.composite
def facts(draw: st.DrawFn, objects: st.SearchStrategy[str]) -> str:
    """Write predicates and objects, with stray semicolons."""
    pieces: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        listed = draw(st.lists(objects, min_size=1, max_size=3))
        comma = f"{draw(spaces)},{draw(gaps)}"
        verb = draw(st.one_of(st.just("a"), names, iris))
        pieces.append(f"{verb}{draw(spaces)}{comma.join(listed)}{draw(spaces)}")
    semicolon = draw(st.sampled_from([";", "; ;", ";;\n"]))
    return semicolon.join(pieces) + draw(st.sampled_from(["", ";", "; ;"]))


flat = st.one_of(names, iris, labels, literals())
terms = st.recursive(
    flat,
    lambda inner: st.one_of(
        lists(inner), st.builds("[{}{}]".format, gaps, st.one_of(gaps, facts(inner)))
    ),
    max_leaves=6,
)
subjects = st.one_of(names, iris, labels, lists(flat), st.just("[]"))
statements = st.one_of(
    st.builds("{}{}{}{}.{}".format, subjects, spaces, facts(terms), gaps, spaces),
    st.builds("[{}]{}.\n".format, facts(terms), gaps),
    st.builds("[{}] {}.\n".format, facts(terms), facts(terms)),
)
documents = st.builds(
    lambda before, listed: PROLOGUE + before + "".join(listed),
    gaps,
    st.lists(statements, max_size=4),
)


@given(documents)
def test_the_examples_are_turtle(text: str) -> None:
    """The texts that these tests make up are ones that pyoxigraph reads."""
    turtle.parse(text, "x.ttl")


# --- Reading -----------------------------------------------------------------------------------


def test_read_gives_triples_in_their_order(tmp_path: Path) -> None:
    """A file has its triples in the order of its text, with each literal as it is written."""
    path = tmp_path / "a.ttl"
    path.write_text(f'PREFIX ex: <{EX}> ex:b a ex:C ; ex:n 01 , "2.10"^^ex:d . ex:a a ex:C .')
    assert turtle.read(path) == [
        Triple(ex("b"), TYPE, ex("C")),
        Triple(ex("b"), ex("n"), Literal("01", datatype=NamedNode(XSD + "integer"))),
        Triple(ex("b"), ex("n"), Literal("2.10", datatype=ex("d"))),
        Triple(ex("a"), TYPE, ex("C")),
    ]


@pytest.mark.parametrize("content", [b"", b"\n", b"# nothing\n"])
def test_an_empty_file_has_no_triples(tmp_path: Path, content: bytes) -> None:
    """An empty file is fine."""
    path = tmp_path / "empty.ttl"
    path.write_bytes(content)
    assert turtle.read(path) == []


def test_ill_typed_literals_are_read() -> None:
    """They are for shapes to find."""
    text = '<a:> <b:> "abc"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    assert turtle.parse(text, "x")[0].object == Literal("abc", datatype=NamedNode(XSD + "integer"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xef\xbb\xbf<a:> <b:> <c:> .", "begins with a byte-order mark; save it as UTF-8"),
        ("<a:> <b:> 'ä' .".encode("latin-1"), "is not in UTF-8: see byte 11"),
        ("<a:> <b:> 'ä' .".encode("utf-16"), "is not in UTF-8: see byte 0"),
        ("# a\n<a:>".encode("utf-16-le"), "is not text: see line 1, column 2; save it as UTF-8"),
        (b"\n\r\n\x7fELF\0", "is not text: see line 3, column 5"),
    ],
)
def test_what_is_no_text_is_no_turtle(tmp_path: Path, content: bytes, message: str) -> None:
    """The line quotes the file, says what is wrong with it and where."""
    path = tmp_path / "odd.ttl"
    path.write_bytes(content)
    with pytest.raises(FileError, match=re.escape(f"{str(path)!r} {message}")):
        turtle.read(path)


def test_half_a_surrogate_pair_is_no_text() -> None:
    """A Python string can hold what UTF-8 cannot."""
    with pytest.raises(FileError, match="'x' is not text: see line 1, column 2"):
        turtle.parse("#\ud800", "x")


@pytest.mark.parametrize("name", ["", "missing.ttl", ".", "a\0b"])
def test_what_is_no_file_is_one_line(name: str) -> None:
    """No name, no such file, a folder, and a name that no file can have."""
    with pytest.raises(FileError) as raised:
        turtle.read(name)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "\n  zz:a a zz:b .",
            "2:3: the prefix 'zz:' is not declared; declare it: PREFIX zz: <...>",
        ),
        (
            "<a:> a spk:Actor .",
            "1:8: the prefix 'spk:' is not declared; declare it: PREFIX spk: <https://w3id.org/",
        ),
        ("<a:> <b:> 'ö😀\u0301' , x:a .", "1:19: the prefix 'x:' is not declared"),
        ("<a:> <b:>\r\n\t<c:>\r<d:>", "3:1: '.', ';' or ',' is missing before '<d:>'"),
        ("<a:> <b:> <c:> ;\n", "2:1: the text ends within a statement; is the file cut off?"),
        ("<a:> <b:> [ <c:> ( 1", "1:21: the text ends within a statement"),
        ("<a:> <b:> 'x", "1:11: a string begins here and does not end"),
        ('<a:>\n<b:> """x\n', "2:6: a string begins here and does not end"),
        ("<a:> <b:\n", "1:6: an IRI begins here and does not end"),
        ("<a:> <b:> 'x\n' .", "1:13: a string cannot go on in the next line; use three quotes"),
        ("<a:> <b:> <c> .", "1:11: '<c>' is relative, and no BASE is declared"),
        ("<a:> <b:> <c:{}> .", "1:11: '<c:{}>' is no IRI, for it has '{' in it"),
        ("'a' <b:> <c:> .", "1:1: \"'a'\" cannot be a subject"),
        ("<a:> _:b <c:> .", "1:6: '_:b' cannot be a predicate"),
        ("<a:> <b:> TRUE .", "1:11: 'TRUE' cannot be an object"),
        ("{ <a:> <b:> <c:> }", "1:1: '{' cannot be a subject"),
        ("<a:> <b:> \u2028<c:> .", "1:11: '\\u2028' begins no term"),
        ("<a:> <b:> 'c'@en_GB .", "1:17: '_' begins no term"),
        (r"<a:> <b:> 'x\q' .", r"1:13: unexpected escape character '\q'"),
        ("<a:> <b:> '\\\x1b' .", "1:12: unexpected escape character '\\\\x1b'"),
        (f"<a:> <b:> <c:> . '{'x' * 99}'", f'1:18: "\'{"x" * 38}…" cannot be a subject'),
        ("<a:> <b:> <<( <c:> <d:> <e:> )>> .", "1:11: this is RDF 1.2"),
        ("<a:> <b:> 'a' # <<\n ~ <c:> .", "2:2: this is RDF 1.2"),
        ("<a:> <b:> 'a' {| <c:> <d:> |} .", "1:15: this is RDF 1.2"),
        ("<a:> <b:> 'a'@en--ltr .", "1:17: this is RDF 1.2"),
    ],
)
def test_errors_name_the_place_and_the_way_out(text: str, message: str) -> None:
    """An error is one line: file, line and column from 1, in characters, and what is wrong."""
    with pytest.raises(ParseError, match="^" + re.escape(f"x.ttl:{message}")) as raised:
        turtle.parse(text, "x.ttl")
    assert str(raised.value).isprintable()


@given(st.one_of(st.text(), st.text("<>:a.;,[]()'\"\\@^# \n\r\0é{}|~_1"), documents), st.data())
def test_any_text_is_read_or_refused(text: str, data: st.DataObject) -> None:
    """Whatever the text is, and wherever it is cut off, there is no other error."""
    cut = text[: data.draw(st.integers(0, len(text)))]
    for each in (text, cut):
        with suppress(ParseError, FileError):
            turtle.parse(each, "x")


def test_a_string_too_long_for_the_parser_is_one_line() -> None:
    """The parser reads no token above 16 MiB."""
    with pytest.raises(FileError, match="'x' has a string or an IRI that is too long"):
        turtle.parse(f"<a:> <b:> '{'x' * 2**24}' .", "x")


# --- Positions ---------------------------------------------------------------------------------


def offset(text: str, place: tuple[int, int]) -> int:
    """Give the offset of a line and a column, by another way than the module's."""
    lines = re.split(r"(\r\n|\r|\n)", text)
    return sum(map(len, lines[: 2 * (place[0] - 1)])) + place[1] - 1


def term_at(text: str, start: int) -> Term:
    """Give the term that pyoxigraph reads first from an offset on."""
    if text.startswith("a", start) and not text.startswith("a.b:", start):
        return TYPE
    statement = f"{PROLOGUE} <x:> <x:> {text[start:]}"
    (first,) = islice(parse(statement, format=RdfFormat.TURTLE), 1)
    term: Term = first.object
    return term


@settings(max_examples=200)
@given(documents)
def test_positions_agree_with_the_parser(text: str) -> None:
    """Each triple without a nameless blank node is found where its terms stand."""
    positions = places.positions(text)
    named = {BlankNode(label) for label in ("a", "a.b", "1", "_", "a-")}
    for subject, predicate, term in turtle.parse(text, "x"):
        if any(isinstance(node, BlankNode) and node not in named for node in (subject, term)):
            continue
        for asked in ((subject,), (subject, predicate), (subject, predicate, term)):
            place = positions.find(*asked)
            assert place is not None, asked
            assert term_at(text, offset(text, place)) == asked[-1], (asked, place)


def test_positions_of_each_role() -> None:
    """Subject, predicate and object are found each by itself, where they first stand."""
    text = f"""PREFIX ex: <{EX}>
# ex:s ex:p ex:o .
ex:s ex:p ex:o , "o" ;
    a ex:C ;;
    ex:q ( ex:o ex:s ) , () , [ ex:p ex:x ] , [ ] ; ex:r 1.5 .
ex:s ex:p ex:o , true ; .
[ ex:p ex:s ] ex:q ex:s .
( ex:s ) ex:p ex:s .
ex:t ex:p ex:s.ex:u ex:p ex:s.
"""
    find = places.positions(text).find
    decimal = Literal("1.5", datatype=NamedNode(XSD + "decimal"))
    assert find(ex("s")) == (3, 1)
    assert find(ex("s"), ex("p")) == (3, 6)
    assert find(ex("s"), ex("p"), ex("o")) == (3, 11)
    assert find(ex("s"), ex("p"), Literal("o")) == (3, 18)
    assert find(ex("s"), TYPE) == (4, 5)
    assert find(ex("s"), TYPE, ex("C")) == (4, 7)
    assert find(ex("s"), ex("q")) == (5, 5)
    assert find(ex("s"), ex("q"), NIL) == (5, 26)
    assert find(ex("s"), ex("r"), decimal) == (5, 58)
    assert find(ex("s"), ex("p"), Literal("true", datatype=NamedNode(XSD + "boolean"))) == (6, 18)
    assert find(ex("t")) == (9, 1)
    # A name does not end with its dot here: `ex:s.ex:u` is one.
    assert find(ex("t"), ex("p"), NamedNode(EX + "s.ex:u")) == (9, 11)


def test_positions_of_what_is_not_there() -> None:
    """There is no place of what the text does not say, though it has the words."""
    text = f"PREFIX ex: <{EX}> ex:s ex:p ( ex:o ) , [ ex:q ex:o ] . # ex:s ex:p ex:o"
    find = places.positions(text).find
    assert find(ex("o")) is None
    assert find(ex("s"), ex("q")) is None
    assert find(ex("s"), ex("p"), ex("o")) is None
    assert find(ex("p"), ex("q"), ex("o")) is None
    assert find(BlankNode()) is None
    assert places.positions("").find(ex("s")) is None


def test_positions_after_prefix_and_base_change() -> None:
    """A name means what it means where it stands."""
    text = (
        "prefix : <http://example.org/1#> :a a :b .\n"
        "@prefix : <http://example.org/2#> . :a a :b .\n"
        "@base <http://example.org/3/> . BASE <4/> <a> a <../b> . prefix : <#> :a a :b ."
    )
    find = places.positions(text).find
    assert find(NamedNode("http://example.org/1#a")) == (1, 34)
    assert find(NamedNode("http://example.org/2#a"), TYPE) == (2, 40)
    assert find(NamedNode("http://example.org/3/4/a")) == (3, 43)
    b = NamedNode("http://example.org/3/b")
    assert find(NamedNode("http://example.org/3/4/a"), TYPE, b) == (3, 49)
    assert find(NamedNode("http://example.org/3/4/#a")) == (3, 71)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_and_columns_are_those_of_errors(newline: str) -> None:
    """Lines end as pyoxigraph lets them end, and columns count characters."""
    text = newline.join([f"PREFIX ex: <{EX}>", "ex:a ex:p '''", "é😀\u2028\x0b''' , ex:o ."])
    with pytest.raises(ParseError, match="x:3:11: ") as raised:
        turtle.parse(text.replace(", ex:o", ", zz:o"), "x")
    place = places.positions(text).find(ex("a"), ex("p"), ex("o"))
    assert place == (raised.value.line, raised.value.column)


def test_positions_are_fast() -> None:
    """A file of 100,000 triples takes no longer than a few seconds."""
    block = 'ex:s{0} a ex:C ; ex:p "text {0}"@en , ex:o{0} ;\n    ex:q {0} .\n'
    text = f"PREFIX ex: <{EX}>\n" + "".join(block.format(number) for number in range(25_000))
    begin = time.process_time()
    positions = places.positions(text)
    last = positions.find(
        ex("s24999"), ex("q"), Literal("24999", datatype=NamedNode(XSD + "integer"))
    )
    assert time.process_time() - begin < 5
    assert last == (50_001, 10)


# --- The house layout --------------------------------------------------------------------------

SHOWN = '''\
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spk: <https://w3id.org/standpunkt/ns#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

spk:advocates
    a owl:ObjectProperty ;
    rdfs:label
        "vertritt"@de ,
        "advocates"@en ;
    rdfs:isDefinedBy <https://w3id.org/standpunkt/ns> ;
    owl:propertyChainAxiom
        ( spk:advocates spk:implies ) ,
        ( spk:isSpeakerOf spk:demands ) ;
    skos:definition """The "first" line,
\\""the second\\""""@en ;
.

spk:speaker
    a owl:ObjectProperty ;
    spk:date "2024-07-09"^^xsd:date ;
    spk:value
        true ,
        2.10 ,
        1.5E0 ,
        23 ,
        "x\\ty" ;
.
'''


def test_the_layout() -> None:
    """It is as it is shown here: a block a subject, a line a predicate, a lone dot at its end."""
    assert house(SHOWN) == SHOWN


@settings(max_examples=300)
@given(documents)
def test_the_layout_keeps_triples_and_itself(text: str) -> None:
    """The same triples to the last character, and a second time changes nothing."""
    house(text)


@settings(max_examples=100)
@given(documents, st.randoms(use_true_random=False))
def test_one_graph_has_one_layout(text: str, shuffler: random.Random) -> None:
    """Neither the order of a text nor the labels of its blank nodes matter."""
    triples = turtle.parse(text, "x")
    renamed: dict[BlankNode, BlankNode] = {}

    def written(term: Term) -> str:
        if isinstance(term, BlankNode):
            return str(renamed.setdefault(term, BlankNode()))
        return str(term)

    original = "".join(f"{triple} .\n" for triple in triples)
    shuffler.shuffle(triples)
    changed = "".join(f"{' '.join(map(written, triple))} .\n" for triple in triples)
    assert turtle.house(changed, "x") == turtle.house(original, "x")


DATATYPES = ["integer", "decimal", "double", "boolean", "string", "date", "float", "int", "gYear"]


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.text("\"\\\n\r\t\0\x7f'a "),
        st.from_regex(r"[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]*)?", fullmatch=True),
        st.sampled_from(["true", "false", "TRUE", "1", "INF", "NaN", " 1", "1 ", "1\n", "maybe"]),
    ),
    st.sampled_from(["en", "de-at", *DATATYPES]),
)
@example('\n\\"', "string")
@example('\n""""', "string")
@example("٣", "integer")
def test_the_layout_keeps_lexical_forms(text: str, kind: str) -> None:
    """A literal keeps its text: `1.50E0`, `01` and `"1"^^xsd:boolean` are as they were."""
    literal = (
        Literal(text, datatype=NamedNode(XSD + kind))
        if kind in DATATYPES
        else Literal(text, language=kind)
    )
    triple = Triple(ex("s"), ex("p"), literal)
    assert turtle.parse(house(f"{triple} ."), "x") == [triple]


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", f"PREFIX ex: <{EX}>\n"])
def test_no_triples_have_no_text(text: str) -> None:
    """Comments and unused prefixes are left out."""
    assert house(text) == ""


def test_prefixes_of_the_layout() -> None:
    """Used ones only, the registry's first, the file's own where the registry has none."""
    text = """
        PREFIX s: <https://schema.org/> PREFIX schema: <http://schema.org/>
        PREFIX ex: <http://example.org/> PREFIX longer: <http://example.org/x/> PREFIX no: <no:>
        s:a s:b schema:c , ex:d , longer:e , <http://example.org/x/y/f> , ex:g\\,h , ex: , ex:1.2 .
    """
    assert (
        house(text)
        == """\
PREFIX ex: <http://example.org/>
PREFIX longer: <http://example.org/x/>
PREFIX schema: <https://schema.org/>

schema:a
    schema:b
        ex: ,
        ex:1.2 ,
        ex:d ,
        <http://example.org/g,h> ,
        longer:e ,
        <http://example.org/x/y/f> ,
        <http://schema.org/c> ;
.
"""
    )


def test_blank_nodes_of_the_layout() -> None:
    """One that is used once stands where it is used; others have blocks after all IRIs."""
    members = " ".join(f"ex:member-number-{number}" for number in range(9))
    text = f"""
        PREFIX ex: <{EX}>
        [] ex:p ex:o .
        _:twice ex:p ex:o .
        ex:s ex:p _:twice , _:twice2 ; ex:q _:twice ; ex:r [ ex:p ex:o , ex:p ] , 1 ;
            ex:t [ ex:l ( 1 [ ex:p () ] ) ] ; ex:u ( {members} ) ; ex:v [] .
    """
    assert house(text) == (
        f"PREFIX ex: <{EX}>\n"
        """
ex:s
    ex:p
        [] ,
        _:c14n11 ;
    ex:q _:c14n11 ;
    ex:r
        [
            ex:p
                ex:o ,
                ex:p ;
        ] ,
        1 ;
    ex:t [
        ex:l (
            1
            [
                ex:p () ;
            ]
        ) ;
    ] ;
    ex:u (
        ex:member-number-0
        ex:member-number-1
        ex:member-number-2
        ex:member-number-3
        ex:member-number-4
        ex:member-number-5
        ex:member-number-6
        ex:member-number-7
        ex:member-number-8
    ) ;
    ex:v [] ;
.

[]
    ex:p ex:o ;
.

_:c14n11
    ex:p ex:o ;
.
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "_:l rdf:first 1 ; rdf:rest _:l .",
        "ex:s ex:p _:l . _:l rdf:first 1 ; rdf:rest _:l .",
        "_:l rdf:first 1 ; rdf:rest _:m . _:m rdf:first 2 ; rdf:rest _:l .",
        "ex:s ex:p _:l . _:l rdf:first _:l ; rdf:rest () .",
        "ex:s ex:p [ rdf:first 1 ; rdf:rest _:m ] , _:m . _:m rdf:first 2 ; rdf:rest () .",
        "ex:s ex:p [ rdf:first 1 , 2 ; rdf:rest () ] .",
        "ex:s ex:p [ rdf:first 1 ; rdf:rest () , ( 2 ) ] .",
        "ex:s ex:p [ rdf:first 1 ; rdf:rest () ; a rdf:List ] .",
        "ex:s ex:p [ rdf:first 1 ] , [ rdf:rest () ] .",
        "ex:s ex:p [ rdf:first 1 ; rdf:rest ex:t ] . ex:t rdf:first 2 ; rdf:rest () .",
        "( 1 ) ex:p ( ( 2 ) ( ) ( ( ) ) ) .",
        "() rdf:first 1 ; rdf:nil rdf:nil ; a rdf:nil .",
        "_:a ex:p _:b . _:b ex:p _:a .",
        "_:a ex:p _:b . _:b ex:p _:c . _:c ex:p _:a , _:d .",
        "ex:s ex:p" + " [ ex:p" * 100 + " 1" + " ]" * 100 + " .",
        "ex:s ex:p" + " (" * 100 + " 1" + " )" * 100 + " .",
    ],
)
def test_odd_graphs_are_laid_out(text: str) -> None:
    """Lists that are none, circles and depths keep their triples."""
    house(f"PREFIX ex: <{EX}> PREFIX rdf: <{RDF}> {text}")


def test_a_long_list_takes_no_time() -> None:
    """A list of equal members, whose cells nothing tells apart, is laid out as fast as another."""
    lines = "        1\n" * 5000
    text = f"PREFIX ex: <{EX}>\n\nex:s\n    ex:p (\n{lines}    ) ;\n.\n"
    begin = time.process_time()
    assert turtle.house(text, "x") == text
    assert time.process_time() - begin < 5


# --- rdflib as a second opinion ----------------------------------------------------------------


def longturtle(text: str) -> str:
    """Lay out by rdflib's serializer with subjects in the order of their IRIs."""
    from rdflib import BNode, Graph
    from rdflib.plugins.serializers.longturtle import LongTurtleSerializer
    from rdflib.term import Node

    class HouseTurtleSerializer(LongTurtleSerializer):
        def orderSubjects(self) -> list[Node]:  # noqa: N802  rdflib's name
            return sorted(self._subjects, key=lambda term: (isinstance(term, BNode), term))

    data = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        data.bind(prefix, namespace)
    data.parse(data=text, format="turtle")
    written = BytesIO()
    HouseTurtleSerializer(data).serialize(written, encoding="utf-8")  # type: ignore[no-untyped-call]
    return written.getvalue().decode().rstrip("\n") + "\n"


plain_names = st.builds(
    "{}:{}".format, st.sampled_from(["spk", "id", "wd"]), st.sampled_from(["a", "b-1", "C", "d_e"])
)
plain_terms = st.one_of(
    plain_names,
    st.sampled_from(
        ["<http://example.org/a>", '"a"@de', '"b"@de', '"a"@en', '"1"@en', '"""\n"""@de']
    ),
    st.sampled_from(['"2024-07-09"^^xsd:date', '"2024"^^xsd:gYear']),
)


@given(
    st.lists(
        st.tuples(
            plain_names, st.one_of(plain_names, st.just("a"), st.just("rdfs:label")), plain_terms
        ),
        min_size=1,
    )
)
def test_the_layout_is_longturtle(triples: list[tuple[str, str, str]]) -> None:
    """Without lists, blank nodes and numbers, rdflib lays out to the same text."""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    text = prefixes + "".join(f"{' '.join(triple)} .\n" for triple in triples)
    assert house(text) == longturtle(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":a :b :c , 01 , 1e0 , 'x' , 'x'@de-DE , '~ -- << {|' .",
        ":a :b '\u2028\x85\t', '''a\\n\r\n\"\\u0007''' .",
        "_:a.b :b _:c . <urn:x:~a--b> :b <https://example.org/ä?q=(1)> , 'abc'^^:integer .",
    ],
)
def test_lines_of_n_triples_are_the_triples(tmp_path: Path, text: str) -> None:
    """A file gives a line for each of its triples, in their order."""
    path = tmp_path / "file.ttl"
    path.write_text(f"PREFIX : <urn:>\n{text}", encoding="utf-8", newline="")
    assert turtle.ntriples(path) == "".join(f"{each} .\n" for each in turtle.read(path))


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff",
        "# \0",
        "<urn:a> <urn:b> <urn:c> ,",
        "<a> <urn:b> <urn:c> .",
        "<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c> )>> .",
        "<urn:a> <urn:b> 'x'@ar--rtl .",
    ],
)
def test_lines_of_n_triples_have_the_errors_of_triples(tmp_path: Path, text: str) -> None:
    """What is wrong with a file is told as when it is read, word for word."""
    path = tmp_path / "file.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((FileError, ParseError)) as as_read:
        turtle.read(path)
    with pytest.raises((FileError, ParseError)) as raised:
        turtle.ntriples(path)
    assert str(raised.value) == str(as_read.value)
