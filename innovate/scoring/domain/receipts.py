"""A receipt's number and the fingerprint of what was handed in.

The fingerprint is the SHA-256 of the content written as JSON with sorted keys, no spaces and UTF-8. The receipt's own
number is part of the content: nobody can find out marks by trying fingerprints.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_GROUP = 4


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write a content down."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(content: Mapping[str, Any]) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def show_number(public_id: str) -> str:
    """`k3m9x2p4qwtr` as people read it out: `K3M9-X2P4-QWTR`."""
    return "-".join(public_id[n : n + _GROUP] for n in range(0, len(public_id), _GROUP)).upper()
