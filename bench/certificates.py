"""A thousand certificates numbered and set by the runner's own function, in a database of their own."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from bench.report import Line, Report
from innovate.accounts.models import User
from innovate.core.db import db, transaction
from innovate.documents.domain.kinds import PaperKind
from innovate.documents.domain.texts import Text
from innovate.documents.models import PaperSettings
from innovate.documents.queries.settings import read_settings
from innovate.documents.queries.texts import Wording, read_wording
from innovate.documents.services.letters import list_facts, write_letter
from innovate.documents.services.numbered import Draft, hold_numbers, issue_all
from innovate.documents.services.setting import set_papers
from innovate.events.models import Event

HEADING = "Papers: 1,000 certificates in one job"
COUNT, SECONDS = 1_000, 120


def measure_certificates(report: Report, app: Flask) -> None:
    """Numbers in one transaction, PDFs in lots, each kept under its hash."""
    at = datetime.now(UTC)
    with app.app_context():
        event = db.session.scalars(select(Event).order_by(Event.id)).first()
        user = db.session.scalars(select(User).order_by(User.id)).first()
        assert event is not None
        assert user is not None
        began = time.perf_counter()
        with transaction():
            hold_numbers(event)
            settings = read_settings(event)
            wording = read_wording(event.id, Text.CERTIFICATE)
            facts = list_facts(event, settings, at)
            drafts = [_draft(event, settings, wording, facts, n) for n in range(COUNT)]
            issue_all(event, drafts, site="https://ukur.example", actor_id=user.id, at=at)
        numbered = time.perf_counter() - began
        set_papers(event.id, lambda *_: None, transaction, at=at)
        seconds = time.perf_counter() - began
    report.add(HEADING, Line("numbered", f"{numbered:5.1f} s", "", "", None))
    report.add(HEADING, Line("set and kept", f"{seconds:5.1f} s", "", f"< {SECONDS} s", seconds < SECONDS))


def _draft(
    event: Event, settings: PaperSettings, wording: Wording, facts: Mapping[str, str], n: int
) -> Draft:
    holder = f"Peserta Ukur {n}, S.T., M.T."
    about = {"holder": holder, "unit": "Dinas Percontohan", "called": "Peserta", "work": ""}
    own = {"nama": holder, "unit_kerja": "Dinas Percontohan", "sebagai": "Peserta", "karya": ""}
    letter = write_letter(event, settings, wording, {**facts, **own}, with_nip=False)
    return Draft(PaperKind.CERTIFICATE, f"participants:ukur:{n}", {**letter, **about}, holder=holder)
