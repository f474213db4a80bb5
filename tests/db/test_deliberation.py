"""A session of the jury: opened, amended, signed, signed again, closed: on both databases."""

from __future__ import annotations

import random
import statistics
from datetime import timedelta
from types import SimpleNamespace

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.db import db
from innovate.core.errors import NotAllowed, NotFound, Refused, Stale
from innovate.deliberation.models import Deliberation, SignOff
from innovate.deliberation.queries import sessions as reads
from innovate.deliberation.queries.changes import page_of_changes
from innovate.deliberation.queries.matrix import SIZE, load_matrix
from innovate.deliberation.services.sessions import add_note, close_session, open_session
from innovate.deliberation.services.signing import remind_signers, sign_outcome
from innovate.events.domain.kinds import Role
from innovate.events.domain.seal import BoardState
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import OutboxMail
from innovate.results.queries.boards import find_state
from innovate.scoring.domain.rubric import Filled
from innovate.scoring.models.ballots import Ballot, BallotState
from innovate.scoring.models.rounds import Round
from innovate.scoring.queries.ballots import get_sheet
from innovate.scoring.queries.rounds import get_round
from innovate.scoring.queries.seal import say_board_state
from innovate.scoring.services.ballots import reopen_ballot, submit_ballot
from tests.factories import build
from tests.factories.build import NOW
from tests.support.queries import counted_queries

LATER = NOW + timedelta(hours=1)


class Panel(SimpleNamespace):
    """What the people of the fixture do."""

    def actor(self, name):
        return get_actor("lomba", self.people[name])

    @property
    def round(self):
        return get_round(self.actor("Ketua").event, 1)

    def open(self, name="Ketua", **more):
        return open_session(self.actor(name), self.round, at=NOW, **more)

    def close(self, at=LATER):
        return close_session(self.actor("Ketua"), self.round, at=at)

    def sign(self, name, stamp=None, at=LATER):
        stamp = stamp or reads.load_stamps([self.round.id])[self.round.id]
        return sign_outcome(self.actor(name), self.round, stamp=stamp, at=at)

    def sheet(self, name, title):
        return get_sheet("lomba", self.seats[name, title].public_id, self.people[name].id)

    def reopen(self, name, title, reason="Salah membaca lampiran", at=LATER):
        sheet = self.sheet(name, title)
        return reopen_ballot(self.people[name], sheet, version=sheet.version, at=at, reason=reason)

    def amend(self, name, title, mark, **more):
        sheet = self.reopen(name, title, **more)
        filled = Filled(sheet.version, dict.fromkeys(sheet.criteria, mark))
        return submit_ballot(self.people[name], self.sheet(name, title), filled, at=LATER, reason="")

    def changes(self, **more):
        return page_of_changes(reads.find_session(self.round), hidden=frozenset(), **more)

    def holding(self):
        return {each.user.name for each in reads.list_signers(self.round) if each.holds}


@pytest.fixture
def panel(db_session):
    """Ana and Budi judged two entries; the second is disputed. Ketua leads."""
    event = build.make_event(slug="lomba", shift_days=-17)
    round_ = build.make_round(event)
    people = {name: build.make_user(name=name) for name in ("Ana", "Budi", "Ketua")}
    for name, user in people.items():
        build.give_role(event, user, Role.CHAIR if name == "Ketua" else Role.JUROR)
    ideas = [
        build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, title=title, number=n)
        for n, title in enumerate(("TENANG", "RAMAI"), 1)
    ]
    seats = {}
    for idea, marks in zip(ideas, ((4, 4), (2, 5)), strict=True):
        for name, mark in zip(("Ana", "Budi"), marks, strict=True):
            seats[name, idea.title] = build.make_assignment(round_, idea, people[name])
            build.make_ballot(seats[name, idea.title], [mark] * 5)
    db.session.commit()

    return Panel(event=event, people=people, ideas=ideas, seats=seats)


def _actions():
    found = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id))
    return [action for action in found if action.startswith("deliberation")]


def test_it_opens_once_all_have_handed_in_or_with_a_reason(panel) -> None:
    with pytest.raises(NotAllowed):
        panel.open("Ana")
    build.make_assignment(panel.round, panel.ideas[0], panel.people["Ketua"])
    with pytest.raises(Refused, match="1 nilai belum diajukan") as refused:
        panel.open()
    assert refused.value.field == "reason"
    assert (db.session.query(Deliberation).count(), panel.round.peers_opened_at) == (0, None)
    session = panel.open(reason="Ketua dirawat di rumah sakit")
    assert (session.missing, session.reason, session.opened_at) == (1, "Ketua dirawat di rumah sakit", NOW)
    assert panel.round.peers_opened_at == NOW
    with pytest.raises(Refused, match="sudah dibuka"):
        panel.open(reason="Sekali lagi saja")
    mails = db.session.query(OutboxMail).filter_by(template="deliberation_opened")
    assert {mail.user_id for mail in mails} == {user.id for user in panel.people.values()}


def test_it_does_not_open_without_a_ballot(panel) -> None:
    db.session.query(Ballot).update({"state": BallotState.DRAFT})
    with pytest.raises(Refused, match="Belum ada nilai"):
        panel.open(reason="Tidak ada alasan")


@pytest.mark.parametrize("state", [BoardState.FROZEN, BoardState.ANNOUNCED, BoardState.FINAL])
def test_it_does_not_open_once_the_ranking_is_frozen(panel, state) -> None:
    say_board_state(lambda _round: state)
    try:
        with pytest.raises(Refused, match="sudah dibekukan"):
            panel.open()
    finally:
        say_board_state(find_state)
    panel.open()


def test_a_change_says_who_what_and_why(panel) -> None:
    panel.open()
    db.session.commit()
    with pytest.raises(Refused, match="alasan"):
        panel.reopen("Ana", "RAMAI", reason=" ")
    db.session.rollback()
    panel.reopen("Ana", "RAMAI")
    (pending,) = panel.changes().items
    assert (pending.change.pending, pending.change.before, pending.change.after) == (True, 25.0, None)
    sheet = panel.sheet("Ana", "RAMAI")
    filled = Filled(sheet.version, dict.fromkeys(sheet.criteria, "4"))
    submit_ballot(panel.people["Ana"], sheet, filled, at=LATER, reason="")
    panel.amend("Budi", "TENANG", "3", reason="Menghitung ulang manfaat")
    last, first = panel.changes().items
    assert (first.change.actor, first.change.reason) == ("Ana", "Salah membaca lampiran")
    assert (first.title, first.change.before, first.change.after) == ("RAMAI", 25.0, 75.0)
    assert [tuple(float(mark) for mark in pair) for pair in first.change.criteria.values()] == [
        (2.0, 4.0)
    ] * 5
    assert (last.change.actor, last.change.reason) == ("Budi", "Menghitung ulang manfaat")
    mine = panel.changes(juror_id=panel.people["Ana"].id)
    assert [row.change.actor for row in mine.items] == ["Ana"]
    hidden = page_of_changes(reads.find_session(panel.round), hidden={panel.ideas[1].id})
    assert [row.title for row in hidden.items] == ["TENANG"]


def test_changes_are_paged_and_only_their_ballots_read(panel, monkeypatch) -> None:
    panel.open()
    for n in range(5):
        panel.amend("Ana", "RAMAI", str(3 + n % 2), reason=f"Pembacaan ke-{n}")
    panel.amend("Budi", "TENANG", "3", reason="Menghitung ulang")
    monkeypatch.setattr("innovate.deliberation.queries.changes.SIZE", 2)
    db.session.flush()
    with counted_queries() as first_page:
        first = panel.changes()
    assert (first.total, first.pages, len(first.items)) == (6, 3, 2)
    assert [row.change.reason for row in first.items] == ["Menghitung ulang", "Pembacaan ke-4"]
    with counted_queries() as last_page:
        last = panel.changes(page=3)
    assert [row.change.reason for row in last.items] == ["Pembacaan ke-1", "Pembacaan ke-0"]
    assert len(first_page) == len(last_page)


def test_each_juror_signs_and_signs_again_after_a_change(panel) -> None:
    with pytest.raises(NotFound):
        panel.sign("Ana")
    panel.open()
    with pytest.raises(Refused, match="tidak menilai"):
        panel.sign("Ketua")
    with pytest.raises(Stale):
        panel.sign("Ana", stamp="1-1-1")
    panel.sign("Ana")
    with pytest.raises(Refused, match="sudah menyetujui"):
        panel.sign("Ana")
    panel.sign("Budi")
    assert reads.count_signed(panel.round) == (2, 2)
    panel.reopen("Ana", "RAMAI")
    assert panel.holding() == set()
    with pytest.raises(Refused, match="Ajukan dahulu"):
        panel.sign("Ana")
    sheet = panel.sheet("Ana", "RAMAI")
    filled = Filled(sheet.version, dict.fromkeys(sheet.criteria, "4"))
    submit_ballot(panel.people["Ana"], sheet, filled, at=LATER, reason="")
    assert panel.holding() == set()
    assert remind_signers(panel.actor("Ketua"), panel.round, at=LATER) == 2
    panel.sign("Budi")
    assert panel.holding() == {"Budi"}
    assert db.session.query(SignOff).count() == 3  # outdated ones stay in the history
    assert [each.holds for each in reads.list_signatures(panel.round)] == [True, False, False]


def test_closing_hides_again_and_lets_who_began_finish(panel) -> None:
    session = panel.open()
    panel.reopen("Ana", "RAMAI")
    with pytest.raises(NotAllowed):
        close_session(panel.actor("Ana"), panel.round, at=LATER)
    panel.close()
    assert (session.closed_at, session.closed_by_id) == (LATER, panel.people["Ketua"].id)
    assert panel.round.peers_opened_at is None
    with pytest.raises(Refused, match="tidak sedang dibuka"):
        panel.close()
    with pytest.raises(Refused, match="sudah ditutup"):
        add_note(panel.actor("Budi"), session, panel.ideas[0].id, text="Terlambat", at=LATER)
    sheet = panel.sheet("Ana", "RAMAI")
    filled = Filled(sheet.version, dict.fromkeys(sheet.criteria, "4"))
    done = submit_ballot(panel.people["Ana"], sheet, filled, at=LATER, reason="")
    assert done.ballot_state is BallotState.SUBMITTED
    panel.sign("Ana")  # agreeing is possible after it closed
    assert _actions() == ["deliberation.open", "deliberation.close", "deliberation.sign"]


def test_a_round_may_sit_again(panel) -> None:
    panel.open()
    panel.close()
    panel.open()
    assert [session.is_open for session in reads.list_sessions(panel.round)] == [True, False]


def test_the_matrix_is_ordered_and_paged_by_the_database(panel) -> None:
    draw = random.Random(7)
    event, round_ = panel.event, db.session.get_one(Round, panel.round.id)
    totals = {panel.ideas[0].id: [75.0, 75.0], panel.ideas[1].id: [25.0, 100.0]}
    numbers = {panel.ideas[0].id: 1, panel.ideas[1].id: 2}
    for n in range(3, SIZE + 6):
        idea = build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, number=n)
        totals[idea.id], numbers[idea.id] = [], n
        for name in ("Ana", "Budi")[: n % 3]:
            seat = build.make_assignment(round_, idea, panel.people[name])
            ballot = build.make_ballot(seat, [draw.randint(1, 5) for _ in range(5)])
            totals[idea.id].append(ballot.total)
    db.session.flush()

    def rank(key):
        given = totals[key]
        if len(given) < 2:
            return (1, 0, 0, numbers[key])
        return (0, -round(statistics.stdev(given), 6), -round(max(given) - min(given), 6), numbers[key])

    db.session.flush()
    with counted_queries() as first_page:
        first = load_matrix(panel.round, hidden=frozenset())
    second = load_matrix(panel.round, hidden=frozenset(), page=2)
    assert (first.page.total, len(first.page.items)) == (len(totals), SIZE)
    shown = [row.entry.idea_id for row in (*first.page.items, *second.page.items)]
    assert shown == sorted(totals, key=rank)
    spreads = [statistics.stdev(given) for given in totals.values() if len(given) > 1]
    assert first.median == pytest.approx(statistics.median(spreads))
    assert all(
        row.spread.wide == (row.spread.deviation >= 1.5 * first.median) for row in first.page.items[:5]
    )
    hidden = {shown[0]}
    with counted_queries() as without:
        found = load_matrix(panel.round, hidden=frozenset(hidden))
    assert [row.entry.idea_id for row in found.page.items] == shown[1 : SIZE + 1]
    assert len(first_page) == len(without)
