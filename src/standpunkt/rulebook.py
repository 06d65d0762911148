"""The rules of OWL 2 RL in words, by the names of the recommendation.

https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

# German, English. A word of OWL stands for the axiom that the rule applies.
_WORDS = {
    "cax-eqc1": ("gleichwertige Klassen", "equivalent classes"),
    "cax-eqc2": ("gleichwertige Klassen", "equivalent classes"),
    "cax-sco": ("Unterklasse", "subclass"),
    "cls-avf": ("alle Werte sind aus einer Klasse", "all values are from a class"),
    "cls-hv1": ("ein fester Wert", "a fixed value"),
    "cls-hv2": ("ein fester Wert", "a fixed value"),
    "cls-int1": ("Durchschnitt von Klassen", "intersection of classes"),
    "cls-int2": ("Durchschnitt von Klassen", "intersection of classes"),
    "cls-maxc2": ("höchstens ein Wert", "at most one value"),
    "cls-maxqc3": ("höchstens ein Wert aus einer Klasse", "at most one value from a class"),
    "cls-maxqc4": ("höchstens ein Wert", "at most one value"),
    "cls-oo": ("aufgezählte Klasse", "enumerated class"),
    "cls-svf1": ("ein Wert aus einer Klasse", "a value from a class"),
    "cls-svf2": ("ein Wert", "a value"),
    "cls-uni": ("Vereinigung von Klassen", "union of classes"),
    "eq-rep-o": ("Ersetzung durch Gleiches", "replacement by an equal"),
    "eq-rep-p": ("Ersetzung durch Gleiches", "replacement by an equal"),
    "eq-rep-s": ("Ersetzung durch Gleiches", "replacement by an equal"),
    "eq-sym": ("Gleichheit gilt in beide Richtungen", "equality holds both ways"),
    "eq-trans": ("Gleichheit setzt sich fort", "equality carries on"),
    "prp-dom": ("Definitionsbereich der Eigenschaft", "domain of the property"),
    "prp-eqp1": ("gleichwertige Eigenschaften", "equivalent properties"),
    "prp-eqp2": ("gleichwertige Eigenschaften", "equivalent properties"),
    "prp-fp": ("funktionale Eigenschaft", "functional property"),
    "prp-ifp": ("umgekehrt funktionale Eigenschaft", "inverse functional property"),
    "prp-inv1": ("Umkehrung der Eigenschaft", "inverse of the property"),
    "prp-inv2": ("Umkehrung der Eigenschaft", "inverse of the property"),
    "prp-key": ("Schlüssel", "key"),
    "prp-rng": ("Wertebereich der Eigenschaft", "range of the property"),
    "prp-spo1": ("Untereigenschaft", "subproperty"),
    "prp-spo2": ("Kette von Eigenschaften", "chain of properties"),
    "prp-symp": ("symmetrische Eigenschaft", "symmetric property"),
    "prp-trp": ("transitive Eigenschaft", "transitive property"),
    "scm-avf1": ("alle Werte sind aus einer Unterklasse", "all values are from a subclass"),
    "scm-avf2": ("alle Werte einer Untereigenschaft", "all values of a subproperty"),
    "scm-dom1": ("Oberklasse des Definitionsbereichs", "superclass of the domain"),
    "scm-dom2": ("Definitionsbereich der Untereigenschaft", "domain of the subproperty"),
    "scm-eqc1": ("gleichwertige Klassen", "equivalent classes"),
    "scm-eqc2": ("gleichwertige Klassen", "equivalent classes"),
    "scm-eqp1": ("gleichwertige Eigenschaften", "equivalent properties"),
    "scm-eqp2": ("gleichwertige Eigenschaften", "equivalent properties"),
    "scm-hv": ("fester Wert einer Untereigenschaft", "fixed value of a subproperty"),
    "scm-int": ("Durchschnitt von Klassen", "intersection of classes"),
    "scm-rng1": ("Oberklasse des Wertebereichs", "superclass of the range"),
    "scm-rng2": ("Wertebereich der Untereigenschaft", "range of the subproperty"),
    "scm-sco": ("Unterklasse einer Unterklasse", "subclass of a subclass"),
    "scm-spo": ("Untereigenschaft einer Untereigenschaft", "subproperty of a subproperty"),
    "scm-svf1": ("ein Wert aus einer Unterklasse", "a value from a subclass"),
    "scm-svf2": ("ein Wert einer Untereigenschaft", "a value of a subproperty"),
    "scm-uni": ("Vereinigung von Klassen", "union of classes"),
}


def rule(name: str, language: str) -> str:
    """Say a rule in words, with its name: `"chain of properties, prp-spo2"`."""
    german, english = _WORDS[name]
    return f"{german if language == 'de' else english}, {name}"
