"""The words of the pages that no dossier has, in German and English."""

from collections.abc import Mapping

_WORDS: dict[str, tuple[str, str]] = {
    "advocates": ("dafür", "in favour"),
    "again": ("Antworten", "Answer"),
    "all": ("alle", "all"),
    "and who": ("Und wer", "And who"),
    "answer": ("Antwort", "Answer"),
    "article text missing": (
        (
            "Der Text des Artikels liegt dem Dossier nicht bei. Wer ihn hat, prüft jede Stelle an"
            " Anfang, Ende und Prüfsumme."
        ),
        (
            "The text of the article is not part of the dossier. Whoever has it can check each"
            " passage by its start, end and checksum."
        ),
    ),
    "asked with": ("Gefragt mit", "Asked with"),
    "back": ("Zur Frage", "Back to the question"),
    "by definition": ("so festgelegt: laut Definition", "by definition"),
    "carries no fact": ("trägt keinen Fakt", "carries no fact"),
    "characters": ("Zeichen {} bis {}", "characters {} to {}"),
    "columns left out": ("Ohne Angaben, daher weggelassen", "Left out, as they hold nothing"),
    "contradiction": (
        "Das Dossier widerspricht sich; darum steht hier nichts Gefolgertes.",
        "The dossier contradicts itself; so nothing inferred stands here.",
    ),
    "data": ("Das Dossier als Daten", "The dossier as data"),
    "derived": ("gefolgert", "inferred"),
    "disputed": ("Umstrittene Positionen", "Disputed positions"),
    "each alone": (
        "Folgt aus {} Fakten, aus jedem allein",
        "Follows from {} facts, from each of them alone",
    ),
    "edges": ("Verbindung", "Link"),
    "error": ("Das geht so nicht", "That does not work"),
    "examples": ("Beispiele", "Examples"),
    "facts": ("Fakten", "Facts"),
    "figures": ("Zahlen", "Figures"),
    "figures lead": (
        (
            "Was die Artikel in Zahlen sagen, nach dem, was gemessen wird. Jeder Balken steht im"
            " Verhältnis zur größten Zahl seiner Tafel."
        ),
        (
            "What the articles say in numbers, by what is measured. Each bar is relative to the"
            " largest number of its table."
        ),
    ),
    "files": ("Dateien des Dossiers", "Files of the dossier"),
    "follows": ("Folgt Schritt für Schritt", "Follows step by step"),
    "follows from one": ("Folgt aus einem Fakt", "Follows from one fact"),
    "found none": ("Nichts heißt so.", "Nothing is called that."),
    "from definitions": (
        "Folgt aus Definitionen, oder aus mehreren Fakten zusammen",
        "Follows from definitions, or from several facts together",
    ),
    "glossary": ("Begriffe", "Vocabulary"),
    "glossary lead": (
        "Die Begriffe der Ontologie, jeder mit seiner Definition.",
        "The terms of the ontology, each with its definition.",
    ),
    "home": ("Start", "Home"),
    "graph classes": ("Wie viele Knoten von welcher Klasse", "How many nodes of which class"),
    "graph properties": (
        "Wie viele Tripel mit welcher Eigenschaft",
        "How many triples by property",
    ),
    "graphs": ("Benannte Graphen", "Named graphs"),
    "holds": ("gilt", "holds"),
    "incoming": ("Was darauf zeigt", "What points to it"),
    "index": ("Verzeichnis", "Index"),
    "keys": (
        "Strg+Eingabe: ausführen · Strg+Leertaste: Vorschläge · Esc, dann Tab: aus dem Feld",
        "Ctrl+Enter: run · Ctrl+Space: suggestions · Esc, then Tab: out of the field",
    ),
    "lead": (
        (
            "Wer hat was zu einer Frage gesagt, wie fest, wann, unter welcher Bedingung, und in"
            " welchem Satz welches Artikels steht das? Jede Antwort nennt ihre Belege."
        ),
        (
            "Who said what about a question, how firmly, when, under which condition, and in which"
            " sentence of which article is that written? Every answer names its evidence."
        ),
    ),
    "licence": (
        "Daten: CC BY 4.0 · Programm: MIT · Standpunkt {}",
        "Data: CC BY 4.0 · Software: MIT · Standpunkt {}",
    ),
    "matrix": ("Wer steht wo", "Who stands where"),
    "matrix lead": (
        (
            "Zeilen sind Positionen, Spalten sind Akteure. Ein Zeichen führt zur Aussage, eines in"
            " Klammern folgt aus anderen und führt zum Beweis."
        ),
        (
            "Rows are positions, columns are actors. A sign leads to the statement; one in"
            " parentheses follows from others and leads to the proof."
        ),
    ),
    "menu": ("Hauptmenü", "Main menu"),
    "nearest": ("Am nächsten kommt", "What comes nearest"),
    "neither": ("weder dafür noch dagegen", "neither for nor against"),
    "network": ("Wer mit wem", "Who with whom"),
    "network lead": (
        (
            "Wer auf derselben Seite steht, und wer einander gegenüber: aus Aussagen, die eine"
            " Position befürworten, fordern oder ablehnen."
        ),
        (
            "Who is on the same side, and who stands against whom: from statements that endorse,"
            " demand or reject a position."
        ),
    ),
    "network table": ("Das Netz als Tabelle", "The network as a table"),
    "needs server": (
        (
            "Diese Seiten sind Dateien; SPARQL braucht den Server, der mit zwei Befehlen auf dem"
            " eigenen Rechner läuft. Was die gespeicherten Fragen ergeben, steht auch hier."
        ),
        (
            "These pages are files; SPARQL needs the server, which two commands start on your own"
            " machine. What the saved questions give stands here, too."
        ),
    ),
    "newest": ("Neueste Aussagen", "Newest statements"),
    "no": ("Nein, das gilt nicht", "No, this does not hold"),
    "no rows": ("Darauf gibt es keine Antwort.", "There is no answer to that."),
    "not here": (
        "Unter dieser Adresse steht nichts. Verzeichnis und Suche führen zu allem, was es gibt.",
        "There is nothing at this address. The index and the search lead to all that there is.",
    ),
    "not found": ("Das gibt es hier nicht", "There is no such page"),
    "not found lead": (
        "Unter {} weiß das Dossier nichts.",
        "The dossier knows nothing by the name {}.",
    ),
    "no text": (
        "Der Artikel hat dort einen anderen Text.",
        "The article has another text there.",
    ),
    "opposes": ("dagegen", "against"),
    "outside": ("Wissen von außerhalb der Artikel", "Knowledge from outside the articles"),
    "over time": ("Im Lauf der Zeit", "Over time"),
    "overview": ("Was es gibt", "What there is"),
    "permalink": ("Dauerhafte Adresse", "Permalink"),
    "places": ("Wo das steht", "Where this is written"),
    "positions": ("Positionen", "Positions"),
    "questions": ("Fragen", "Questions"),
    "read it": ("Lesen, was darin steht", "Read what is in it"),
    "result": ("Ergebnis", "Result"),
    "rows": ("{} Zeilen", "{} rows"),
    "row": ("1 Zeile", "1 row"),
    "rule has": ("Teile", "Parts"),
    "rule is for": ("Gilt für", "Applies to"),
    "rule is part of": ("Teil von", "Part of"),
    "rule mend": ("Abhilfe", "Mend"),
    "rule severity": ("Wer sie bricht, bekommt", "Breaking it gives"),
    "run": ("Ausführen", "Run"),
    "same side": ("auf derselben Seite", "on the same side"),
    "against each other": ("einander gegenüber", "against each other"),
    "search": ("Suche", "Search"),
    "search for": ("Personen, Positionen, Gesetze …", "People, positions, laws …"),
    "shapes": ("Regeln", "Rules"),
    "shapes lead": (
        "Was Fakten erfüllen müssen, damit das Dossier gilt: Formen und Bedingungen in SHACL.",
        "What facts have to meet for the dossier to conform: shapes and constraints in SHACL.",
    ),
    "signs": ("Zeichen", "Signs"),
    "skip": ("Zum Inhalt", "Skip to the content"),
    "sparql": ("SPARQL", "SPARQL"),
    "sparql lead": (
        "Für alle, die selbst fragen wollen: SPARQL 1.1 auf allem, was im Dossier steht.",
        "For those who want to ask on their own: SPARQL 1.1 on all that the dossier holds.",
    ),
    "sparql of": ("Die Frage in SPARQL", "The question in SPARQL"),
    "suggestions": ("Gemeint war vielleicht", "Perhaps this was meant"),
    "taken": ("Haltungen dazu", "Stances on it"),
    "timeline": ("Zeitleiste", "Timeline"),
    "timeline lead": (
        "Ereignisse, Aussagen und Artikel nach der Zeit, so genau wie der Text es erlaubt.",
        "Events, statements and articles in the order of time, as exact as the text allows.",
    ),
    "triples": ("{} Tripel", "{} triples"),
    "turtle": ("In Turtle", "In Turtle"),
    "undated": ("Ohne Datum", "Without a date"),
    "was asserted": ("So festgehalten", "Recorded like this"),
    "what": ("Was", "What"),
    "who": ("Wer", "Who"),
    "why": ("Warum?", "Why?"),
    "why of": ("Warum das gilt", "Why this holds"),
    "values": ("{}: {} zur Wahl", "{}: {} to choose from"),
    "your query": ("Deine Anfrage", "Your query"),
}
_TAGS = {
    "actors": "Akteure",
    "consequences": "Folgen",
    "figures": "Zahlen",
    "law": "Recht",
    "outside": "Von außerhalb",
    "overview": "Überblick",
    "positions": "Positionen",
    "sources": "Quellen",
    "statements": "Aussagen",
    "time": "Zeit",
}
_TAGS_EN = {"outside": "From outside", "law": "Law"}


def words(language: str) -> Mapping[str, str]:
    """Give the words of a language by their key."""
    place = 0 if language == "de" else 1
    return {key: both[place] for key, both in _WORDS.items()}


def tag(name: str, language: str) -> str:
    """Write the tag of a question for a reader; an unknown one stands as it is."""
    if language == "de":
        return _TAGS.get(name, name)
    return _TAGS_EN.get(name, name[:1].upper() + name[1:])
