"""Checkpoints as text that people can keep: what was signed, and the signature below it.

The form is that of C2SP's `tlog-checkpoint` and `signed-note`: origin, size, root in base64, more lines, an empty line,
and `— name base64(key id || Ed25519 signature)`. The signature covers everything above the empty line.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

NAME = "innovate"
FIRST = "0" * 64  # stands for the checkpoint before the first


@dataclass(frozen=True)
class Checkpoint:
    """A list fixed at a moment: its `size` and Merkle `root` (hex), and more `lines` as (word, value)."""

    origin: str
    size: int
    root: str
    lines: tuple[tuple[str, str], ...] = ()

    @property
    def body(self) -> str:
        """What is signed; ends with a line break."""
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        more = [f"{word} {value}" for word, value in self.lines]
        return "\n".join([self.origin, str(self.size), root, *more]) + "\n"

    def find(self, word: str) -> str:
        """The value of a line, empty where there is none."""
        return next((value for name, value in self.lines if name == word), "")


def key_id_of(public: bytes) -> str:
    """The 8 hex digits by which a signature names its key."""
    return hashlib.sha256(NAME.encode() + b"\n\x01" + public).digest()[:4].hex()


def write_note(checkpoint: Checkpoint, key_id: str, signature: bytes) -> str:
    """The checkpoint with its signature, as it is kept, mailed and published."""
    signed = base64.b64encode(bytes.fromhex(key_id) + signature).decode()
    return f"{checkpoint.body}\n— {NAME} {signed}\n"


def read_note(text: str) -> tuple[Checkpoint, str, bytes]:
    """The checkpoint, the id of its key and the signature. ValueError for anything that `write_note` never wrote."""
    body, gap, last = text.partition("\n\n")
    lines = body.split("\n")
    begin = f"— {NAME} "
    if not gap or len(lines) < 3 or not last.startswith(begin) or not lines[1].isdecimal():
        raise ValueError("no checkpoint")
    try:
        signed = base64.b64decode(last.removeprefix(begin).rstrip("\n"), validate=True)
        root = base64.b64decode(lines[2], validate=True).hex()
    except binascii.Error as error:
        raise ValueError("no checkpoint") from error
    pairs = [line.partition(" ") for line in lines[3:]]
    more = tuple((word, value) for word, _space, value in pairs)
    checkpoint = Checkpoint(lines[0], int(lines[1]), root, more)
    key_id, signature = signed[:4].hex(), signed[4:]
    if len(signature) != 64 or write_note(checkpoint, key_id, signature) != text:
        raise ValueError("no checkpoint")
    return checkpoint, key_id, signature


def hash_note(text: str) -> str:
    """SHA-256 (hex) by which the next checkpoint names this one."""
    return hashlib.sha256(text.encode()).hexdigest()


def write_instant(at: datetime) -> str:
    """An instant to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def write_keys(keys: Iterable[tuple[str, str, datetime, datetime | None]]) -> str:
    """Public keys as a file for verifiers: id, key, and from and until when it signed."""
    lines = ["# Ed25519 public keys: id, key, valid from, valid until"]
    for key_id, public, since, until in keys:
        lines.append(f"{key_id} {public} {write_instant(since)} {write_instant(until) if until else '-'}")
    return "\n".join(lines) + "\n"
