"""Password hashing with argon2id."""

from __future__ import annotations

from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_decoy = ""


def configure(**parameters: Any) -> None:
    """Set argon2's cost (tests use a cheap one)."""
    global _hasher, _decoy
    _hasher = PasswordHasher(**parameters)
    _decoy = ""


def hash_password(password: str) -> str:
    """An encoded argon2id hash with its own salt."""
    return _hasher.hash(password)


def verify_password(encoded: str | None, password: str) -> bool:
    """Whether the password fits. Without a hash it still spends the time, so that timing tells nothing."""
    global _decoy
    if not encoded:
        _decoy = _decoy or _hasher.hash("decoy")
    try:
        _hasher.verify(encoded or _decoy, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(encoded)


def needs_rehash(encoded: str) -> bool:
    """Whether the stored hash was made with older parameters."""
    return _hasher.check_needs_rehash(encoded)
