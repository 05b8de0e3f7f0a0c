#!/usr/bin/env python3
"""Checks what operators copy, against what the node has. scripts/check.sh runs it.

Metrics:  every metric of contracts is defined in the node's source, and stands in the dashboard, the alerts or
          docs/operate.md only if it is; each one defined stands in the dashboard and in docs/operate.md.
Dashboard: JSON in which each panel asks the chosen data source, and no two share an id.
Units:    systemd finds nothing wrong with the service.
Networks: zombienet's files are TOML, and start what they name.
Flags:    the built node knows each flag that a file passes to it.

Metrics of the SDK's and the arguments of the service are tested against a running node by tests/e2e.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPS = ROOT / "ops"
SOURCE = ROOT / "node/src/service/contracts_metrics/metrics.rs"
DOCS = ROOT / "docs/operate.md"
DASHBOARD = OPS / "grafana/caisson.json"
ALERTS = OPS / "prometheus/alerts.yml"
SERVICE = OPS / "systemd/caisson-node.service"
SERVICE_ENV = OPS / "systemd/node.env"
NETWORKS = sorted((OPS / "zombienet").glob("*.toml"))
DATA_SOURCE = "${datasource}"
# The program whose flags can be looked up here.
OURS = "caisson-node"

problems = []


def wrong(file, text):
    problems.append(f"{Path(file).relative_to(ROOT)}: {text}")


def metrics_in(text):
    return set(re.findall(r"\bcaisson_contracts_\w+", text))


def check_metrics():
    defined = set(re.findall(r'"(caisson_contracts_\w+)"', SOURCE.read_text()))
    if not defined:
        wrong(SOURCE, "no metric is defined here")
    for file in [DASHBOARD, ALERTS, DOCS]:
        for name in sorted(metrics_in(file.read_text()) - defined):
            wrong(file, f"the node has no metric {name}")
    for file in [DASHBOARD, DOCS]:
        for name in sorted(defined - metrics_in(file.read_text())):
            wrong(file, f"the node's metric {name} is left out")
    return f"{len(defined)} metrics"


def check_dashboard():
    dashboard = json.loads(DASHBOARD.read_text())
    variables = {variable["name"]: variable for variable in dashboard["templating"]["list"]}
    if variables.get("datasource", {}).get("type") != "datasource":
        wrong(DASHBOARD, "no variable `datasource` chooses a data source")
    ids = [panel["id"] for panel in dashboard["panels"]]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        wrong(DASHBOARD, f"two panels have the id {id}")
    panels = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
    for panel in panels:
        title = panel["title"]
        if not panel.get("targets"):
            wrong(DASHBOARD, f"panel `{title}` asks nothing")
        for asked in [panel, *panel.get("targets", [])]:
            if asked.get("datasource", {}).get("uid") != DATA_SOURCE:
                wrong(DASHBOARD, f"panel `{title}` does not ask the chosen data source")
        for target in panel.get("targets", []):
            expression = target["expr"]
            if any(expression.count(opening) != expression.count(closing) for opening, closing in ["()", "[]", "{}"]):
                wrong(DASHBOARD, f"panel `{title}`: brackets of `{expression}`")
            for name in re.findall(r"\$(\w+)", expression):
                if name not in variables and not name.startswith("__"):
                    wrong(DASHBOARD, f"panel `{title}`: there is no variable {name}")
    return f"{len(panels)} panels"


def check_service():
    if not shutil.which("systemd-analyze"):
        return "skipped, there is no systemd-analyze"
    with tempfile.TemporaryDirectory() as folder:
        # It wants the program to be there, which is installed nowhere yet.
        unit = Path(folder) / SERVICE.name
        unit.write_text(re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", SERVICE.read_text()))
        verified = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)],
            capture_output=True,
            text=True,
        )
    # It ends well also where it has ignored a line.
    said = verified.stderr.replace(str(unit), "").strip()
    if verified.returncode or said:
        wrong(SERVICE, said or f"systemd-analyze ended with {verified.returncode}")
    return "verified"


def check_networks():
    for file in NETWORKS:
        network = tomllib.loads(file.read_text())
        chains = [network["relaychain"], *network.get("parachains", [])]
        for chain in chains:
            nodes = chain.get("nodes", []) + chain.get("collators", [])
            if not nodes:
                wrong(file, "a chain has no nodes")
            for node in nodes:
                command = node.get("command", chain.get("default_command"))
                if command not in [OURS, "polkadot", "polkadot-omni-node"]:
                    wrong(file, f"node {node.get('name')} is started by {command}")
    return f"{len(NETWORKS)} networks"


def flags():
    """Flags for the node, with the file that passes them."""
    # One line for each kind of node, all but one in comments.
    env = re.findall(r"(?m)^#?CAISSON_ARGS=(.*)$", SERVICE_ENV.read_text())
    if len(env) != 3:
        wrong(SERVICE_ENV, "there should be arguments for three kinds of node")
    lines = [(SERVICE_ENV, line) for line in env]
    command = re.search(r"(?m)^ExecStart=\S+ (.*) \$CAISSON_ARGS$", SERVICE.read_text())
    if command:
        lines.append((SERVICE, command[1]))
    else:
        wrong(SERVICE, "ExecStart does not end with $CAISSON_ARGS")
    for file in NETWORKS:
        chain = tomllib.loads(file.read_text())["relaychain"]
        if chain["default_command"] == OURS:
            lines += [(file, " ".join(node["args"])) for node in chain["nodes"] if "args" in node]
    return lines


def check_flags():
    target = os.environ.get("CARGO_TARGET_DIR", Path.home() / ".cache/caisson/target")
    node = os.environ.get("CAISSON_NODE", Path(target) / "release/caisson-node")
    lines = flags()
    if not os.access(node, os.X_OK):
        return "skipped, the node is not built"
    for file, line in lines:
        # Asked for help behind them, it only looks at them.
        asked = subprocess.run([node, *line.split(), "--help"], capture_output=True, text=True)
        if asked.returncode:
            wrong(file, f"`{line}`: {asked.stderr.strip().splitlines()[0]}")
    return f"{len(lines)} lines of flags"


def main():
    for check in [check_metrics, check_dashboard, check_service, check_networks, check_flags]:
        try:
            outcome = check()
        except (OSError, ValueError, KeyError, TypeError) as error:
            outcome = "stopped"
            problems.append(f"{check.__name__}: {type(error).__name__}: {error}")
        print(f"{check.__name__.removeprefix('check_')}: {outcome}")
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
