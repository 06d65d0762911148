"""The web: pages for readers and a SPARQL endpoint for programs, over one dossier.

Only this package imports Starlette, Jinja2 and uvicorn, which the extra `serve` brings; the command
line imports it when somebody serves.
"""
