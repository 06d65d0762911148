"""A typer program that does nothing: what any program with a command line starts from."""

import typer

app = typer.Typer()


@app.command()
def empty() -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
