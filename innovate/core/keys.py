"""The installation's Ed25519 key: in INNOVATE_SIGNING_KEY, or in a file below the instance folder that only we read."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from flask import current_app

_FILE = "signing_key"


def is_configured() -> bool:
    """Whether the key comes from the settings, for installations of several machines."""
    return bool(current_app.config["SIGNING_KEY"])


def load_seed() -> bytes | None:
    """The private key (32 bytes), or None while there is none on this machine."""
    if is_configured():
        return bytes.fromhex(current_app.config["SIGNING_KEY"])
    path = _path()
    return bytes.fromhex(path.read_text().strip()) if path.exists() else None


def make_seed() -> bytes:
    """A new private key in the instance folder, in place of the one before."""
    seed = secrets.token_bytes(32)
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{_FILE}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(seed.hex())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    return seed


def _path() -> Path:
    return Path(current_app.config["INSTANCE_PATH"]) / _FILE


def public_of(seed: bytes) -> bytes:
    """The public key (32 bytes) of a private one."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """The Ed25519 signature (64 bytes); the same message always gets the same."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is that of the key's owner over exactly this message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
