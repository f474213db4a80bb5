"""What journeys share: starting the product costs seconds, so those that bring their own event use one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories.build import NOW
from tests.support.server import Site, running_site


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One running product for every journey that looks only at what it made itself."""
    with running_site(tmp_path_factory.mktemp("shared"), at=NOW) as running:
        yield running
