"""Files: a local folder or object storage (S3, GCS, Azure) behind one address, `FILES_URL`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

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
    """An obstore store for `file:///path`, `s3://bucket/prefix?endpoint=…&region=…`, `gs://` or `az://`.

    Keys and passwords come from the environment under the names the provider's own tools use (AWS_ACCESS_KEY_ID …).
    """
    from obstore.store import LocalStore, from_url

    if folder := _local_folder(url):
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(prefix=folder)
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    unencrypted = options.get("endpoint", "").startswith("http://")
    address = parts._replace(query="").geturl()
    connect: Any = from_url  # its overloads know each provider's options only by name
    return connect(address, config=options, client_options={"allow_http": unencrypted})


def _local_folder(url: str) -> Path | None:
    return Path(url.removeprefix("file://")) if url.startswith("file://") else None


def save(content: bytes) -> StoredFile:
    """Store the bytes under their own hash, so that the same file is stored once and never overwritten."""
    digest = hashlib.sha256(content).hexdigest()
    key = f"{digest[:2]}/{digest}"
    _put(key, content)
    return StoredFile(key, len(content), digest)


def _put(key: str, content: bytes | Iterator[bytes]) -> None:
    _store().put(key, content)
    if folder := _local_folder(current_app.config["FILES_URL"]):
        for path in (folder / key, (folder / key).parent, folder):
            _write_through(path)


def _write_through(path: Path) -> None:
    """What was acknowledged must survive a power cut: put the file, and its name in the folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(key: str) -> bytes:
    """The bytes at `key`; FileNotFoundError if there are none."""
    return bytes(_store().get(key).bytes())


def stream(key: str) -> Iterator[bytes]:
    """The bytes at `key` in blocks. The file is found now, so that a response may be sent after its request ended."""
    return map(bytes, _store().get(key).stream())


def put(key: str, blocks: Iterator[bytes]) -> None:
    """Store blocks under a key they had before (a restore); new content is stored with `save`."""
    _put(key, blocks)


def exists(key: str) -> bool:
    """Whether there is a file at `key`."""
    try:
        _store().head(key)
    except FileNotFoundError:
        return False
    return True


def list_keys() -> Iterator[str]:
    """Every key of the store."""
    for page in _store().list():
        for found in page:
            yield str(found["path"])


def fits(key: str, sha256: str) -> bool:
    """Whether content with this hash belongs at `key`; anything else was damaged in the store."""
    return key.rpartition("/")[2] == sha256


def delete(key: str) -> None:
    """Remove the bytes (erasure only: nothing submitted is deleted otherwise)."""
    _store().delete(key)
