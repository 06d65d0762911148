"""What the linter finds."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True, slots=True)
class LintFinding:
    """A breach of a house rule: file, line (counted from 1), the rule's name, and what to mend."""

    file: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        """Write the finding in one line.

        >>> print(LintFinding(Path("queries/a.rq"), 3, "order", "ORDER BY leaves out ?actor"))
        queries/a.rq:3: order: ORDER BY leaves out ?actor
        """
        return f"{self.file}:{self.line}: {self.rule}: {self.message}"
