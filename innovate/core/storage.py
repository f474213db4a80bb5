"""Files: a local folder or object storage (S3, GCS, Azure) behind one address, `FILES_URL`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app


@dataclass(frozen=True)
class StoredFile:
    """What the database keeps of a file: its key in the store, its size in bytes and its SHA-256 (hex)."""

    key: str
    size: int
    sha256: str


def _store() -> Any:
    extension = current_app.extensions.get("files")
    if extension is None:
        extension = current_app.extensions["files"] = open_store(current_app.config["FILES_URL"])
    return extension


def open_store(url: str) -> Any:
    """An obstore store for `file:///path`, `s3://bucket/prefix?endpoint=…`, `gs://` or `az://`."""
    from obstore.store import LocalStore, from_url

    if url.startswith("file://"):
        folder = Path(url.removeprefix("file://"))
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(prefix=folder)
    return from_url(url)


def save(content: bytes) -> StoredFile:
    """Store the bytes under their own hash, so that the same file is stored once and never overwritten."""
    digest = hashlib.sha256(content).hexdigest()
    key = f"{digest[:2]}/{digest}"
    _store().put(key, content)
    return StoredFile(key, len(content), digest)


def read(key: str) -> bytes:
    """The bytes at `key`; FileNotFoundError if there are none."""
    return bytes(_store().get(key).bytes())


def stream(key: str) -> Iterator[bytes]:
    """The bytes at `key` in blocks."""
    for block in _store().get(key).stream():
        yield bytes(block)


def delete(key: str) -> None:
    """Remove the bytes (erasure only: nothing submitted is deleted otherwise)."""
    _store().delete(key)
