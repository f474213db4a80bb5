"""A ballot as it will be published: one canonical line without names, and the leaf hash that stands for it.

Ids and salts come from a secret of the event, so that nobody can tell from a published line who wrote it, or try marks
until a leaf hash fits, before the line itself is published.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from decimal import Decimal

from innovate.audit.domain import jcs
from innovate.audit.domain.merkle import leaf_hash


def published_id(secret: str, kind: str, key: int) -> str:
    """What stands for row `key` in published files: 16 hex digits that only the event's secret leads back from."""
    return _derive(secret, f"{kind}:{key}")[:16]


def _derive(secret: str, what: str) -> str:
    return hmac.new(bytes.fromhex(secret), what.encode(), hashlib.sha256).hexdigest()


def write_line(
    secret: str,
    *,
    ballot_id: int,
    user_id: int,
    idea: str,
    round_id: int,
    rubric_id: int,
    revision_id: int,
    values: Mapping[int, Decimal],
) -> bytes:
    """The line of a complete ballot; `idea` is its address, `values` are by criterion and have two decimals."""
    line = {
        "ballot": published_id(secret, "ballot", ballot_id),
        "idea": idea,
        "juror": published_id(secret, "juror", user_id),
        "revision": revision_id,
        "round": round_id,
        "rubric": rubric_id,
        "salt": _derive(secret, f"salt:{ballot_id}")[:32],
        "scores": {str(key): f"{value:.2f}" for key, value in values.items()},
    }
    return jcs.dumps(line)


def leaf_of(line: bytes) -> str:
    """The leaf hash (hex) of a line."""
    return leaf_hash(line).hex()
