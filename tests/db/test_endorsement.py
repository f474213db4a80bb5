"""A proposal on its way through its unit."""

from datetime import timedelta

import pytest

from innovate.accounts.models import SiteRole
from innovate.audit.models import AuditEntry
from innovate.core.errors import NotFound, Refused, Stale
from innovate.endorsement.domain.chain import Standing
from innovate.endorsement.models import ChainAct
from innovate.endorsement.queries.chains import find_chain, find_letter_of, read_standing
from innovate.endorsement.queries.coordinators import list_coordinators
from innovate.endorsement.queries.hats import find_hat, list_holders
from innovate.endorsement.services import asking, coordinators, deciding, talk
from innovate.events.domain.kinds import EventState, Role
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.models import IdeaRevision
from innovate.ideas.services import drafts, extensions, submission
from innovate.notifications.models import OutboxMail
from innovate.teams.services.leading import edit_team
from tests.factories.build import NOW, give_role, make_team, make_unit, make_user
from tests.factories.endorsement import make_coordinator, make_office, make_ready, new_letter

DEADLINE = NOW + timedelta(days=10)


@pytest.fixture
def office(db_session):
    return make_office()


@pytest.fixture
def idea(office):
    return make_ready(office.event, office.team)


def ask(office, idea, *, at=NOW, user=None):
    idea = office.read(idea)
    return asking.ask_unit(office.actor(user), idea, version=idea.version, in_gallery=True, at=at)


def mark(idea):
    return deciding.seen_mark(find_chain(idea.id))


def endorse(office, idea, *, by=None, at=NOW, letter=None):
    actor = office.actor(by or office.near)
    return deciding.endorse(actor, idea, seen=mark(idea), letter=letter or new_letter(), at=at)


def send(office, idea, *, by=None, at=NOW):
    return deciding.hand_in_for_team(office.actor(by or office.near), idea, seen=mark(idea), at=at)


def edit(office, idea, title, at=NOW):
    idea = office.read(idea)
    return drafts.save_draft(office.actor(), idea, Posted({"title": [title]}, idea.version), at=at)


def standing(office, idea):
    return read_standing(find_chain(idea.id), office.read(idea))


def addresses(db_session, template):
    return {mail.address for mail in db_session.query(OutboxMail).filter_by(template=template)}


def actions(db_session, idea):
    rows = db_session.query(AuditEntry).filter_by(object_type="idea", object_id=str(idea.id))
    return [row.action for row in rows.order_by(AuditEntry.id) if row.action.startswith("endorsement.")]


# -- the way ----------------------------------------------------------------------------------------------------------


def test_from_the_team_to_the_secretariat(office, idea, db_session):
    ask(office, idea)
    assert standing(office, idea) is Standing.WAITING
    assert addresses(db_session, "endorsement_asked") == {office.near.email}
    endorse(office, idea)
    assert standing(office, idea) is Standing.ENDORSED
    assert addresses(db_session, "endorsement_endorsed") == {office.captain.email}
    sent = send(office, idea)
    assert (sent.state, sent.number, sent.in_gallery) == (IdeaState.SUBMITTED, 1, True)
    assert sent.unit_id == office.puskesmas.id
    letter, act = find_letter_of(sent)
    assert (letter.number, act.by_id) == ("B/12/2026", office.near.id)
    assert addresses(db_session, "idea_submitted") == {office.captain.email}
    assert standing(office, idea) is Standing.SUBMITTED
    assert actions(db_session, idea) == ["endorsement.ask", "endorsement.endorse", "endorsement.submit"]


def test_what_was_shown_is_a_revision_that_never_grows(office, idea, db_session):
    chain = ask(office, idea)
    pinned = db_session.get_one(IdeaRevision, chain.revision_id)
    edit(office, idea, "POSYANDU SIANG")
    db_session.refresh(pinned)
    assert (pinned.title, pinned.is_autosave) == ("POSYANDU PAGI", False)


def test_asking_twice_is_one_request(office, idea, db_session):
    ask(office, idea)
    ask(office, idea)
    assert db_session.query(ChainAct).count() == 1
    assert db_session.query(OutboxMail).filter_by(template="endorsement_asked").count() == 1


def test_a_team_does_not_hand_in_around_its_unit(office, idea):
    def submit():
        found = office.read(idea)
        submission.submit_idea(office.actor(), found, version=found.version, in_gallery=False, at=NOW)

    with pytest.raises(Refused, match="koordinator unit"):
        submit()
    ask(office, idea)
    endorse(office, idea)
    with pytest.raises(Refused, match="koordinator unit"):
        submit()
    assert office.read(idea).state is IdeaState.DRAFT


def test_an_incomplete_proposal_does_not_reach_the_unit(office, idea, db_session):
    idea.answers = {}
    with pytest.raises(Refused, match="belum lengkap"):
        ask(office, idea)
    assert find_chain(idea.id) is None
    assert addresses(db_session, "endorsement_asked") == set()


def test_what_the_team_did_not_check_is_not_asked_for(office, idea):
    edit(office, idea, "POSYANDU SORE")
    with pytest.raises(Stale):
        asking.ask_unit(office.actor(), idea, version=idea.version - 1, in_gallery=False, at=NOW)


def test_the_deadline_holds_for_every_step(office, idea):
    with pytest.raises(Refused, match="Batas waktu"):
        ask(office, idea, at=DEADLINE)
    ask(office, idea, at=DEADLINE - timedelta(minutes=2))
    with pytest.raises(Refused, match="Batas waktu"):
        endorse(office, idea, at=DEADLINE)
    endorse(office, idea, at=DEADLINE - timedelta(minutes=1))
    with pytest.raises(Refused, match="Batas waktu"):
        send(office, idea, at=DEADLINE)
    extensions.grant_extension(
        office.actor(office.organizer),
        office.team,
        until=DEADLINE + timedelta(days=1),
        reason="Banjir",
        at=NOW,
    )
    assert send(office, idea, at=DEADLINE).number == 1


def test_a_return_tells_why_and_the_team_asks_again(office, idea, db_session):
    ask(office, idea)
    with pytest.raises(Refused) as refused:
        deciding.return_to_team(office.actor(office.near), idea, seen=mark(idea), reason=" ", at=NOW)
    assert refused.value.field == "reason"
    deciding.return_to_team(
        office.actor(office.near), idea, seen=mark(idea), reason="Tambah angka kunjungan", at=NOW
    )
    assert standing(office, idea) is Standing.RETURNED
    mail = db_session.query(OutboxMail).filter_by(template="endorsement_returned").one()
    assert mail.context["reason"] == "Tambah angka kunjungan"
    edit(office, idea, "POSYANDU PAGI DAN SORE")
    ask(office, idea)
    assert standing(office, idea) is Standing.WAITING


def test_a_change_voids_the_endorsement_where_all_see_it(office, idea):
    ask(office, idea)
    endorse(office, idea)
    edit(office, idea, "POSYANDU SIANG")
    assert standing(office, idea) is Standing.CHANGED
    with pytest.raises(Refused, match="berubah"):
        send(office, idea)
    with pytest.raises(Refused, match="berubah"):
        deciding.undo(office.actor(office.near), idea, seen=mark(idea), reason="salah", at=NOW)
    ask(office, idea)
    with pytest.raises(Refused, match="tidak memungkinkan"):
        send(office, idea)
    deciding.endorse(office.actor(office.near), idea, seen=mark(idea), letter=None, at=NOW)
    assert send(office, idea).submitted_revision.title == "POSYANDU SIANG"


def test_another_unit_voids_it_too(office, idea):
    ask(office, idea)
    endorse(office, idea)
    values = {"name": office.team.name, "unit_id": office.dinas.id}
    edit_team(office.actor(), office.read(idea).team, values=values, at=NOW)
    assert standing(office, idea) is Standing.CHANGED
    with pytest.raises(Refused, match="berubah"):
        send(office, idea, by=office.head)


def test_a_mail_to_the_unit_tells_the_title_that_was_shown(office, idea, db_session):
    ask(office, idea)
    found = office.read(idea)
    shown, found.title = found.title, "JUDUL RAHASIA"
    found.version += 1
    asking.take_back(office.actor(), found, at=NOW)
    (mail,) = db_session.query(OutboxMail).filter_by(template="endorsement_taken_back")
    assert mail.context["title"] == shown


def test_a_team_takes_its_request_back(office, idea, db_session):
    ask(office, idea)
    asking.take_back(office.actor(), office.read(idea), at=NOW)
    assert standing(office, idea) is Standing.WRITING
    assert addresses(db_session, "endorsement_taken_back") == {office.near.email}
    with pytest.raises(Refused):
        endorse(office, idea)
    ask(office, idea)
    endorse(office, idea)
    with pytest.raises(Refused):
        asking.take_back(office.actor(), office.read(idea), at=NOW)


def test_an_endorsement_can_be_undone_with_a_reason(office, idea, db_session):
    ask(office, idea)
    endorse(office, idea)
    deciding.undo(office.actor(office.near), idea, seen=mark(idea), reason="Surat keliru", at=NOW)
    assert standing(office, idea) is Standing.WAITING
    assert addresses(db_session, "endorsement_undone") == {office.captain.email}


def test_withdrawing_and_coming_back(office, idea):
    ask(office, idea)
    endorse(office, idea)
    send(office, idea)
    submission.withdraw_idea(office.actor(), office.read(idea), at=NOW)
    assert standing(office, idea) is Standing.WITHDRAWN
    submission.restore_idea(office.actor(), office.read(idea), at=NOW)
    assert standing(office, idea) is Standing.SUBMITTED


def test_what_the_secretariat_returned_goes_through_the_unit_again(office, idea):
    ask(office, idea)
    endorse(office, idea)
    send(office, idea)
    office.read(idea).state, office.read(idea).return_until = IdeaState.RETURNED, DEADLINE
    assert standing(office, idea) is Standing.RETURNED
    ask(office, idea)
    deciding.endorse(office.actor(office.near), idea, seen=mark(idea), letter=None, at=NOW)
    assert send(office, idea).number == 1


def test_who_decides_on_an_old_page_is_told(office, idea):
    ask(office, idea)
    old = mark(idea)
    endorse(office, idea)
    with pytest.raises(Stale):
        deciding.return_to_team(office.actor(office.head), idea, seen=old, reason="Kurang", at=NOW)


@pytest.mark.parametrize(
    ("content", "filename"),
    [(b"", "surat.pdf"), (b"MZ program", "surat.pdf"), (b"%PDF-1.4", "surat.docx"), (b"\x89PNG", "a.png")],
)
def test_a_letter_that_is_none_changes_nothing(office, idea, content, filename):
    ask(office, idea)
    with pytest.raises(Refused) as refused:
        endorse(office, idea, letter=new_letter(content, filename))
    assert refused.value.field == "file"


def test_an_endorsement_needs_a_letter(office, idea):
    ask(office, idea)
    with pytest.raises(Refused, match="surat"):
        deciding.endorse(office.actor(office.near), idea, seen=mark(idea), letter=None, at=NOW)


def test_both_sides_speak_and_the_other_gets_a_mail(office, idea, db_session):
    with pytest.raises(NotFound):
        talk.comment(office.actor(), idea, text="Halo", at=NOW)
    ask(office, idea)
    talk.comment(office.actor(), idea, text="Mohon diperiksa", at=NOW)
    talk.comment(office.actor(office.head), idea, text="Baik", at=NOW)
    assert addresses(db_session, "endorsement_commented") == {office.near.email, office.captain.email}
    rows = db_session.query(ChainAct).filter_by(act="comment").order_by(ChainAct.id)
    assert [(row.text, row.of_team) for row in rows] == [("Mohon diperiksa", True), ("Baik", False)]
    for text in (" ", "x" * 4001):
        with pytest.raises(Refused):
            talk.comment(office.actor(), idea, text=text, at=NOW)
    with pytest.raises(NotFound):
        talk.comment(office.actor(make_user()), idea, text="Saya?", at=NOW)


# -- who --------------------------------------------------------------------------------------------------------------


def test_coordinators_of_the_unit_and_above_and_nobody_else(office, idea):
    ask(office, idea)
    other = make_user()
    make_coordinator(make_unit(), other, office.organizer)
    for user in (office.near, office.head):
        assert find_hat(office.actor(user), office.read(idea)).acts
    for user in (other, office.organizer, office.clerk, make_user()):
        hat = find_hat(office.actor(user), office.read(idea))
        assert (hat.reads, hat.acts) == (False, False)
        with pytest.raises(NotFound):
            endorse(office, idea, by=user)
    assert list_holders(office.read(idea)).told == (office.near,)


def test_nothing_is_seen_after_the_role_ends(office, idea, db_session):
    ask(office, idea)
    endorse(office, idea)
    send(office, idea)
    actor = office.actor(office.near)
    assert policy.can_read(actor, office.read(idea))
    admin = make_user(site_role=SiteRole.ADMIN)
    row = list_coordinators(office.puskesmas.id)[0]
    coordinators.end_coordination(admin, office.puskesmas, row.public_id, at=NOW)
    assert not policy.can_read(actor, office.read(idea))
    assert not find_hat(actor, office.read(idea)).reads
    assert find_hat(office.actor(office.head), office.read(idea)).reads


def test_a_draft_is_read_only_once_it_is_shown(office, idea):
    actor = office.actor(office.near)
    assert not policy.can_read(actor, office.read(idea))
    ask(office, idea)
    assert policy.can_read(actor, office.read(idea))
    asking.take_back(office.actor(), office.read(idea), at=NOW)
    assert not policy.can_read(actor, office.read(idea))


def test_nobody_endorses_a_proposal_of_their_own_team(office):
    own = make_ready(office.event, make_team(office.event, office.near, unit_id=office.puskesmas.id))
    ask(office, own, user=office.near)
    assert list_holders(office.read(own)).everybody == (office.head,)
    with pytest.raises(Refused, match="anggota tim"):
        endorse(office, own, by=office.near)
    endorse(office, own, by=office.head)


def test_a_juror_does_not_speak_for_a_unit(office, idea):
    give_role(office.event, office.near, Role.JUROR)
    ask(office, idea)
    hat = find_hat(office.actor(office.near), office.read(idea))
    assert (hat.reads, hat.acts) == (False, False)
    assert list_holders(office.read(idea)).told == (office.head,)


def test_a_conflict_of_interest_keeps_a_coordinator_out(office, idea, monkeypatch):
    ask(office, idea)
    assert find_hat(office.actor(office.near), office.read(idea)).reads
    monkeypatch.setattr(policy, "barriers", [lambda actor, _idea: actor.user_id == office.near.id])
    assert not find_hat(office.actor(office.near), office.read(idea)).reads
    assert not policy.can_read(office.actor(office.near), office.read(idea))


def test_without_a_coordinator_the_secretariat_stands_in(office, db_session):
    alone = make_ready(office.event, make_team(office.event, make_user(), unit_id=make_unit().id))
    captain = office.read(alone).team.memberships[0].user
    ask(office, alone, user=captain)
    mail = db_session.query(OutboxMail).filter_by(template="endorsement_asked").one()
    assert (mail.address, mail.context["vacant"]) == (office.clerk.email, True)
    hat = find_hat(office.actor(office.clerk), office.read(alone))
    assert (hat.acts, hat.stands_in) == (True, True)
    endorse(office, alone, by=office.clerk)
    assert send(office, alone, by=office.clerk).number == 1
    acts = db_session.query(ChainAct).filter_by(act="endorse").all()
    assert [act.stands_in for act in acts] == [True]


def test_an_archived_event_is_closed(office, idea):
    ask(office, idea)
    office.event.state = EventState.ARCHIVED
    with pytest.raises(Refused, match="diarsipkan"):
        endorse(office, idea)


def test_an_event_that_does_not_ask_knows_nothing_of_it(office, idea):
    office.event.asks_endorsement = False
    with pytest.raises(Refused, match="tidak meminta"):
        ask(office, idea)
    found = office.read(idea)
    sent = submission.submit_idea(office.actor(), found, version=found.version, in_gallery=False, at=NOW)
    assert sent.number == 1
    assert not find_hat(office.actor(office.near), office.read(idea)).reads


# -- appointing -------------------------------------------------------------------------------------------------------


def test_giving_and_taking_the_role(office, db_session):
    admin, person, unit = make_user(site_role=SiteRole.ADMIN), make_user(), make_unit()
    row = coordinators.appoint_coordinator(admin, unit, email=f" {person.email.upper()} ", at=NOW)
    with pytest.raises(Refused, match="sudah menjadi"):
        coordinators.appoint_coordinator(admin, unit, email=person.email, at=NOW)
    coordinators.end_coordination(admin, unit, row.public_id, at=NOW)
    again = coordinators.appoint_coordinator(admin, unit, email=person.email, at=NOW)
    assert (row.ended_at, again.ended_at) == (NOW, None)
    found = [entry.action for entry in db_session.query(AuditEntry).filter_by(object_id=unit.code)]
    assert found == ["coordinator.appoint", "coordinator.end", "coordinator.appoint"]
    assert addresses(db_session, "endorsement_role_ended") == {person.email}


def test_only_people_with_an_open_confirmed_account_are_appointed(office):
    admin, unit = make_user(site_role=SiteRole.ADMIN), make_unit()
    for email in (
        "tak.ada@contoh.example",
        make_user(disabled_at=NOW).email,
        make_user(email_verified_at=None).email,
    ):
        with pytest.raises(Refused) as refused:
            coordinators.appoint_coordinator(admin, unit, email=email, at=NOW)
        assert refused.value.field == "email"
