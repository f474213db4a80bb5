"""What journeys share: starting the product costs seconds, so those that bring their own event use one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories.build import NOW
from tests.support.database import Databases
from tests.support.server import Site, running_site


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[Site]:
    """One running product for every journey that looks only at what it made itself."""
    folder = tmp_path_factory.mktemp("shared")
    databases.fresh_url("sqlite", "shared", folder)
    with running_site(folder, at=NOW) as running:
        yield running
