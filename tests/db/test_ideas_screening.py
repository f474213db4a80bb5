"""Decisions of the secretariat, and the reads other features build on."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.errors import NotFound, Refused, Stale
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.ideas import policy
from innovate.ideas.domain.entries import Funnel
from innovate.ideas.domain.lifecycle import Decision, IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.domain.screening import QueueFilter, seen_token, standing_decision
from innovate.ideas.models import Extension, IdeaRevision
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.entries import count_funnel, list_draft_holders, list_eligible_ideas
from innovate.ideas.queries.extensions import list_extensions
from innovate.ideas.queries.ideas import get_idea, get_idea_for
from innovate.ideas.queries.reading import read_entry
from innovate.ideas.queries.screening import count_queue, find_next_in_queue, list_queue, list_screenings
from innovate.ideas.services import drafts, screening, submission
from innovate.ideas.services.screening import Verdict
from innovate.notifications.models import OutboxMail
from tests.factories import build
from tests.factories.proposals import NOW, draft, make_scene, submitted
from tests.support.queries import counted_queries

LATER = NOW + timedelta(days=2)


@pytest.fixture
def scene(db_session):
    return make_scene()


@pytest.fixture
def office(scene):
    user = build.make_user(name="Sri Wahyuni")
    build.give_role(scene.event, user, Role.SECRETARIAT)
    return scene.actor(user)


def seen(idea):
    return seen_token(idea.submitted_revision_id, idea.state, list_screenings(idea.id))


def decide(actor, idea, decision=Decision.PASS, *, token=None, at=NOW, **more):
    values = {"reason": "" if decision is Decision.PASS else "Lampirkan surat dukungan."}
    if decision is Decision.RETURN:
        values["return_until"] = LATER
    verdict = Verdict(decision, token or seen(idea), **{**values, **more})
    return screening.decide(actor, idea, verdict, at=at)


@pytest.mark.parametrize(
    ("decision", "state", "template"),
    [
        (Decision.PASS, IdeaState.ELIGIBLE, "idea_passed"),
        (Decision.RETURN, IdeaState.RETURNED, "idea_returned"),
        (Decision.FAIL, IdeaState.INELIGIBLE, "idea_failed"),
    ],
)
def test_each_decision_moves_the_idea_tells_the_team_and_is_audited(
    scene, office, db_session, decision, state, template
):
    idea = submitted(scene)
    made = decide(office, idea, decision, checks={"1": True, "2": False})
    assert idea.state is state
    assert idea.screened_at == NOW
    assert made.revision_id == idea.submitted_revision_id
    assert made.checks == {"1": True, "2": False}
    sent = db_session.query(OutboxMail).filter_by(template=template).all()
    assert {mail.address for mail in sent} == {scene.captain.email, scene.member.email}
    assert sent[0].context["reason"] == made.reason
    assert db_session.query(AuditEntry).filter_by(action="idea.screen").count() == 1


@pytest.mark.parametrize("decision", [Decision.RETURN, Decision.FAIL])
def test_a_reason_is_required_except_for_passing(scene, office, decision):
    with pytest.raises(Refused) as caught:
        decide(office, submitted(scene), decision, reason="  ")
    assert caught.value.field == "reason"


@pytest.mark.parametrize("until", [None, NOW, NOW - timedelta(days=1)])
def test_a_return_needs_a_window_that_is_not_over(scene, office, until):
    with pytest.raises(Refused) as caught:
        decide(office, submitted(scene), Decision.RETURN, return_until=until)
    assert caught.value.field == "return_until"


def test_two_people_cannot_decide_blindly(scene, office):
    idea = submitted(scene)
    token = seen(idea)
    decide(office, idea, Decision.FAIL, token=token)
    other = build.make_user()
    build.give_role(scene.event, other, Role.ORGANIZER)
    with pytest.raises(Stale) as caught:
        decide(scene.actor(other), idea, Decision.PASS, token=token)
    assert caught.value.details == {"by": "Sri Wahyuni", "decision": "fail"}
    assert idea.state is IdeaState.INELIGIBLE


def test_a_resubmission_in_between_makes_the_decision_stale(scene, office):
    idea = submitted(scene)
    token = seen(idea)
    drafts.save_draft(scene.actor(), idea, Posted({"title": ["BARU"]}, idea.version), at=NOW)
    submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=NOW)
    with pytest.raises(Stale):
        decide(office, idea, token=token)


def test_a_returned_idea_is_mended_within_its_window_and_decided_again(scene, office, db_session):
    idea = submitted(scene)
    phase_end = NOW + timedelta(days=10)
    decide(office, idea, Decision.RETURN, at=phase_end, return_until=phase_end + timedelta(days=2))
    inside = phase_end + timedelta(days=1)
    drafts.save_draft(scene.actor(), idea, Posted({"title": ["LENGKAP"]}, idea.version), at=inside)
    submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=inside)
    assert idea.state is IdeaState.SUBMITTED
    assert idea.return_until is None
    decide(office, idea, at=inside)
    assert idea.state is IdeaState.ELIGIBLE
    assert db_session.get(IdeaRevision, idea.submitted_revision_id).title == "LENGKAP"
    assert [s.decision for s in list_screenings(idea.id)] == [Decision.PASS, Decision.RETURN]


def test_after_the_window_the_team_waits_and_the_office_decides(scene, office):
    idea = submitted(scene)
    phase_end = NOW + timedelta(days=10)
    until = phase_end + timedelta(hours=1)
    decide(office, idea, Decision.RETURN, at=phase_end, return_until=until)
    with pytest.raises(Refused):
        submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=until)
    decide(office, idea, Decision.FAIL, at=until)
    assert idea.state is IdeaState.INELIGIBLE


def test_a_returned_idea_may_be_handed_in_again_unchanged(scene, office):
    idea = submitted(scene)
    first = idea.submitted_revision_id
    decide(office, idea, Decision.RETURN)
    submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=NOW)
    assert idea.state is IdeaState.SUBMITTED
    assert idea.submitted_revision_id != first


def test_undoing_brings_the_idea_back_with_a_reason(scene, office, db_session):
    idea = submitted(scene)
    decide(office, idea, Decision.FAIL)
    with pytest.raises(Refused):
        screening.undo_decision(office, idea, seen=seen(idea), reason=" ", at=NOW)
    undone = screening.undo_decision(office, idea, seen=seen(idea), reason="Salah baca", at=NOW)
    assert idea.state is IdeaState.SUBMITTED
    assert (undone.undo_reason, undone.undone_by_id) == ("Salah baca", office.user_id)
    assert standing_decision(list_screenings(idea.id), idea.submitted_revision_id) is None
    assert db_session.query(OutboxMail).filter_by(template="idea_screening_undone").count() == 2
    decide(office, idea)
    assert idea.state is IdeaState.ELIGIBLE


def test_there_is_nothing_to_undo_before_a_decision_or_after_withdrawal(scene, office):
    idea = submitted(scene)
    with pytest.raises(Refused):
        screening.undo_decision(office, idea, seen=seen(idea), reason="x", at=NOW)
    decide(office, idea)
    submission.withdraw_idea(scene.actor(), idea, at=NOW)
    with pytest.raises(Refused):
        screening.undo_decision(office, idea, seen=seen(idea), reason="x", at=NOW)
    with pytest.raises(Refused):
        decide(office, idea, Decision.FAIL)


@pytest.mark.parametrize("role", [None, Role.AUDITOR, Role.JUROR, Role.CHAIR, Role.MENTOR])
def test_only_the_office_decides(scene, role):
    idea = submitted(scene)
    user = build.make_user()
    if role:
        build.give_role(scene.event, user, role)
    with pytest.raises(NotFound):
        decide(scene.actor(user), idea)


def test_nobody_decides_about_their_own_team(scene):
    idea = submitted(scene)
    build.give_role(scene.event, scene.member, Role.SECRETARIAT)
    with pytest.raises(Refused):
        decide(scene.actor(scene.member), idea)


def test_nothing_is_decided_in_an_archive_or_about_a_draft(scene, office):
    with pytest.raises(NotFound):
        decide(office, draft(scene))
    idea = submitted(scene)
    scene.event.state = EventState.ARCHIVED
    with pytest.raises(Refused):
        decide(office, idea)


# -- reads


def many(scene, number):
    ideas = []
    for n in range(number):
        team = build.make_team(scene.event, name=f"Tim {n:02}")
        ideas.append(build.make_idea(team, state=IdeaState.SUBMITTED, title=f"INOVASI {n:02}", number=n + 1))
        ideas[-1].submitted_at = NOW + timedelta(minutes=n)
    return ideas


def test_the_queue_filters_sorts_and_pages(scene, db_session):
    ideas = many(scene, 5)
    group = scene.actor().event.groups[0].id
    db_session.get(IdeaRevision, ideas[2].submitted_revision_id).group_id = group
    ideas[3].state = IdeaState.ELIGIBLE
    db_session.flush()

    def numbers(**shown):
        return [i.number for i in list_queue(scene.event.id, QueueFilter(**shown)).items]

    assert numbers() == [1, 2, 3, 5]
    assert numbers(state="eligible") == [4]
    assert numbers(state="semua", sort="-time") == [5, 4, 3, 2, 1]
    assert numbers(group=str(group)) == [3]
    assert numbers(search="vasi 01") == [2]
    assert numbers(search="tim 04") == [5]
    assert numbers(search="5") == [5]
    assert numbers(search="%") == []
    page = list_queue(scene.event.id, QueueFilter(), page=2, size=3)
    assert ([i.number for i in page.items], page.pages) == ([5], 2)
    assert count_queue(scene.event.id) == {IdeaState.SUBMITTED: 4, IdeaState.ELIGIBLE: 1}


def test_the_next_in_the_queue_goes_on_and_begins_anew(scene, db_session):
    ideas = many(scene, 3)
    ideas[1].state = IdeaState.RETURNED
    db_session.flush()
    following = lambda n: find_next_in_queue(scene.event.id, n)  # noqa: E731
    assert following(1) is ideas[2]
    assert following(3) is ideas[0]
    ideas[0].state = ideas[2].state = IdeaState.ELIGIBLE
    db_session.flush()
    assert following(1) is None


def test_the_funnel_counts_by_state(scene, db_session):
    ideas = many(scene, 6)
    build.make_idea(build.make_team(scene.event))
    for idea, state in zip(ideas, list(IdeaState)[2:], strict=False):
        idea.state = state
    db_session.flush()
    assert count_funnel(scene.event.id) == Funnel(
        drafts=1, submitted=4, waiting=1, returned=1, eligible=1, ineligible=1, withdrawn=1, disqualified=1
    )


@pytest.mark.parametrize(
    "read",
    [
        lambda event: list_queue(event.id, QueueFilter()).items,
        lambda event: list_eligible_ideas(event.id),
        lambda event: list_draft_holders(event.id),
        lambda event: list_extensions(event.id),
    ],
)
def test_lists_cost_the_same_with_one_and_three_rows(scene, db_session, read):
    def fill(start):
        for n in range(start, start + (1 if start == 0 else 2)):
            for state in (IdeaState.SUBMITTED, IdeaState.ELIGIBLE, IdeaState.DRAFT):
                build.make_idea(build.make_team(scene.event), state=state)
            build.add(
                Extension(
                    event_id=scene.event.id,
                    team_id=scene.team.id,
                    until=LATER,
                    reason=str(n),
                    granted_by_id=scene.captain.id,
                    granted_at=NOW,
                )
            )
        db_session.commit()
        db_session.expunge_all()

    fill(0)
    with counted_queries() as one:
        assert len(read(scene.event)) == 1
    fill(1)
    with counted_queries() as three:
        assert len(read(scene.event)) == 3
    assert len(one) == len(three)


def test_draft_holders_are_members_of_teams_that_still_must_hand_in(scene, db_session):
    draft(scene)
    submitted_team = build.make_team(scene.event)
    build.make_idea(submitted_team, state=IdeaState.SUBMITTED)
    holders = list_draft_holders(scene.event.id)
    assert {holder.user_id for holder in holders} == {scene.captain.id, scene.member.id}
    assert holders[0].title == "PARIT KITA"


def test_readers_of_features_above_are_let_in_to_what_was_submitted_only(scene, monkeypatch):
    juror = build.make_user()
    build.give_role(scene.event, juror, Role.JUROR)
    actor = scene.actor(juror)
    idea = draft(scene)
    monkeypatch.setattr(policy, "readers", [lambda a, _idea: a.has(Role.JUROR)])
    with pytest.raises(NotFound):
        get_idea_for(actor, idea.public_id)
    submitted(scene)
    assert get_idea_for(actor, idea.public_id) is idea
    assert not policy.can_see_own(actor, idea)


def test_the_entry_for_reading_is_the_pinned_revision_with_removed_fields(scene, db_session):
    idea = submitted(scene, f_slogan="Air turun", f_biaya="1.500")
    drafts.save_draft(scene.actor(), idea, Posted({"f-slogan": ["Lain"]}, idea.version), at=NOW)
    field = next(f for f in list_fields(scene.event.id) if f.key == "slogan")
    field.removed_at = NOW
    db_session.flush()
    event = scene.actor().event
    entry = read_entry(event, idea, get_idea(event.id, idea.public_id).submitted_revision)
    items = {item.key: item for item in entry.items}
    assert items["slogan"].value == "Air turun"
    assert items["biaya"].number == 1500
    assert items["ringkasan"].words == 6
    assert (entry.group, entry.track) == ("Kelompok A", "Pelayanan publik")
    assert "slogan" not in {f.key for f in list_fields(scene.event.id)}


def test_without_a_submission_phase_nothing_can_be_handed_in(scene, db_session):
    for phase in scene.actor().event.phases:
        if phase.kind is PhaseKind.SUBMISSION:
            db_session.delete(phase)
    db_session.flush()
    db_session.expire_all()
    with pytest.raises(Refused):
        drafts.create_idea(scene.actor(), scene.team, at=NOW)
