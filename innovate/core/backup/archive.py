"""The archive: a zip of `manifest.json`, `tables/<name>.jsonl` and `files/<key>`, each hashed while it passes."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from innovate.core import clock
from innovate.core.backup.manifest import BackupError, FilePart, Manifest, TablePart, parse_manifest

MANIFEST = "manifest.json"
_BLOCK = 1024 * 1024


class ArchiveWriter:
    """Takes the members one after another, the manifest last."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self._date = clock.now().timetuple()[:6]

    def add_table(self, name: str, lines: Iterable[bytes]) -> TablePart:
        """Store the rows of a table."""
        digest, rows = hashlib.sha256(), 0
        with self._member(f"tables/{name}.jsonl", zipfile.ZIP_DEFLATED) as target:
            for line in lines:
                target.write(line)
                digest.update(line)
                rows += 1
        return TablePart(name, rows, digest.hexdigest())

    def add_file(self, key: str, blocks: Iterable[bytes]) -> FilePart:
        """Store a file as it is: pictures and documents are packed already."""
        digest, size = hashlib.sha256(), 0
        with self._member(f"files/{key}", zipfile.ZIP_STORED) as target:
            for block in blocks:
                target.write(block)
                digest.update(block)
                size += len(block)
        return FilePart(key, size, digest.hexdigest())

    def finish(self, manifest: Manifest) -> None:
        """Store the manifest."""
        with self._member(MANIFEST, zipfile.ZIP_DEFLATED) as target:
            target.write(manifest.to_json())

    def close(self) -> None:
        """Write the directory of members."""
        self._zip.close()

    def _member(self, name: str, compression: int) -> IO[bytes]:
        info = zipfile.ZipInfo(name, date_time=self._date)
        info.compress_type = compression
        info.external_attr = 0o600 << 16
        return self._zip.open(info, "w", force_zip64=True)


@contextmanager
def new_archive(path: Path) -> Iterator[ArchiveWriter]:
    """An archive readable by its owner only, which bears its name once it is complete and on the disk."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with closing(ArchiveWriter(file)) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)


class ArchiveReader:
    """An open archive whose manifest has been read."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._zip = file
        self._whole = False
        names = file.namelist()
        if MANIFEST not in names:
            raise BackupError("this is not a backup: it has no manifest")
        self.manifest = parse_manifest(b"".join(self._blocks(MANIFEST)))
        promised = [MANIFEST, *(part.member for part in self.manifest.parts())]
        if sorted(promised) != sorted(names):
            odd = sorted(set(promised) ^ set(names)) or ["a member appears twice"]
            raise BackupError(f"the archive is damaged: its content is not what the manifest lists: {odd[0]}")

    def verify(self) -> None:
        """Read every member, once; BackupError naming the first that is not what it was."""
        if self._whole:
            return
        for part in self.manifest.parts():
            digest, lines = hashlib.sha256(), 0
            for block in self._blocks(part.member):
                digest.update(block)
                lines += block.count(b"\n")
            if digest.hexdigest() != part.sha256 or (isinstance(part, TablePart) and lines != part.rows):
                raise _damaged(part.member)
        self._whole = True

    def lines(self, part: TablePart) -> Generator[bytes, None, None]:
        """The rows of a table."""
        with self._zip.open(part.member) as member:
            yield from member

    def blocks(self, part: FilePart) -> Iterator[bytes]:
        """The bytes of a file."""
        return self._blocks(part.member)

    def _blocks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zip.open(name) as member:
                while block := member.read(_BLOCK):
                    yield block
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise _damaged(name) from error


@contextmanager
def open_archive(path: Path) -> Iterator[ArchiveReader]:
    """Open an archive to read; BackupError if it is not one."""
    try:
        file = zipfile.ZipFile(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}") from error
    except zipfile.BadZipFile as error:
        raise BackupError(f"{path} is damaged or not a backup: {error}") from error
    with file:
        yield ArchiveReader(file)


def _damaged(member: str) -> BackupError:
    return BackupError(f"the archive is damaged: {member} is not what was stored")
