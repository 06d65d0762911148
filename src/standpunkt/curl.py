"""The same load as commands for a shell: curl and the files of a dossier, or Oxigraph's program.

No secret is in them; the shell takes it from its variables when the commands run.
"""

from collections.abc import Mapping
from pathlib import Path
from shlex import join, quote

from standpunkt.connection import Credentials
from standpunkt.dossier import INFERRED_GRAPH, Dossier
from standpunkt.endpoint import graph_address
from standpunkt.namespaces import GRAPH
from standpunkt.settings import PASSWORD, TOKEN
from standpunkt.staging import Remote, cleaning, staging

_CURL = "curl --fail-with-body --silent --show-error"


def for_server(
    dossier: Dossier, remote: Remote, places: Mapping[str, str], *, is_added: bool
) -> list[str]:
    """Give the commands that load graphs of a dossier into a store behind HTTP.

    `places` has for the IRI of each graph that of the graph that it is loaded into.
    """
    to = remote.endpoint.addresses
    curl = _CURL + _authority(remote.endpoint.connection.credentials)
    targets = list(dict.fromkeys(places.values()))
    update = f"{curl} -H 'Content-Type: application/sparql-update' {quote(to.update or '')}"
    begun = set(targets) if is_added and not to.update else set()
    filled = set()
    lines = []
    for name, target in places.items():
        place = staging(target) if to.update else target
        for command, files in _sources(dossier, name).items():
            filled.add(target)
            if to.graphs is None:
                triples = command or f"rdfpipe -i turtle -o nt {join(files)}"
                text = f"{{ echo 'INSERT DATA {{ GRAPH <{place}> {{'; {triples}; echo '}} }}'; }}"
                lines.append(f"{text} | {update} --data-binary @-")
                continue
            url = quote(graph_address(to.graphs, place))
            send = f"{curl} -H 'Content-Type: text/turtle' {url}"
            for file in files or ["-"]:
                method = "POST" if place in begun else "PUT"
                begun.add(place)
                pipe = f"{command} | " if command else ""
                lines.append(f"{pipe}{send} -X {method} --data-binary {quote('@' + file)}")
    if not to.update:
        return lines
    exchange = remote.exchange(targets, set(targets) - filled, is_added=is_added)
    first, last = (
        f"{update} --data-binary {quote(text)}" for text in (cleaning(targets), exchange)
    )
    return [first, *lines, last]


def for_folder(
    dossier: Dossier, folder: Path, places: Mapping[str, str], *, is_added: bool
) -> list[str]:
    """Give the commands that load graphs into a store in a folder, by Oxigraph's own program."""
    at = f"--location {quote(str(folder))}"
    drops = " ; ".join(f"DROP SILENT GRAPH <{target}>" for target in dict.fromkeys(places.values()))
    lines = [] if is_added else [f"oxigraph update {at} --update {quote(drops)}"]
    for name, target in places.items():
        for command, files in _sources(dossier, name).items():
            what = f"--file {join(files)}" if files else "--format nt"
            pipe = f"{command} | " if command else ""
            lines.append(f"{pipe}oxigraph load {at} {what} --graph {quote(target)}")
    return lines


def _sources(dossier: Dossier, graph: str) -> dict[str, list[str]]:
    """Give where the triples of a graph come from: a command, or `""` and the files."""
    if graph == INFERRED_GRAPH:
        return {f"standpunkt infer --format ntriples --dossier {quote(str(dossier.folder))}": []}
    if graph == GRAPH + "queries":
        at = quote(str(dossier.folder))
        return {f"standpunkt export --part queries --format ntriples --dossier {at}": []}
    files = dossier.sources().get(graph, [])
    return {"": list(map(str, files))} if files else {}


def _authority(credentials: Credentials) -> str:
    """Give curl's options for who asks; it finds out itself whether that is by Basic or Digest."""
    if credentials.token:
        return f' --oauth2-bearer "${TOKEN}"'
    if credentials.user:
        return f' --anyauth --user {quote(credentials.user)}:"${PASSWORD}"'
    return ""
