"""A production site does not open while demo accounts are."""

from pathlib import Path

import pytest

from innovate.core.db import db
from tests.factories.build import make_user
from tests.support.database import Databases
from tests.support.server import Site, _environment

SETTINGS = {
    "INNOVATE_ENV": "production",
    "INNOVATE_SECRET_KEY": "0123456789abcdef" * 4,
    "INNOVATE_PUBLIC_URL": "https://inovasi.test",
    "MAIL_URL": "smtp://127.0.0.1:1",
}


def test_serve_says_why_and_what_to_do(tmp_path: Path, databases: Databases) -> None:
    databases.fresh_url("sqlite", "refusing", tmp_path)
    site = Site("", tmp_path, _environment(tmp_path, "", SETTINGS))
    with site.application():
        make_user(is_demo=True)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    with pytest.raises(AssertionError, match="1 demo accounts are still open"):
        site.flask("serve")
    assert "1 demo accounts removed" in site.flask("accounts", "remove-demo", "--yes")
