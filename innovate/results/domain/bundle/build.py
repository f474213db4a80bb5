"""From a frozen result to the bytes of its bundle: the same input always gives the same archive."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from innovate.audit.domain import jcs
from innovate.audit.domain.merkle import build_levels, leaf_hash, root_of
from innovate.audit.domain.notes import FIRST, Checkpoint, hash_note, key_id_of, read_note, write_note
from innovate.results.domain.bundle.inputs import FrozenResult, Publication, RoundPart, Trail, as_plain
from innovate.results.domain.bundle.readme import write_readme
from innovate.results.domain.bundle.script import write_script

FORMAT = "innovate-result/1"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: archives do not differ by when they were made
_MODE = 0o644 << 16


@dataclass(frozen=True)
class Signer:
    """A public key, and what signs with its private one."""

    public: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True)
class Bundle:
    """The archive, and the checkpoint that stands for it."""

    content: bytes
    checkpoint: str


def build_bundle(result: FrozenResult, trail: Trail, publication: Publication, signer: Signer) -> Bundle:
    """The archive of a result, signed; its instant is that of the trail's checkpoint."""
    files = _write_files(result, trail, publication)
    root = ballots_root(result)
    manifest = _write_manifest(result, trail, publication, signer, root, files)
    files["manifest.json"] = jcs.dumps(manifest) + b"\n"
    audit, _key, _signature = read_note(trail.checkpoint)
    checkpoint = Checkpoint(
        origin=f"innovate/hasil/{result.event}/{result.round}/{result.snapshot}",
        size=len(result.lines),
        root=root,
        lines=(
            ("manifest", _sha256(files["manifest.json"])),
            ("previous", hash_note(trail.checkpoint)),
            ("time", audit.find("time")),
        ),
    )
    text = write_note(checkpoint, key_id_of(signer.public), signer.sign(checkpoint.body.encode()))
    files["checkpoint.txt"] = text.encode()
    return Bundle(pack(files), text)


def ballots_root(result: FrozenResult) -> str:
    """The Merkle root (hex) over all ballots, excluded ones too."""
    return root_of(build_levels([leaf_hash(line) for line in result.lines])).hex()


def _write_files(result: FrozenResult, trail: Trail, publication: Publication) -> dict[str, bytes]:
    files = {
        "README.md": write_readme(result, publication).encode(),
        "audit-checkpoint.txt": trail.checkpoint.encode(),
        "leaderboard.json": jcs.dumps(as_plain(result.places)) + b"\n",
        "log-proof.json": jcs.dumps(list(trail.proof)) + b"\n",
        "log.ndjson": _write_log(trail),
        "verify.py": write_script(),
    }
    if publication is Publication.FULL:
        files["ballots.ndjson"] = b"".join(line + b"\n" for line in result.lines)
    return files


def _write_log(trail: Trail) -> bytes:
    """Each entry with its own hashes and, as `before`, the SHA-256 of the line above."""
    lines, before = [], FIRST
    for link, previous, own in trail.entries:
        line = jcs.dumps({**link, "previous": previous, "hash": own, "before": before})
        before = _sha256(line)
        lines.append(line + b"\n")
    return b"".join(lines)


def _write_manifest(
    result: FrozenResult,
    trail: Trail,
    publication: Publication,
    signer: Signer,
    root: str,
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    log = files["log.ndjson"].splitlines()
    return {
        "format": FORMAT,
        "publication": publication.value,
        "key": signer.public.hex(),
        "competition": {"slug": result.event, "name": result.name},
        "board": {
            "round": result.round,
            "snapshot": result.snapshot,
            "taken_at": result.taken_at,
            "minimum_ballots": result.minimum_ballots,
            "jurors": result.jurors,
            "joint": result.joint,
        },
        "method": result.method,
        "rounds": [_write_round(each, publication) for each in result.rounds],
        "rubrics": [as_plain(each) for each in result.rubrics],
        "ties": [dict(rule) for rule in result.ties],
        "plenary": [as_plain(each) for each in result.rulings],
        "seeds": dict(result.seeds),
        "exclusions": [as_plain(each) for each in result.exclusions],
        "ballots": {"count": len(result.lines), "root": root},
        "log": {"entries": len(log), "head": _sha256(log[-1]) if log else FIRST},
        "previous": hash_note(trail.checkpoint),
        "files": {name: _sha256(content) for name, content in files.items()},
    }


def _write_round(part: RoundPart, publication: Publication) -> dict[str, Any]:
    """A summary says nothing of single jurors."""
    values: dict[str, Any] = as_plain(part)
    values["lambda"] = values.pop("ratio")
    if publication is Publication.SUMMARY:
        values["spread"] = None
    return values


def pack(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, _MODE
            archive.writestr(info, files[name])
    return out.getvalue()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
