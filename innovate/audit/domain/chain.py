"""A hash chain over entries: each hash covers the entry and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """What the chain covers of one entry. `number` counts from 1 without gaps; `at` is ISO 8601 in UTC."""

    number: int
    at: str
    actor_id: int | None
    action: str
    object_type: str
    object_id: str
    event_id: int | None
    details_hash: str


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the same value always gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def hash_details(salt: str, values: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the salt and the canonical values; without the salt nobody can guess values from it."""
    return hashlib.sha256(salt.encode() + b"\x00" + canonical(values)).hexdigest()


def hash_link(link: Link, previous: str) -> str:
    """SHA-256 (hex) of the entry and the hash of the one before."""
    return hashlib.sha256(previous.encode() + b"\x00" + canonical(link.__dict__)).hexdigest()


@dataclass(frozen=True)
class Fault:
    """The first place where the chain does not hold, and why."""

    number: int
    reason: str


def find_fault(entries: Iterable[tuple[Link, str, str]]) -> Fault | None:
    """Walk (link, previous hash, hash) in order of number; None when the chain holds.

    Finds a changed, removed, inserted or reordered entry. Entries cut off at the very end leave a shorter chain that
    holds, which only a checkpoint kept elsewhere can show.
    """
    expected_number, expected_previous = 1, GENESIS
    for link, previous, own in entries:
        if link.number != expected_number:
            return Fault(expected_number, "missing")
        if previous != expected_previous:
            return Fault(link.number, "previous hash differs")
        if hash_link(link, previous) != own:
            return Fault(link.number, "changed")
        expected_number, expected_previous = link.number + 1, own
    return None
