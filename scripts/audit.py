#!/usr/bin/env python3
"""Checks the dependencies against deny.toml and the version rules of the workspace.

Licences, sources, banned crates; one version of each SDK crate, pinned with `=`; every version in the
workspace's Cargo.toml. It reads what `cargo metadata` says and compiles nothing. The advisory database is
not among what it checks: no registry serves it.
"""

import json
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"

# Crates of the Polkadot SDK by how their names begin; they are released as one set.
SDK = re.compile(r"(cumulus|frame|pallet|parachains?|polkadot|sc|sp|staging|substrate|xcm)-")


def licence_allowed(expression, allowed):
    """Whether an SPDX expression can be met with the allowed licences: AND needs both sides, OR one."""
    # "MIT/Apache-2.0" is how manifests said OR before SPDX.
    tokens = re.findall(r"[()]|[^\s()]+", expression.replace("/", " OR "))
    at = 0

    def term():
        nonlocal at
        if at >= len(tokens):
            raise ValueError("ends early")
        token = tokens[at]
        at += 1
        if token == "(":
            value = either()
            if at >= len(tokens) or tokens[at] != ")":
                raise ValueError("a bracket is not closed")
            at += 1
            return value
        if tokens[at : at + 1] == ["WITH"]:
            token = " ".join([token, *tokens[at : at + 2]])
            at += 2
        return token in allowed

    def both():
        nonlocal at
        value = term()
        while tokens[at : at + 1] == ["AND"]:
            at += 1
            value = term() and value
        return value

    def either():
        nonlocal at
        value = both()
        while tokens[at : at + 1] == ["OR"]:
            at += 1
            value = both() or value
        return value

    value = either()
    if at != len(tokens):
        raise ValueError(f"'{tokens[at]}' is not expected there")
    return value


def check_licences(packages, rules):
    allowed = set(rules["allow"])
    exceptions = defaultdict(set)
    for rule in rules.get("exceptions", []):
        exceptions[rule["crate"]].update(rule["allow"])
    clarified = {(rule["crate"], rule["version"]): rule["expression"] for rule in rules.get("clarify", [])}
    used = set()
    for package in packages:
        name, version = package["name"], package["version"]
        expression = package["license"]
        if not expression:
            expression = clarified.get((name, version))
            used.add((name, version))
        if not expression:
            yield f"{name} {version}: no licence expression; read its licence and add it to licenses.clarify"
            continue
        try:
            if not licence_allowed(expression, allowed | exceptions[name]):
                yield f"{name} {version}: licence '{expression}' is not allowed"
        except ValueError as error:
            yield f"{name} {version}: licence '{expression}' is no SPDX expression: {error}"
    for name, version in sorted(set(clarified) - used):
        yield f"deny.toml: licenses.clarify names {name} {version}, which needs it no longer"


def check_sources(locked, members):
    for package in locked:
        name, version, source = package["name"], package["version"], package.get("source")
        if source is None:
            if name not in members:
                yield f"{name} {version}: comes from a folder outside the workspace"
        elif source != CRATES_IO:
            yield f"{name} {version}: comes from {source}, not from crates.io"
        elif "checksum" not in package:
            yield f"{name} {version}: has no checksum in Cargo.lock"


def check_bans(locked, rules):
    versions = defaultdict(list)
    for package in locked:
        versions[package["name"]].append(package["version"])
    for rule in rules.get("deny", []):
        name = rule["crate"]
        if rule.get("deny-multiple-versions"):
            if len(versions[name]) > 1:
                yield f"{name}: {len(versions[name])} versions: {', '.join(versions[name])}"
        elif versions[name]:
            yield f"{name} {', '.join(versions[name])}: banned: {rule['reason']}"


def check_sdk(workspace, locked):
    versions = defaultdict(list)
    for package in locked:
        versions[package["name"]].append(package["version"])
    for key, spec in workspace.items():
        spec = spec if isinstance(spec, dict) else {"version": spec}
        name = spec.get("package", key)
        if "path" in spec or not SDK.match(name):
            continue
        pin = spec.get("version", "")
        if not pin.startswith("="):
            yield f"{name}: '{pin}' in Cargo.toml is no exact version: SDK crates are pinned with '='"
        found = versions[name]
        # None is fine: a crate may be listed for a member that is still to come.
        if len(found) > 1:
            yield f"{name}: {len(found)} versions, so two SDK releases are mixed: {', '.join(found)}"


def check_members(packages):
    """Every version stands once, in the workspace's Cargo.toml."""
    for package in packages:
        path = Path(package["manifest_path"])
        manifest = tomllib.loads(path.read_text())
        tables = [manifest, *manifest.get("target", {}).values()]
        for table in tables:
            for kind in ("dependencies", "dev-dependencies", "build-dependencies"):
                for name, spec in table.get(kind, {}).items():
                    if not (isinstance(spec, dict) and spec.get("workspace")):
                        yield f"{path.relative_to(ROOT)}: {kind}.{name} does not say workspace = true"


def main():
    rules = tomllib.loads((ROOT / "deny.toml").read_text())
    workspace = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["dependencies"]
    locked = tomllib.loads((ROOT / "Cargo.lock").read_text())["package"]
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    for target in rules["graph"]["targets"]:
        command += ["--filter-platform", target]
    metadata = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    members = set(metadata["workspace_members"])
    own = [package for package in metadata["packages"] if package["id"] in members]

    checks = {
        "licences": check_licences(metadata["packages"], rules["licenses"]),
        "sources": check_sources(locked, {package["name"] for package in own}),
        "bans": check_bans(locked, rules["bans"]),
        "SDK versions": check_sdk(workspace, locked),
        "members": check_members(own),
    }
    failed = False
    for name, findings in checks.items():
        findings = list(findings)
        failed |= bool(findings)
        print(f"audit: {name}: {'ok' if not findings else f'{len(findings)} found'}")
        for finding in findings:
            print(f"  {finding}")
    print(f"audit: {len(metadata['packages'])} packages built on {', '.join(rules['graph']['targets'])}, "
          f"{len(locked)} locked")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
