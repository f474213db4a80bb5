"""Every endpoint x every role. The table must equal the URL map: a new address without a line here is a failure."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.factories.addresses import body_of
from tests.factories.house import House, rules_of, undone
from tests.factories.world import ROLES
from tests.web.permission_table import TABLE


def test_the_table_names_every_endpoint_and_no_other(app: Flask) -> None:
    assert set(TABLE) == set(rules_of(app))


def is_let_in(response: TestResponse) -> bool:
    """Absent, forbidden and the way to the sign-in page are closed doors; a refusal by a rule is an open one."""
    if response.status_code in {401, 403, 404}:
        return False
    return not (response.status_code == 302 and "/masuk?next" in response.location)


@pytest.mark.usefixtures("typeset_here", "app")
@pytest.mark.parametrize("feature", sorted({key.split()[1].split(".")[0] for key in TABLE}))
def test_who_gets_in(house: House, feature: str) -> None:
    wrong = []
    for key, rule in sorted(rules_of(house.app).items()):
        method, endpoint = key.split()
        if not endpoint.startswith(f"{feature}."):
            continue
        path, body = house.address(rule), body_of(endpoint, house.world)
        for role in ROLES:
            with undone():
                response = house.browser(role).open(path, method=method, data=body)
                response.close()  # what is streamed ends here, not when it happens to be collected
            if response.status_code >= 500 or is_let_in(response) != (role in TABLE[key]):
                expected = "in" if role in TABLE[key] else "out"
                wrong.append(f"{key} as {role}: {response.status_code}, expected {expected}")
    assert not wrong, "\n" + "\n".join(wrong)
