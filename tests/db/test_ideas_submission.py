"""Handing in: receipts, deadlines, withdrawal, extensions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from innovate.core.errors import NotFound, Refused, Stale
from innovate.events.domain.kinds import EventState, Role
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.models import IdeaRevision
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.services import drafts, extensions, files, submission
from innovate.notifications.models import OutboxMail
from tests.factories import build
from tests.factories.proposals import NOW, PDF, draft, make_scene, submitted

DEADLINE = NOW + timedelta(days=10)
TICK = timedelta(microseconds=1)


@pytest.fixture
def scene(db_session):
    return make_scene()


def submit(scene, idea, *, user=None, version=None, at=NOW, in_gallery=True):
    given = idea.version if version is None else version
    return submission.submit_idea(scene.actor(user), idea, version=given, in_gallery=in_gallery, at=at)


def edit(scene, idea, title, at=NOW):
    drafts.save_draft(scene.actor(), idea, Posted({"title": [title]}, idea.version), at=at)


def mails(db_session, template):
    return db_session.query(OutboxMail).filter_by(template=template).order_by(OutboxMail.id).all()


def test_submitting_pins_a_revision_numbers_it_and_mails_everybody(scene, db_session):
    idea = draft(scene)
    file = files.attach_file(
        scene.actor(), idea, "bukti", filename="a.pdf", content=PDF, max_bytes=999, at=NOW
    )
    submit(scene, idea)
    pinned = db_session.get(IdeaRevision, idea.submitted_revision_id)
    assert idea.state is IdeaState.SUBMITTED
    assert idea.number == 1
    assert idea.submitted_at == NOW
    assert idea.in_gallery
    assert (pinned.is_submission, pinned.title, pinned.files) == (True, "PARIT KITA", [file.id])
    sent = mails(db_session, "idea_submitted")
    assert {mail.address for mail in sent} == {scene.captain.email, scene.member.email}
    assert sent[0].context["number"] == "A-001"
    assert sent[0].context["path"] == f"/k/{scene.event.slug}/usulan/{idea.public_id}"
    assert sent[0].context["at"] == NOW.isoformat()


def test_numbers_count_up_within_the_event(scene):
    submit(scene, draft(scene))
    second = make_scene()
    captain = build.make_user()
    other = replace(scene, captain=captain, team=build.make_team(scene.event, captain, build.make_user()))
    assert submit(other, draft(other)).number == 2
    assert submit(second, draft(second)).number == 1


def test_a_second_click_changes_nothing(scene, db_session):
    idea = draft(scene)
    version = idea.version
    submit(scene, idea, version=version)
    pinned = idea.submitted_revision_id
    again = submit(scene, idea, version=version, user=scene.member, at=DEADLINE + TICK)
    assert (again.number, again.submitted_revision_id) == (1, pinned)
    assert len(mails(db_session, "idea_submitted")) == 2


def test_resubmitting_pins_anew_under_the_same_number(scene, db_session):
    idea = submitted(scene)
    first = idea.submitted_revision_id
    edit(scene, idea, "PARIT KITA BERSIH")
    assert db_session.get(IdeaRevision, first).title == "PARIT KITA"
    assert idea.submitted_revision_id == first
    assert not submission.is_up_to_date(idea)
    submit(scene, idea)
    assert idea.number == 1
    assert db_session.get(IdeaRevision, idea.submitted_revision_id).title == "PARIT KITA BERSIH"
    assert db_session.get(IdeaRevision, first).title == "PARIT KITA"
    assert mails(db_session, "idea_submitted")[-1].context["again"] is True


@pytest.mark.parametrize(
    ("at", "late"), [(DEADLINE - TICK, False), (DEADLINE, True), (DEADLINE + TICK, True)]
)
def test_the_deadline_is_enforced_to_the_instant_and_the_draft_stays(scene, at, late):
    idea = draft(scene)
    if not late:
        assert submit(scene, idea, at=at).state is IdeaState.SUBMITTED
        return
    with pytest.raises(Refused) as caught:
        submit(scene, idea, at=at)
    assert caught.value.details == {"reason": "late"}
    assert idea.state is IdeaState.DRAFT
    assert idea.title == "PARIT KITA"


def test_a_changed_idea_must_be_checked_again(scene):
    idea = draft(scene)
    seen = idea.version
    edit(scene, idea, "LAIN")
    with pytest.raises(Stale):
        submit(scene, idea, version=seen)
    assert idea.state is IdeaState.DRAFT


def test_incomplete_ideas_and_teams_are_refused(scene):
    idea = draft(scene, f_ringkasan="")
    with pytest.raises(Refused):
        submit(scene, idea)
    edit_back = Posted({"f-ringkasan": ["Isi."]}, idea.version)
    drafts.save_draft(scene.actor(), idea, edit_back, at=NOW)
    scene.event.team_min = 3
    with pytest.raises(Refused):
        submit(scene, idea)
    scene.event.team_min = 2
    assert submit(scene, idea).number == 1


def test_strangers_cannot_submit_nor_withdraw(scene):
    idea = submitted(scene)
    stranger = build.make_user()
    with pytest.raises(NotFound):
        submit(scene, idea, user=stranger)
    with pytest.raises(NotFound):
        submission.withdraw_idea(scene.actor(stranger), idea, at=NOW)


def test_withdrawing_and_restoring(scene, db_session):
    idea = submitted(scene)
    submission.withdraw_idea(scene.actor(), idea, reason="Salah kelompok", at=NOW)
    assert idea.state is IdeaState.WITHDRAWN
    assert mails(db_session, "idea_withdrawn")[0].context["reason"] == "Salah kelompok"
    with pytest.raises(Refused):
        edit(scene, idea, "X")
    submission.restore_idea(scene.actor(scene.member), idea, at=DEADLINE - TICK)
    assert (idea.state, idea.number) == (IdeaState.SUBMITTED, 1)
    assert len(mails(db_session, "idea_restored")) == 2


def test_after_the_deadline_nothing_is_withdrawn_or_restored(scene):
    idea = submitted(scene)
    with pytest.raises(Refused):
        submission.withdraw_idea(scene.actor(), idea, at=DEADLINE)
    submission.withdraw_idea(scene.actor(), idea, at=DEADLINE - TICK)
    with pytest.raises(Refused):
        submission.restore_idea(scene.actor(), idea, at=DEADLINE)


def test_a_number_is_never_given_twice(scene):
    idea = submitted(scene)
    submission.withdraw_idea(scene.actor(), idea, at=NOW)
    second = submit(scene, draft(scene))
    assert second is not idea
    assert (idea.number, second.number) == (1, 2)
    with pytest.raises(Refused):
        submission.restore_idea(scene.actor(), idea, at=NOW)


def test_consent_can_be_changed_at_any_time(scene):
    idea = submitted(scene)
    submission.set_gallery_consent(scene.actor(), idea, shown=False, at=DEADLINE + TICK)
    assert idea.in_gallery is False


# -- extensions


@pytest.fixture
def organizer(scene):
    user = build.make_user(name="Suryani")
    build.give_role(scene.event, user, Role.ORGANIZER)
    return user


def grant(scene, organizer, until=DEADLINE + timedelta(days=2), at=NOW):
    return extensions.grant_extension(
        scene.actor(organizer), scene.team, until=until, reason="Listrik padam", at=at
    )


def test_an_extension_moves_the_deadline_of_one_team_only(scene, organizer, db_session):
    other = build.make_team(scene.event)
    extension = grant(scene, organizer, at=DEADLINE + TICK)
    event = scene.actor().event
    assert get_window(event, scene.team.id).closes_at == extension.until
    assert get_window(event, other.id).closes_at == DEADLINE
    assert {m.address for m in mails(db_session, "idea_extension_granted")} == {
        scene.captain.email,
        scene.member.email,
    }
    idea = draft(scene)
    assert submit(scene, idea, at=extension.until - TICK).number == 1


def test_under_an_extension_a_late_draft_is_submitted_in_time(scene, organizer):
    idea = draft(scene)
    until = grant(scene, organizer).until
    with pytest.raises(Refused):
        submit(scene, idea, at=until)
    assert submit(scene, idea, at=DEADLINE).state is IdeaState.SUBMITTED


def test_revoking_brings_the_old_deadline_back_and_tells_the_team(scene, organizer, db_session):
    extension = grant(scene, organizer)
    extensions.revoke_extension(scene.actor(organizer), extension, at=NOW)
    assert get_window(scene.actor().event, scene.team.id).closes_at == DEADLINE
    assert mails(db_session, "idea_extension_revoked")[0].context["until"] == DEADLINE.isoformat()
    extensions.revoke_extension(scene.actor(organizer), extension, at=NOW + TICK)
    assert extension.revoked_at == NOW
    assert len(mails(db_session, "idea_extension_revoked")) == 2


@pytest.mark.parametrize("until", [DEADLINE, DEADLINE - TICK, NOW])
def test_an_extension_must_extend(scene, organizer, until):
    with pytest.raises(Refused) as caught:
        grant(scene, organizer, until=until)
    assert caught.value.field == "until"


@pytest.mark.parametrize("role", [None, Role.SECRETARIAT, Role.AUDITOR, Role.JUROR])
def test_only_organizers_extend(scene, role):
    user = build.make_user()
    if role:
        build.give_role(scene.event, user, role)
    with pytest.raises(NotFound):
        grant(scene, user)


def test_no_extension_in_an_archive_or_for_another_events_team(scene, organizer):
    elsewhere = build.make_team(build.make_event())
    with pytest.raises(NotFound):
        extensions.grant_extension(
            scene.actor(organizer), elsewhere, until=DEADLINE + TICK, reason="x", at=NOW
        )
    scene.event.state = EventState.ARCHIVED
    with pytest.raises(Refused):
        grant(scene, organizer)
