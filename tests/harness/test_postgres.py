"""The throw-away PostgreSQL: shared, copied from a template, gone with its owner."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL

from tests.support import postgres
from tests.support.requirements import missing

pytestmark = pytest.mark.postgres

_OWNER = """
import sys, time
from pathlib import Path
from tests.support import postgres
print(postgres.shared_cluster(Path(sys.argv[1]), int(sys.argv[2])).url.render_as_string(False), flush=True)
time.sleep(60)
"""


@pytest.fixture
def owner() -> "subprocess.Popen[bytes]":
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def eventually(condition, seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def start(folder: Path, owner: int) -> postgres.Cluster:
    try:
        return postgres.shared_cluster(folder, owner)
    except postgres.PostgresMissing as error:
        missing(str(error), "postgresql")


def answers(url: URL) -> bool:
    try:
        psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False)).close()
    except psycopg.OperationalError:
        return False
    return True


def test_databases_are_copies_of_a_template_built_once(tmp_path: Path, owner) -> None:
    cluster = start(tmp_path, owner.pid)
    built = []

    def build(url: URL) -> None:
        built.append(url)
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE thing (name text)"))
            connection.execute(text("INSERT INTO thing VALUES ('sampan')"))
        engine.dispose()

    for name in ("one", "two"):
        template = cluster.template("things", build)
        engine = create_engine(cluster.create(name, template))
        with engine.begin() as connection:
            assert connection.execute(text("SELECT name FROM thing")).scalars().all() == ["sampan"]
            connection.execute(text("DELETE FROM thing"))
        engine.dispose()
    assert len(built) == 1
    cluster.drop("two")
    assert answers(cluster.url.set(database=f"{cluster.prefix}one"))
    assert not answers(cluster.url.set(database=f"{cluster.prefix}two"))


def test_everyone_in_a_run_shares_one_server_and_it_ends_with_its_owner(tmp_path: Path, owner) -> None:
    first = start(tmp_path, owner.pid)
    second = start(tmp_path, owner.pid)
    assert first == second
    assert answers(first.url)
    url = first.create("mine")
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    assert eventually(lambda: not answers(url))
    if not os.environ.get("TEST_DATABASE_URL"):
        socket_folder = Path(str(first.url.query["host"]))
        assert eventually(lambda: not socket_folder.exists())


def test_the_server_outlives_the_process_that_asked_first(tmp_path: Path, owner) -> None:
    start_arguments = [sys.executable, "-c", _OWNER, str(tmp_path), str(owner.pid)]
    with subprocess.Popen(
        start_arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as asker:
        line = asker.stdout.readline().strip()
        if not line and "PostgresMissing" in asker.stderr.read():
            missing("PostgreSQL", "postgresql")
        asker.kill()
    assert answers(postgres.as_sqlalchemy(line))
    assert start(tmp_path, owner.pid).url.render_as_string(hide_password=False) == line
