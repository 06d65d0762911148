"""Why mutants of an operator that counts may survive: for each such operator, the reason."""

REASONS: dict[str, str] = {
    "evidence-of-other-article": (
        "everything that the fact names occurs in the other article as well, and its own passage "
        "carries further facts; only the texts tell which of the two it is."
    ),
    "header-line-dropped": (
        "a question need not say what its rows claim; only `--why` misses the line, and says so."
    ),
    "hedge-dropped": (
        "a figure without a hedge is the common case; only the sentence tells that it has one."
    ),
    "text-copied-between-languages": (
        "a name may stay the same in both languages, and the German label is one that the article "
        "gives."
    ),
}
