"""Gephi, which draws networks, reads the GraphML that `export` writes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from servers import JARS
from standpunkt.exporting import export
from test_queries_shipped import DOSSIER

GEPHI = JARS / "gephi-toolkit-all.jar"
# A machine of its own: Java starts once in a process, with one set of jars.
READ = """
import json, sys
import jpype

jpype.startJVM("-Djava.awt.headless=true", classpath=[sys.argv[1]], convertStrings=True)
found = jpype.JClass("org.openide.util.Lookup").getDefault().lookup
find = lambda name: found(jpype.JClass(name))
projects = find("org.gephi.project.api.ProjectController")
projects.newProject()
importing = find("org.gephi.io.importer.api.ImportController")
container = importing.importFile(jpype.JClass("java.io.File")(sys.argv[2]))
merging = jpype.JClass("org.gephi.io.importer.api.EdgeMergeStrategy")
container.getLoader().setEdgesMergeStrategy(merging.NO_MERGE)  # as docs/exporting.md says
processor = jpype.JClass("org.gephi.io.processor.plugin.DefaultProcessor")()
importing.process(container, processor, projects.getCurrentWorkspace())
model = find("org.gephi.graph.api.GraphController").getGraphModel()
issues = list(container.getReport().getIssuesList(100))
print(json.dumps({
    "nodes": model.getGraph().getNodeCount(),
    "edges": model.getGraph().getEdgeCount(),
    "labels": sorted(node.getLabel() for node in model.getGraph().getNodes()),
    "issues": [str(each.getMessage()) for each in issues],
}))
"""


@pytest.mark.parametrize("network", ["statements", "congruence", "conflict"])
def test_gephi_reads_a_network_without_a_complaint(network: str, tmp_path: Path) -> None:
    """It has as many nodes and edges as networkx finds, and their labels."""
    networkx = pytest.importorskip(
        "networkx", reason="networkx is missing: install the extra 'oracles'"
    )
    jpype = pytest.importorskip("jpype", reason="JPype1 is missing: install the extra 'oracles'")
    try:
        jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        pytest.skip("there is no Java: apt-get install default-jre-headless")
    if not GEPHI.exists():
        pytest.skip("Gephi is missing: run tests/stores/install")
    path = tmp_path / "network.graphml"
    path.write_text(export(DOSSIER, "graphml", network=network), encoding="utf-8", newline="")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(GEPHI), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout.splitlines()[-1])
    graph = networkx.read_graphml(path)
    assert read["issues"] == []
    assert (read["nodes"], read["edges"]) == (len(graph), graph.number_of_edges())
    assert read["labels"] == sorted(node["label"] for _, node in graph.nodes(data=True))
