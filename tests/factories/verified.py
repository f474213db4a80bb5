"""Bundles built, changed, signed again and checked, for tests."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from innovate.audit.domain import jcs
from innovate.audit.domain.notes import read_note, write_note
from innovate.core import keys
from innovate.results.domain.bundle.build import build_bundle
from innovate.results.domain.bundle.inputs import FrozenResult, Publication
from innovate.results.domain.bundle.verifier.files import read_keys
from innovate.results.domain.bundle.verifier.proofs import Differs, sha256
from innovate.results.domain.bundle.verifier.whole import Report, verify
from tests.factories.bundles import PUBLIC, SEED, repack, signer, small_result, trail, unpack

FULL, SUMMARY = Publication.FULL, Publication.SUMMARY


def built(result: FrozenResult | None = None, publication: Publication = FULL) -> bytes:
    return build_bundle(result or small_result(), trail(), publication, signer()).content


def check(content: bytes, public: str | None = PUBLIC) -> Report | str:
    """The reason why a bundle differs, or the report."""
    try:
        return verify(io.BytesIO(content), read_keys(public) if public else None)
    except Differs as difference:
        return str(difference)


def signed_again(files: dict[str, bytes], seed: bytes = SEED) -> bytes:
    """What the key's owner could publish: hashes and signature made to fit the files as they are now."""
    manifest = json.loads(files["manifest.json"])
    names = set(files) - {"manifest.json", "checkpoint.txt"}
    manifest["files"] = {name: sha256(files[name]) for name in names}
    log = files["log.ndjson"].splitlines()
    manifest["log"]["head"] = sha256(log[-1])
    files["manifest.json"] = jcs.dumps(manifest)
    note, _id, _signature = read_note(files["checkpoint.txt"].decode())
    lines = (("manifest", sha256(files["manifest.json"])), *note.lines[1:])
    note = replace(note, lines=lines)
    text = write_note(note, key_id(seed), keys.sign(seed, note.body.encode()))
    files["checkpoint.txt"] = text.encode()
    return repack(files)


def key_id(seed: bytes) -> str:
    return next(iter(read_keys(keys.public_of(seed).hex())))


def changed(content: bytes, name: str, before: str, after: str) -> dict[str, bytes]:
    files = unpack(content)
    assert before.encode() in files[name]
    return {**files, name: files[name].replace(before.encode(), after.encode(), 1)}


# -- every class of byte ----------------------------------------------------------------------------------------------

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[-\d]+|true|false|null|[{}\[\],:]|\n')


def classes_of(name: str, content: bytes) -> dict[str, list[int]]:
    """The bytes of a bundle's file (places) by what they are: for JSON the path of each value and key, for checkpoints
    each line, for everything else thirds.
    """
    if name.endswith(("json", "ndjson")):
        return _json_classes(content)
    found: dict[str, list[int]] = {}
    if name.endswith("checkpoint.txt"):
        for at in range(len(content)):
            line = content[:at].count(b"\n")
            found.setdefault(f"line {line + 1}", []).append(at)
        return found
    third = len(content) // 3
    return {f"third {n + 1}": list(range(n * third, (n + 1) * third)) for n in range(3)}


def _json_classes(content: bytes) -> dict[str, list[int]]:
    text = content.decode("latin-1")  # a byte each
    found: dict[str, list[int]] = {}
    path: list[str] = [""]
    for match in _TOKEN.finditer(text):
        token, places = match.group(), list(range(*match.span()))
        if token in "{[":
            path.append("")
        elif token in "}]":
            path.pop()
        elif token.startswith('"') and text[match.end() : match.end() + 1] == ":":
            path[-1] = token[1:-1]
            found.setdefault(f"key {'.'.join(filter(None, path))}", []).extend(places)
            continue
        elif token not in ",:\n":
            found.setdefault(f"value {'.'.join(filter(None, path))}", []).extend(places)
            continue
        found.setdefault(f"sign {token!r}", []).extend(places)
    return found


def flips(content: bytes) -> Iterator[tuple[str, str, bytes]]:
    """A bundle with one bit of one byte turned, for each file and each class of byte in it: (file, class, bundle)."""
    files = unpack(content)
    for name, whole in files.items():
        for n, (kind, places) in enumerate(sorted(classes_of(name, whole).items())):
            at, bit = places[(7 * n + 3) % len(places)], 1 << n % 8
            turned = whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :]
            yield name, kind, repack({**files, name: turned})


# -- the bundle's own script ------------------------------------------------------------------------------------------


def run_alone(folder: Path, content: bytes, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program beside a bundle's verify.py and the public key, with numpy and scipy as the only packages."""
    (folder / "verify.py").write_bytes(unpack(content)["verify.py"])
    (folder / "key.txt").write_text(PUBLIC)
    packages = folder / "packages"
    packages.mkdir()
    for name in ("numpy", "scipy"):
        spec = importlib.util.find_spec(name)
        (home,) = spec.submodule_search_locations
        for path in Path(home).parent.glob(f"{name}*"):
            (packages / path.name).symlink_to(path)
    command = [sys.executable, "-S", "-s", "-c", program]
    env = {"PYTHONPATH": str(packages)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)
