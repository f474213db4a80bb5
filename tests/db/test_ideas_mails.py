"""Every mail about ideas can be read, in both languages, and leads to the right page."""

from datetime import timedelta

import pytest

from innovate.core.web.mail_text import render_mail
from innovate.events.domain.kinds import Role
from innovate.ideas.domain.lifecycle import Decision
from innovate.ideas.domain.screening import seen_token
from innovate.ideas.queries.screening import list_screenings
from innovate.ideas.services import extensions, screening, submission
from innovate.ideas.services.screening import Verdict
from innovate.notifications.models import OutboxMail
from tests.factories import build
from tests.factories.proposals import NOW, make_scene, submitted

REASON = "Surat dukungan belum **bertanggal**."


def everything_that_mails(scene):
    """Go through every act that tells the team something."""
    idea = submitted(scene)
    chief = build.make_user()
    build.give_role(scene.event, chief, Role.ORGANIZER)
    office = scene.actor(chief)

    def seen():
        return seen_token(idea.submitted_revision_id, idea.state, list_screenings(idea.id))

    for decision in (Decision.FAIL, Decision.RETURN, Decision.PASS):
        until = NOW + timedelta(days=3) if decision is Decision.RETURN else None
        screening.decide(office, idea, Verdict(decision, seen(), REASON, return_until=until), at=NOW)
        if decision is Decision.FAIL:
            screening.undo_decision(office, idea, seen=seen(), reason=REASON, at=NOW)
    submission.withdraw_idea(scene.actor(), idea, reason=REASON, at=NOW)
    submission.restore_idea(scene.actor(), idea, at=NOW)
    until = NOW + timedelta(days=12)
    extension = extensions.grant_extension(office, scene.team, until=until, reason=REASON, at=NOW)
    extensions.revoke_extension(office, extension, at=NOW)
    return idea


@pytest.mark.parametrize(("locale", "greeting"), [("id", "Yth. Rina Maharani"), ("en", "Dear Rina Maharani")])
def test_every_mail_can_be_read(app, db_session, monkeypatch, locale, greeting):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://inovasi.test")
    scene = make_scene(name="Lomba Kota")
    idea = everything_that_mails(scene)
    mails = db_session.query(OutboxMail).filter_by(user_id=scene.captain.id).all()
    assert len({mail.template for mail in mails}) == 9
    for mail in mails:
        text = render_mail(mail.template, mail.context, locale=locale)
        whole = f"{text.subject}\n{text.text}"
        assert greeting in text.text
        assert "%(" not in whole
        assert "https://inovasi.test/k/" in text.text
        if mail.template not in {"idea_submitted", "idea_restored", "idea_extension_revoked"}:
            assert "bertanggal" in text.text
        if mail.template.startswith("idea_") and "extension" not in mail.template:
            assert idea.public_id in text.text
            assert "PARIT KITA" in whole
