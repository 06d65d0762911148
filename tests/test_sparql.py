"""SPARQL text is cut into tokens, refused or filled so that nothing is taken for something else."""

import time

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
)

from standpunkt import sparql, store
from standpunkt.errors import ParameterError, QueryError, UnknownNameError

# Nothing listens at port 1, and Oxigraph does not even try: it raises OSError.
NOWHERE = "<http://127.0.0.1:1/>"
CALL = f"{NOWHERE} {{ ?x ?y ?z }}"
WORDS = ["ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "SERVICE"]

QUESTION = """\
#+ summary: "VALUES ?comment { 1 }"
PREFIX id: <https://w3id.org/standpunkt/id/>

SELECT ?actor
WHERE {
  # VALUES ?remark { 2 }
  VALUES ?position { id:position-us-leaves-nato }
  VALUES ?stance { id:a id:b }  # either
\tvalues $text   {   "a } and a # b"@en   }
  VALUES ?open { UNDEF }
  VALUES ?both { 1 } VALUES ?same { 2 }
  VALUES ?below {
    3
  }
  VALUES (?one ?two) { (4 5) }
  VALUES ?none { }
  BIND('''
  VALUES ?long { 7 }
  ''' AS ?string)
}
"""


def kinds(text: str) -> list[tuple[str, str]]:
    """Give the tokens of a text that are no space, each as its kind and text."""
    return [(token.kind, token.text) for token in sparql.tokens(text) if token.kind != "space"]


def bindings(text: str) -> list[list[object]]:
    """Run a query on an empty store and give its rows."""
    answer = Store().query(text)
    assert isinstance(answer, QuerySolutions)
    return [list(solution) for solution in answer]


hostile_texts = st.one_of(
    st.text(),
    st.text(alphabet="\"'\\{}<>#?$:@^.;\n\r\t\0\x7f uU0025cSERVICE\u0085\u2028é😀"),
    st.lists(
        st.sampled_from(
            [
                '"',
                "'",
                '"""',
                "'''",
                "\\",
                "\\u0022",
                "\\U00000022",
                "\\n",
                "{",
                "}",
                "\n",
                "\r",
                "#",
                "<",
                ">",
                "<http://example.org/>",
                "SERVICE",
                " } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #",
                '" } ?s ?p ?o . { "',
                "VALUES ?x { UNDEF }",
                "UNDEF",
                "?x",
                "ex:a",
                "@en",
                "^^",
                "1.5e3",
                "_:a",
                "a",
                ".",
                "-",
                " ",
                "\u017f",
                "\ud800",
            ]
        )
    ).map("".join),
)
# A term of pyoxigraph has no half of a surrogate pair.
encodable_texts = hostile_texts.map(lambda text: text.encode("utf-8", "ignore").decode())


@given(hostile_texts)
def test_tokens_put_together_are_the_text(text: str) -> None:
    """Any text whatever is cut without a loss, and each token says where it begins."""
    found = list(sparql.tokens(text))
    assert "".join(token.text for token in found) == text
    assert all(text.startswith(token.text, token.start) for token in found)
    assert all(token.text and token.kind for token in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("select distinct ?a { ?a ?b ?c }", True),
        ("PREFIX ask: <a:> ASK { ?a ?b 'LIMIT' } # COUNT", True),
        ("SELECT ?a { ?a ?b ?c }", False),
        ("SELECT ?a { SELECT DISTINCT ?a { ?a ?b ?c } }", False),
        ("SELECT (<a:>(DISTINCT ?a) AS ?b) { ?a ?b ?c }", False),
        ("SELECT DISTINCT ?a { ?a ?b ?c } LIMIT 1", False),
        ("SELECT DISTINCT (COUNT(*) AS ?n) { ?a ?b ?c }", False),
        ("SELECT DISTINCT ?a { { SELECT (sum(?c) AS ?a) { ?a ?b ?c } } }", False),
        ("SELECT DISTINCT (RAND() AS ?a) { ?a ?b ?c }", False),
        ("CONSTRUCT { ?a ?b [] } WHERE { ?a ?b ?c }", False),
        ("DESCRIBE ?a { ?a ?b ?c }", False),
        ("", False),
    ],
)
def test_what_gives_distinct_rows_is_known(text: str, expected: bool) -> None:  # noqa: FBT001
    """A SELECT DISTINCT or an ASK, in which nothing depends on how often a row comes."""
    assert sparql.is_of_distinct_rows(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { graph ?g { ?a ?b ?c } }", True),
        ("SELECT * From <a:> { ?a ?b ?c }", True),
        ("#+ summary: 'From the graph'\nSELECT ?graph { ?graph a:from 'GRAPH' } # FROM", False),
    ],
)
def test_what_names_a_graph_is_known(text: str, expected: bool) -> None:  # noqa: FBT001
    """By its keywords, and by no word elsewhere."""
    assert sparql.names_a_graph(text) is expected
    assert store.names_a_graph(text) is expected


@given(hostile_texts)
@example("a\u00e9:b \u00e9")
@example("ex:a\\'\u00e9'")
@example("?\u00e9 _:\u00e9 ex:a.\u00e9 <\u00e9> '\u00e9' # \u00e9")
def test_tokens_are_the_same_with_all_letters(text: str) -> None:
    """The pattern for names of ASCII and the one for all give the same tokens."""
    assert sparql.tokens(text) == sparql._cut(sparql._TOKEN, text)  # noqa: SLF001  the slow way


def test_tokens_have_their_kinds() -> None:
    """Each kind of token is known, also where nothing parts it from the next."""
    assert kinds('SELECT*{?s a ex:b.c;<http://x/#y>"#"@en-GB,1.5,_:a.}# ?x') == [
        ("word", "SELECT"),
        ("mark", "*"),
        ("mark", "{"),
        ("variable", "?s"),
        ("word", "a"),
        ("name", "ex:b.c"),
        ("mark", ";"),
        ("iri", "<http://x/#y>"),
        ("string", '"#"'),
        ("language", "@en-GB"),
        ("mark", ","),
        ("number", "1.5"),
        ("mark", ","),
        ("label", "_:a"),
        ("mark", "."),
        ("mark", "}"),
        ("comment", "# ?x"),
    ]


@pytest.mark.parametrize(
    "text", ["'{'", '"\\""', "'''a'\n''b'''", '"""a"\\"""b"""', "''", '""', '"\\u00e9"']
)
def test_strings_are_one_token(text: str) -> None:
    """All four kinds of string are one token each, with quotes, escapes and newlines inside."""
    assert kinds(f"{text}{text}") == [("string", text), ("string", text)]


def test_a_string_without_an_end_ends_with_its_line() -> None:
    """What begins a string and has no end is `other`; the next line is read as code."""
    assert kinds("'abc {\nASK") == [("other", "'abc {"), ("word", "ASK")]


def test_comparisons_are_no_iris() -> None:
    """`<` before a space or a second `<` is an operator."""
    assert kinds("?a < ?b && ?c>?d") == [
        ("variable", "?a"),
        ("mark", "<"),
        ("variable", "?b"),
        ("mark", "&"),
        ("mark", "&"),
        ("variable", "?c"),
        ("mark", ">"),
        ("variable", "?d"),
    ]


@pytest.mark.parametrize(
    "text",
    ["a.", "a-", '"\\', '"""', "'''\"\"\"", "<", "<a", '"a', "a..b", ".", "1.", "@a-", "\\u0041"],
)
def test_tokens_take_linear_time(text: str) -> None:
    """Hostile repetition does not make the cut slow."""
    begin = time.process_time()
    for _ in sparql.tokens(text * 50_000):
        pass
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { }", "select"),
        ("# ASK\nPREFIX ask: <http://x/ASK> BASE <http://x/> select*{}", "select"),
        ("ask { }", "ask"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "construct"),
        ("DESCRIBE <http://x/>", "describe"),
        ("PREFIX ex: <http://x/> INSERT DATA { ex:a ex:b 1 }", "update"),
        ("WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "update"),
        ("", None),
        ("# SELECT", None),
        ("who advocates?", None),
        ("?x", None),
    ],
)
def test_form(text: str, form: str | None) -> None:
    """The first keyword after the prologue says what a text is."""
    assert sparql.form(text) == form


@pytest.mark.parametrize("word", [*WORDS, "WITH"])
@pytest.mark.parametrize("change", [str.upper, str.lower, str.title])
def test_keywords_of_updates_and_calls_are_refused(word: str, change: object) -> None:
    """The line says where the word is and quotes it as it stands there, in whatever case."""
    assert callable(change)
    written = change(word)
    with pytest.raises(QueryError, match=rf"^2:3: '{written}' is not allowed"):
        sparql.refuse(f"# é\n  {written} {CALL}")


ELSEWHERE = """# WORD <http://x/>
PREFIX word: <http://x/WORD#> PREFIX ex: <http://x/word/>
SELECT ?word $WORD FROM word:g {
  ?word word:word ex:WORD ; a ex:word.word , "WORD \\" WORD"@en , 'WORD' .
  <http://x/WORD> ex:word-word _:WORD , '''WORD ' WORD''' , ""\"WORD""\" .
  OPTIONAL { ?o ex:WORD ?word }
  GRAPH word:g { ?s ex:WORD/ex:WORD word:x }
  FILTER(?word < 5 && ?word > 4 || ?o = ex:WORD)
  VALUES $WORD { word:word UNDEF }
} # WORD"""


@pytest.mark.parametrize("word", [*WORDS, "WITH"])
def test_the_same_words_elsewhere_pass(word: str) -> None:
    """They pass in comments, strings, IRIs, variables, prefixes, names and labels."""
    query = ELSEWHERE.replace("WORD", word).replace("word", word.lower())
    Store().query(query)
    sparql.refuse(query)


PROLOGUE = f"PREFIX : {NOWHERE} PREFIX ex: {NOWHERE} PREFIX SERVICEex: {NOWHERE} "
DISGUISES = [
    # Oxigraph knows no end of a word ...
    f"SERVICESILENT{CALL}",
    f"?a ?b trueSERVICE{CALL}",
    f"?a ?b 1SERVICE{CALL}",
    f"?a ?b 1.SERVICE{CALL}",
    f'?a ?b "x"SERVICE{CALL}',
    "SERVICEex:foo { ?x ?y ?z }",
    "SERVICE:x { ?x ?y ?z }",
    "?a ?b true.SERVICEex:foo { ?x ?y ?z }",
    # ... ends a name after the second dot ...
    f"?a ?b ex:a.b.SERVICE{CALL}",
    "?a ?b ex:a.b.SERVICE?x { ?x ?y ?z }",
    "?a ?b ex:a.b.SERVICEex:foo { ?x ?y ?z }",
    f"?a ?b ex:a.b.SERVICE SILENT{CALL}",
    # ... takes `<` for an operator where it can ...
    "FILTER(1<2)SERVICE:x#>\n{ ?x ?y ?z }",
    f"FILTER('a'<'>')SERVICE{CALL} FILTER('a'='a')",
    f"FILTER(1<2 #>'''\n)SERVICE{CALL} #'''\n",
    f"FILTER(1<2)#>'''\nSERVICE{CALL} #'''\n",
    f"FILTER(1<<urn:x'>||true)SERVICE{CALL} #'\n",
    # ... and tries a long string with a fault inside as a short one.
    f'VALUES ?q {{ """a" }} SERVICE{CALL} #\\uD800"""\n',
    f'VALUES ?q {{ """a" }} SERVICE{CALL} #\\q"""\n',
    # Other engines decode escapes first.
    f"\\u0053ERVICE {CALL}",
    f"SERV\\U00000049CE {CALL}",
    f"ex:a\\u0020SERVICE {CALL}",
]


@pytest.mark.parametrize("body", DISGUISES)
def test_disguised_calls_are_refused(body: str) -> None:
    """What some engine reads as a call is refused, whatever a reader of tokens would say."""
    with pytest.raises(QueryError, match=r"^\d+:\d+: "):
        sparql.refuse(f"{PROLOGUE} SELECT * {{ {body} }}")


def test_a_name_that_fails_may_begin_a_call() -> None:
    """Where prefix and local name make no IRI, Oxigraph goes on behind the colon."""
    query = f"PREFIX : <http://127.0.0.1:> SELECT * {{ OPTIONAL {{ ?a ?b :SERVICE {CALL} }} }}"
    with pytest.raises(QueryError, match=r"':SERVICE' may also be SERVICE here"):
        sparql.refuse(query)


calling_texts = st.lists(
    st.sampled_from(
        [
            *DISGUISES,
            *("SERVICE", "SERVICE ", "service", "SILENT", NOWHERE, CALL, "?x", ":x", "ex:x"),
            *("{ ?x ?y ?z }", "{", "}", "(", ")", "FILTER(", "1<2", "'a'<'b'", "<", "<2)", ">"),
            *("#", "#>", "\n", " ", ".", "'", "'''", '"', '"""', "\\q", "\\uD800", "true", "1"),
            *("ex:a.b", ":", ":SERVICE", "SERVICEex:x", "?service", "VALUES ?v { 1 }", "@en"),
            *("OPTIONAL {", "GRAPH ex:service {", "?a ?b true", "?a ?b ex:a", "_:a.", "[]", "^^"),
        ]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=500)
@given(calling_texts)
def test_no_query_that_passes_calls(body: str) -> None:
    """A query that passes and runs does also run with the word misspelt: it was no keyword."""
    query = f"{PROLOGUE} SELECT * {{ ?a ?b ?c . {body} }}"
    try:
        sparql.refuse(query)
        Store().query(query)
    except (QueryError, SyntaxError, UnicodeEncodeError):
        return
    except RuntimeError as error:  # Oxigraph knows no function `ex:x`.
        if "custom function" not in str(error):
            raise
        return
    Store().query(query.replace("SERVICE", "SFRVICE").replace("service", "sfrvice"))


def test_parameters() -> None:
    """A parameter is VALUES with one variable, alone on its line; strings and comments are not."""
    assert sparql.parameters(QUESTION) == {
        "position": "id:position-us-leaves-nato",
        "stance": "id:a id:b",
        "text": '"a } and a # b"@en',
        "open": "UNDEF",
        "none": "",
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_way(newline: str) -> None:
    """A line ends as lines end on any system."""
    lines = ["SELECT * {", "VALUES ?a { 1 }", "VALUES ?b {", "2 }", "}"]
    assert sparql.parameters(newline.join(lines)) == {"a": "1"}


@given(hostile_texts)
def test_parameters_of_any_text(text: str) -> None:
    """No text makes it fail."""
    sparql.parameters(text)
    sparql.form(text)


def test_fill_puts_a_term_in_the_place_of_the_default() -> None:
    """The braces stay, the rest of the text stays, and other parameters keep their defaults."""
    filled = sparql.fill(
        QUESTION,
        {
            "position": NamedNode("https://w3id.org/standpunkt/id/position-us-leaves-un"),
            "text": Literal("b", language="de"),
            "none": Literal("2024-07-09", datatype=NamedNode("http://x/date")),
        },
    )
    changes = {
        "id:position-us-leaves-nato": "<https://w3id.org/standpunkt/id/position-us-leaves-un>",
        '{   "a } and a # b"@en   }': '{ "b"@de }',
        "VALUES ?none { }": 'VALUES ?none { "2024-07-09"^^<http://x/date> }',
    }
    expected = QUESTION
    for old, new in changes.items():
        expected = expected.replace(old, new)
    assert filled == expected
    assert sparql.fill(filled, {}) == filled


def test_fill_takes_every_place_of_a_parameter() -> None:
    """A parameter that stands twice is filled twice."""
    text = "SELECT * {\n{\nVALUES ?a { 1 }\n} UNION {\nVALUES ?a { 2 }\n}}"
    assert bindings(sparql.fill(text, {"a": Literal("x")})) == [[Literal("x")]] * 2


def test_fill_refuses_unknown_parameters() -> None:
    """The line suggests the parameter that was meant."""
    with pytest.raises(UnknownNameError, match=r"'positon'; did you mean 'position'\?"):
        sparql.fill(QUESTION, {"positon": Literal("x")})


@pytest.mark.parametrize(
    "value",
    [
        BlankNode("a"),
        Triple(NamedNode("a:"), NamedNode("b:"), NamedNode("c:")),
        "UNDEF } SERVICE <http://x/> { ",
        None,
        3,
    ],
)
def test_fill_takes_iris_and_literals_alone(value: object) -> None:
    """What cannot stand in VALUES, or is no term, is refused by name."""
    with pytest.raises(ParameterError, match="parameter 'position' takes an IRI or a literal"):
        sparql.fill(QUESTION, {"position": value})


TEMPLATE = """SELECT ?x ?guard WHERE {
  VALUES ?x { "default" }
  VALUES ?guard { "untouched" }
}"""
GUARD = Literal("untouched")


@given(encodable_texts)
@example('" } SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } #')
@example("\\u0022")
@example("\\\\u0022\\")
@example("\0\x01\x08\x0c\x1f\x7f")
def test_no_text_becomes_syntax(text: str) -> None:
    """A text is bound as it is, plain, with a language and with a datatype, and nothing else is."""
    for term in (
        Literal(text),
        Literal(text, language="de-at"),
        Literal(text, datatype=NamedNode("http://x/'(#)")),
    ):
        filled = sparql.fill(TEMPLATE, {"x": term})
        assert bindings(filled) == [[term, GUARD]]
        assert sum(kind == "string" for kind, _ in kinds(filled)) == 2
        assert sparql.parameters(filled).keys() == {"x", "guard"}


@given(encodable_texts)
def test_no_escape_is_left_to_be_decoded_first(text: str) -> None:
    """Engines that decode code points before they parse come to the same text."""
    filled = sparql.fill(TEMPLATE, {"x": Literal(text)})
    string = next(token.text for token in sparql.tokens(filled) if token.kind == "string")
    assert "\\\\u" not in string.replace("\\\\\\u", "")
    assert "\\\\U" not in string


@given(st.builds("http://example.org/{}".format, encodable_texts))
def test_no_iri_becomes_syntax(iri: str) -> None:
    """Whatever is an IRI is bound as it is."""
    try:
        term = NamedNode(iri)
    except ValueError:
        reject()
    assert bindings(sparql.fill(TEMPLATE, {"x": term})) == [[term, GUARD]]


@given(encodable_texts)
def test_no_malformed_iri_becomes_syntax(text: str) -> None:
    """A parser that is lenient lets malformed IRIs through: they cannot run, and add no token."""
    written = "".join(f"\\U{ord(character):08X}" for character in text)
    statement = f"<http://x/{written}> <x:> <x:> ."
    (quad,) = parse(statement, format=RdfFormat.N_TRIPLES, lenient=True)
    filled = sparql.fill(TEMPLATE, {"x": quad.subject})
    assert [kind for kind, _ in kinds(filled)] == [
        "iri" if kind == ("string", '"default"') else kind[0] for kind in kinds(TEMPLATE)
    ]
    try:
        assert bindings(filled) == [[NamedNode(quad.subject.value), GUARD]]
    except SyntaxError:
        with pytest.raises(ValueError, match="IRI"):
            NamedNode(quad.subject.value)
