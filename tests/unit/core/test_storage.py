"""Files live in a folder or in object storage, under the hash of their content."""

import hashlib
import logging
from collections.abc import Iterator

import boto3
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

from innovate.core import storage

CONTENT = b"%PDF-1.7 bukti dukung"
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """A real S3 server with one bucket."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=address, **keys).create_bucket(Bucket="berkas")
    yield address
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def application(request, tmp_path, monkeypatch) -> Iterator[Flask]:
    app = Flask("storage")
    if request.param == "folder":
        app.config["FILES_URL"] = f"file://{tmp_path / 'new' / 'files'}"
    else:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        address = request.getfixturevalue("endpoint")
        app.config["FILES_URL"] = f"s3://berkas/innovate?endpoint={address}&region=us-east-1"
    with app.app_context():
        yield app


def test_a_file_comes_back_as_it_was(application) -> None:
    stored = storage.save(CONTENT)
    assert (stored.size, stored.sha256) == (len(CONTENT), DIGEST)
    assert stored.key.endswith(DIGEST)
    assert storage.read(stored.key) == CONTENT
    assert b"".join(storage.stream(stored.key)) == CONTENT


def test_a_stream_is_read_after_its_request(tmp_path) -> None:
    app = Flask("storage")
    app.config["FILES_URL"] = f"file://{tmp_path}"
    with app.app_context():
        blocks = storage.stream(storage.save(CONTENT).key)
        with pytest.raises(FileNotFoundError):
            storage.stream("no/such")
    assert b"".join(blocks) == CONTENT


def test_the_same_content_is_stored_once(application) -> None:
    assert storage.save(CONTENT) == storage.save(CONTENT)


def test_a_deleted_file_is_not_found(application) -> None:
    stored = storage.save(CONTENT)
    storage.delete(stored.key)
    with pytest.raises(FileNotFoundError):
        storage.read(stored.key)
