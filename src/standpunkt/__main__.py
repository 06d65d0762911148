"""`python -m standpunkt` is `standpunkt`."""

from standpunkt.cli import app

app(prog_name="standpunkt")
