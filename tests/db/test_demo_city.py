"""The demo as a visitor finds it: loaded once on each database, then looked at."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from innovate.accounts.domain.nip import Nip, parse
from innovate.accounts.models import SiteRole, Unit, UnitKind, User
from innovate.core import clock, passwords, storage
from innovate.core.db import db
from innovate.core.errors import Refused
from innovate.demo.domain.cast import CAST, PASSWORD
from innovate.demo.services import archive, city, impact, learning, loading, quizzes, season, surveys
from innovate.endorsement.domain.chain import Act
from innovate.endorsement.models import ChainAct, PaperProposal
from innovate.endorsement.queries.lists import ListFilter, count_waiting, list_unit_proposals
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.phases import current_span, find_span, is_over
from innovate.events.domain.seal import BoardState
from innovate.events.models import Event, Group, Phase, PhaseChange, Prize
from innovate.events.queries import get_actor, roles_in
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.models import Extension, Idea, IdeaFile
from innovate.ideas.queries.completeness import list_gaps
from innovate.ideas.queries.ideas import lock_idea
from innovate.impact.services.links import Links
from innovate.learning.models import Activity, Attendance, LearningSession
from innovate.learning.queries.attendance import count_present, list_taking
from innovate.notifications.models import MailState, OutboxMail
from innovate.results.domain.bundle.inputs import Publication
from innovate.results.domain.standing import hash_rows
from innovate.results.models import Objection, StandingRow
from innovate.results.queries.awards import find_sign_off, load_laurels
from innovate.results.queries.boards import compute_rows, find_public_board, list_boards
from innovate.results.services.publishing import publish_bundle
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.jury import Assignment, AssignmentState, Conflict, ConflictSource
from innovate.scoring.models.rounds import Round, RoundEntry
from innovate.skills.models import SkillRating
from innovate.teams.models import JoinRequest, OpenRole, RequestState, Team, TeamInvitation
from tests.factories.build import NOW, make_user
from tests.support.database import KINDS
from tests.support.demo import demo_app


def run(app: Flask, *args: str):
    with clock.frozen(NOW):
        return app.test_cli_runner().invoke(args=["demo", *args])


_TAKEN: dict[str, Flask] = {}  # a process that gets tests of this file bit by bit copies each database once


@pytest.fixture(scope="module", params=KINDS)
def loaded(request, databases) -> Flask:
    if request.param not in _TAKEN:
        _TAKEN[request.param] = demo_app(databases, request.param, at=NOW)
    return _TAKEN[request.param]


@pytest.fixture
def demo(loaded) -> Iterator[Flask]:
    with loaded.app_context(), clock.frozen(NOW):
        yield loaded
        db.session.remove()


def the_city() -> Event:
    year = (NOW - timedelta(days=88)).year
    return get_actor(f"inovasi-kota-{year}", None).event


def event_of(slug: str) -> Event:
    return get_actor(slug, None).event


def event_in(kind: PhaseKind) -> Event:
    query = select(Event).where(Event.state == EventState.PUBLISHED)
    events = db.session.scalars(query.options(selectinload(Event.phases)))
    found = [event for event in events if (span := current_span(event.phases, NOW)) and span.kind is kind]
    assert len(found) == 1, kind
    return get_actor(found[0].slug, None).event


def person(name: str) -> User:
    return db.session.scalars(select(User).where(User.email == f"{name}@innovate.example")).one()


def test_the_city_has_49_proposals_in_two_groups_and_three_categories(demo) -> None:
    event = the_city()
    ideas = list(db.session.scalars(select(Idea).where(Idea.event_id == event.id)))
    assert Counter(idea.state for idea in ideas) == {IdeaState.ELIGIBLE: 49}
    groups = {group.id: group.code for group in event.groups}
    assert Counter(groups[idea.group_id] for idea in ideas) == {"A": 24, "B": 25}
    assert {idea.track_id for idea in ideas} == {track.id for track in event.tracks}
    assert len(event.tracks) == 3
    assert all(len(idea.answers["ide_inovatif"].split()) > 150 for idea in ideas)
    assert sorted(idea.number for idea in ideas) == list(range(1, 50))


def test_outside_jurors_judged_every_proposal_three_times_and_every_finalist_as_a_panel(demo) -> None:
    first, final = (view.round for view in list_boards(the_city()))
    count = select(Ballot.idea_id, func.count()).where(Ballot.state == BallotState.SUBMITTED)
    by_idea = dict(
        db.session.execute(count.where(Ballot.round_id == first.id).group_by(Ballot.idea_id)).all()
    )
    assert Counter(by_idea.values()) == {3: 49}
    by_idea = dict(
        db.session.execute(count.where(Ballot.round_id == final.id).group_by(Ballot.idea_id)).all()
    )
    assert Counter(by_idea.values()) == {7: 12}
    jurors = list(db.session.scalars(select(User).where(User.id.in_(select(Ballot.user_id)))))
    assert len(jurors) == 7
    assert all(juror.unit_id is None and not juror.employment.is_asn for juror in jurors)
    remarks = select(func.count()).where(Ballot.round_id == first.id, Ballot.comment_team != "")
    assert db.session.scalar(remarks) == 147


def test_six_of_each_group_went_into_the_final_and_won_what_the_prizes_say(demo) -> None:
    event = the_city()
    first, final = list_boards(event)
    chosen = select(Group.code, func.count()).join(Idea, Idea.group_id == Group.id)
    chosen = chosen.join(RoundEntry, RoundEntry.idea_id == Idea.id).where(
        RoundEntry.round_id == final.round.id
    )
    assert dict(db.session.execute(chosen.group_by(Group.code)).all()) == {"A": 6, "B": 6}
    top = select(StandingRow.idea_id).where(
        StandingRow.snapshot_id == first.board.snapshot_id, StandingRow.position <= 6
    )
    entries = select(RoundEntry.idea_id).where(RoundEntry.round_id == final.round.id)
    assert set(db.session.scalars(top)) == set(db.session.scalars(entries))
    prizes = {
        prize.rank: prize.name
        for prize in db.session.scalars(select(Prize).where(Prize.event_id == event.id))
    }
    assert prizes[1] == "Juara I"
    assert prizes[6] == "Juara Harapan III"
    rows = list(
        db.session.scalars(select(StandingRow).where(StandingRow.snapshot_id == final.board.snapshot_id))
    )
    assert len(rows) == 12
    assert all(row.award == prizes[row.rank] for row in rows)


def test_every_announced_board_is_recomputed_from_its_bundle(demo) -> None:
    for event in db.session.scalars(select(Event)):
        for view in list_boards(event):
            if view.state.is_public:
                publish_bundle(event, view.number, Publication.FULL, at=NOW)  # refused if anything differs


def test_both_boards_are_announced_and_their_snapshots_are_what_the_ballots_say(demo) -> None:
    event = the_city()
    for view in list_boards(event):
        assert view.state is BoardState.ANNOUNCED
        assert view.board.snapshot.sha256 == hash_rows(compute_rows(event, view))
    shown = find_public_board(event)
    assert shown.is_last
    assert timedelta(days=1) < NOW - shown.board.announced_at < timedelta(days=3)
    assert is_over(event.phases, NOW)
    consenting = select(func.count()).where(Idea.event_id == event.id, Idea.in_gallery)
    assert 40 <= db.session.scalar(consenting) < 49


def test_the_window_for_objections_is_open_with_one_answered_and_one_waiting(demo) -> None:
    board = find_public_board(the_city()).board
    assert board.objections_until > NOW + timedelta(hours=12)
    filed = list(db.session.scalars(select(Objection).where(Objection.board_id == board.id)))
    assert [objection.outcome is None for objection in filed] == [False, True]
    assert filed[0].filename == "Catatan waktu.pdf"
    (special,) = load_laurels(board.snapshot_id).specials
    assert special.award.name == "Inovasi Paling Mudah Ditiru"
    signed, person = find_sign_off(board)
    assert signed.is_chair
    assert Role.CHAIR in roles_in(board.event_id, person.id)


def test_the_deadline_was_moved_once_for_all_with_its_reason(demo) -> None:
    event = the_city()
    changes = select(PhaseChange).join(Phase, Phase.id == PhaseChange.phase_id)
    found = list(db.session.scalars(changes.where(Phase.event_id == event.id)))
    submission = find_span(event.phases, PhaseKind.SUBMISSION)
    assert len({change.at for change in found}) == 1
    assert all(change.new_ends_at - change.old_ends_at == timedelta(days=3) for change in found)
    assert all(len(change.reason) > 80 for change in found)
    assert submission.ends_at in {change.new_ends_at for change in found}


def test_one_event_stands_in_each_other_phase(demo) -> None:
    for kind in (PhaseKind.REGISTRATION, PhaseKind.SUBMISSION, PhaseKind.SCREENING, PhaseKind.JUDGING):
        event_in(kind)
    archived = list(db.session.scalars(select(Event).where(Event.state == EventState.ARCHIVED)))
    assert len(archived) == 3
    for event in archived:
        views = list_boards(get_actor(event.slug, None).event)
        assert [view.state for view in views] == [BoardState.FINAL, BoardState.FINAL], event.slug
    assert db.session.scalar(select(func.count()).select_from(Event)) == 8


def test_two_past_years_of_the_city_have_entries_of_all_kecamatan_and_winners_in_both_groups(demo) -> None:
    year = (NOW - timedelta(days=88)).year
    for past, teams in ((year - 2, 26), (year - 1, 34)):
        event = get_actor(f"inovasi-kota-{past}", None).event
        assert {phase.starts_at.year for phase in event.phases} == {past}
        assert event.archived_at.year == past
        count = select(func.count()).select_from(Team).where(Team.event_id == event.id)
        assert db.session.scalar(count) == teams
        board = find_public_board(event).board
        rows = load_laurels(board.snapshot_id).rows
        assert Counter(row.group_code for row in rows) == {"A": 6, "B": 6}
    units = select(Unit.parent_id, Unit.id).join(Team, Team.unit_id == Unit.id).join(Event)
    units = units.where(Event.slug.in_([f"inovasi-kota-{year - 2}", f"inovasi-kota-{year - 1}"]))
    above = {key for row in db.session.execute(units) for key in row}
    kecamatan = select(func.count()).where(Unit.kind == UnitKind.KECAMATAN, Unit.id.in_(above))
    assert db.session.scalar(kecamatan) == 6


def test_past_years_have_learning_hours(demo) -> None:
    held = select(LearningSession.starts_at).join(Attendance, Attendance.session_id == LearningSession.id)
    years = Counter(at.year for at in db.session.scalars(held))
    year = (NOW - timedelta(days=88)).year
    assert years[year - 1] > years[year - 2] > 100


def states_of(event: Event) -> Counter[IdeaState]:
    return Counter(db.session.scalars(select(Idea.state).where(Idea.event_id == event.id)))


def test_registration_has_drafts_and_teams_that_look_for_people(demo) -> None:
    event = event_in(PhaseKind.REGISTRATION)
    assert set(states_of(event)) == {IdeaState.DRAFT}
    assert db.session.scalar(select(func.count()).select_from(OpenRole)) >= 3
    invitation = db.session.scalars(
        select(TeamInvitation).where(TeamInvitation.email == person("anggota").email)
    ).one()
    assert invitation.state is RequestState.PENDING
    asked = select(JoinRequest).where(JoinRequest.user_id == person("mahasiswa").id)
    assert db.session.scalars(asked).one().state is RequestState.PENDING


def test_submission_has_drafts_receipts_and_an_extension(demo) -> None:
    event = event_in(PhaseKind.SUBMISSION)
    assert states_of(event) == {IdeaState.DRAFT: 7, IdeaState.SUBMITTED: 3}
    extension = db.session.scalars(select(Extension).where(Extension.event_id == event.id)).one()
    assert extension.until > find_span(event.phases, PhaseKind.SUBMISSION).ends_at > NOW


def test_the_demo_coordinator_has_proposals_in_every_state(demo) -> None:
    user = person("koordinator")
    found = list_unit_proposals(user.id, ListFilter(event=event_in(PhaseKind.SUBMISSION).slug)).items
    standings = Counter(row.standing for row in found)
    assert standings == {"waiting": 1, "endorsed": 1, "returned": 1, "submitted": 2}
    assert count_waiting(user.id) == 2
    acts = Counter(db.session.scalars(select(ChainAct.act)))
    assert acts[Act.SUBMIT] >= 49
    paper = db.session.scalars(select(PaperProposal)).one()
    assert paper.entered_by_id == person("sekretariat").id


def test_the_demo_captain_has_a_draft_that_lacks_something_and_a_request_to_answer(demo) -> None:
    event = event_in(PhaseKind.SUBMISSION)
    captain = person("ketua.tim")
    team = db.session.scalars(
        select(Team).where(Team.captain_id == captain.id, Team.event_id == event.id)
    ).one()
    idea = lock_idea(db.session.scalars(select(Idea.id).where(Idea.team_id == team.id)).one())
    assert idea.state is IdeaState.DRAFT
    assert idea.answers["ringkasan"]
    assert list_gaps(event, idea, len(idea.team.memberships))
    assert person("anggota").id in {membership.user_id for membership in idea.team.memberships}
    waiting = select(JoinRequest).where(
        JoinRequest.team_id == team.id, JoinRequest.state == RequestState.PENDING
    )
    assert db.session.scalars(waiting).one().message


def test_screening_is_half_done(demo) -> None:
    assert states_of(event_in(PhaseKind.SCREENING)) == {
        IdeaState.ELIGIBLE: 2,
        IdeaState.RETURNED: 1,
        IdeaState.INELIGIBLE: 1,
        IdeaState.SUBMITTED: 3,
    }


def test_judging_is_uneven_and_leaves_the_demo_juror_work(demo) -> None:
    event = event_in(PhaseKind.JUDGING)
    round_ = db.session.scalars(
        select(Round).where(Round.event_id == event.id).order_by(Round.position)
    ).first()
    seats = list(db.session.scalars(select(Assignment).where(Assignment.round_id == round_.id)))
    active = [seat for seat in seats if seat.state is AssignmentState.ACTIVE]
    ballots = list(db.session.scalars(select(Ballot).where(Ballot.round_id == round_.id)))
    done = Counter(ballot.user_id for ballot in ballots if ballot.state is BallotState.SUBMITTED)
    idle = {seat.user_id for seat in active} - set(done)
    assert len(idle) == 1
    assert not [seat for seat in active if seat.user_id in idle and seat.cleared_at]
    mine = [seat for seat in active if seat.user_id == person("juri").id]
    assert len(mine) > done[person("juri").id] >= 1
    assert [ballot.state for ballot in ballots if ballot.user_id == person("juri").id].count(
        BallotState.DRAFT
    ) == 1
    assert [seat for seat in mine if seat.cleared_at is None]
    by_themselves = select(Conflict.source).where(
        Conflict.event_id == event.id, Conflict.declared_by_id == Conflict.user_id
    )
    assert Counter(db.session.scalars(by_themselves)) == {
        ConflictSource.DECLARED: 1,
        ConflictSource.ABSTAINED: 1,
    }
    counts = Counter(ballot.idea_id for ballot in ballots if ballot.state is BallotState.SUBMITTED)
    coverage = {counts[seat.idea_id] for seat in seats}
    assert max(coverage) == 3
    assert min(coverage) <= 1


def test_every_sign_in_works_and_holds_its_part(demo) -> None:
    for sign_in in CAST:
        user = person(sign_in.name)
        assert user.is_demo
        assert passwords.verify_password(user.password_hash, PASSWORD)
    assert person("admin").site_role is SiteRole.ADMIN
    parts = {
        "panitia": Role.ORGANIZER,
        "sekretariat": Role.SECRETARIAT,
        "ketua.juri": Role.CHAIR,
        "juri": Role.JUROR,
        "mentor": Role.MENTOR,
        "auditor": Role.AUDITOR,
    }
    for event in db.session.scalars(select(Event)):
        for name, role in parts.items():
            assert roles_in(event.id, person(name).id) == {role}, (event.slug, name)


def test_nobody_invented_can_be_mistaken_for_somebody(demo) -> None:
    users = list(db.session.scalars(select(User)))
    assert all(user.is_demo and user.email.endswith(".example") and not user.phone for user in users)
    numbers = [user.nip for user in users if user.nip]
    assert len(numbers) == len(set(numbers)) > 200
    assert all(isinstance(parse(number), Nip) for number in numbers)
    assert all(bool(user.nip) == user.employment.is_asn for user in users)


def test_attachments_are_documents_that_open(demo) -> None:
    files = list(db.session.scalars(select(IdeaFile)))
    assert len(files) > 100
    for file in files:
        content = storage.read(file.storage_key)
        assert content.startswith(b"%PDF-1.4")
        assert content.endswith(b"%%EOF\n")
        assert len(content) == file.size


def test_no_mail_of_the_past_is_left_to_leave(demo) -> None:
    states = db.session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state)).all()
    assert [state for state, _count in states] == [MailState.SENT]
    assert db.session.scalar(select(func.count()).where(OutboxMail.template == "idea_submitted")) > 150
    assert db.session.scalar(select(func.max(OutboxMail.sent_at))) <= NOW


def test_every_mail_of_the_past_can_be_read(demo) -> None:
    mails = list(db.session.scalars(select(OutboxMail)))
    assert len({mail.template for mail in mails}) >= 8
    for mail in mails:
        assert mail.subject, mail.template
        assert "](/" in mail.body, mail.template
        assert "<function" not in mail.body


def test_the_trail_holds(loaded) -> None:
    result = loaded.test_cli_runner().invoke(args=["audit", "verify"])
    assert result.exit_code == 0, result.output


def test_loading_again_changes_nothing(loaded) -> None:
    def count() -> tuple[int, ...]:
        with loaded.app_context():
            return tuple(
                db.session.scalar(select(func.count()).select_from(model))
                for model in (User, Event, Idea, Ballot)
            )

    before = count()
    result = run(loaded, "load-if-empty")
    assert result.exit_code == 0
    assert "not loaded" in result.output
    assert count() == before


def test_a_database_with_an_account_is_left_alone(app) -> None:
    make_user()
    db.session.commit()
    assert "not loaded" in run(app, "load-if-empty").output
    with pytest.raises(Refused):
        loading.load_demo(lambda _mail: ("", ""), Links("secret"), at=NOW)
    assert db.session.scalar(select(func.count()).select_from(User)) == 1


@pytest.mark.parametrize("database_kind", ["postgres"], indirect=True)
def test_postgresql_takes_what_is_written_in_bulk(app, monkeypatch) -> None:
    """People and the two past years: the rest of the demo goes through services that are tested on both databases."""
    for feature in (city, season, archive, learning, quizzes, surveys, impact):
        monkeypatch.setattr(feature, "plan", lambda *_world_and_day: None)
    for later in ("add_rights", "add_partners"):  # at the present competition
        monkeypatch.setattr(loading, later, lambda _world, **_at: None)
    result = run(app, "load-if-empty")
    assert result.exit_code == 0, result.output
    assert set(db.session.scalars(select(Event.state))) == {EventState.ARCHIVED}
    for model, least in (
        (User, 200),
        (Idea, 60),
        (Ballot, 300),
        (Attendance, 100),
        (SkillRating, 500),
        (OutboxMail, 1),
    ):
        assert db.session.scalar(select(func.count()).select_from(model)) >= least, model
    boards = [
        (event, view)
        for event in map(event_of, db.session.scalars(select(Event.slug)))
        for view in list_boards(event)
    ]
    assert len(boards) == 4
    for event, view in boards:
        assert view.board.snapshot.sha256 == hash_rows(compute_rows(event, view))


def test_production_refuses_the_demo(app) -> None:
    app.config["ALLOW_DEMO_ACCOUNTS"] = False
    try:
        for args in (["load-if-empty"], ["load", "--ideas", "1", "--jurors", "1", "--per-idea", "1"]):
            result = run(app, *args)
            assert result.exit_code == 1
            assert "refused in production" in result.output
    finally:
        app.config["ALLOW_DEMO_ACCOUNTS"] = True
    assert loading.is_empty()


def test_a_session_runs_while_the_demo_is_loaded(loaded) -> None:
    with loaded.app_context():
        title = "Lokakarya Singkat Menulis Petunjuk Layanan"
        query = select(LearningSession).join(LearningSession.activity).where(Activity.title == title)
        held = db.session.scalars(query).one()
        assert held.public_id in {session_id for session_id, _activity_id in list_taking(NOW)}
        assert held.starts_at < NOW < held.ends_at
        assert 0 < count_present(held.id) < 18  # some are late
