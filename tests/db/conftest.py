"""Services and queries are tested on both databases."""

import pytest

from tests.support.database import KINDS


@pytest.fixture(params=KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    return request.param
