"""Fixtures of tests of pages."""

from __future__ import annotations

import pytest

from innovate.core import typesetting


@pytest.fixture
def typeset_here(monkeypatch) -> None:
    """Papers are set as always, but within this process, which takes a tenth of the time."""

    def set_here(way, template, data, at):
        return (
            [typesetting.typeset(template, data, at=at)]
            if way == "pdf"
            else typesetting._draw(template, data)
        )

    monkeypatch.setattr(typesetting, "_apart", set_here)
