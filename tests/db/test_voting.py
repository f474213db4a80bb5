"""Public votes on both databases: asking, confirming, changing, closing, voiding, counting, forgetting."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from innovate.audit.models import AuditDetail
from innovate.core.db import db
from innovate.core.errors import Refused, TooMany
from innovate.events.domain.kinds import EventState, PhaseKind, Role
from innovate.events.domain.seal import BoardState as S
from innovate.events.models import Prize
from innovate.events.queries import get_actor
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.notifications.models import MailState, OutboxMail
from innovate.results.queries.awards import load_laurels
from innovate.scoring.models.rounds import RoundEntry
from innovate.voting.domain.pace import FREE
from innovate.voting.domain.plan import Plan
from innovate.voting.domain.stages import PollState, Pool
from innovate.voting.models import Poll, PollEntry, Vote, VoteChoice, VoteRequest
from innovate.voting.queries.polls import is_public
from innovate.voting.queries.questions import load_inquiry
from innovate.voting.queries.totals import count_votes, load_count
from innovate.voting.queries.votes import find_vote, list_chosen
from innovate.voting.services import casting, closing, counting, setup, voiding
from innovate.voting.services.forgetting import forget_voters
from tests.factories.boards import climb, make_special
from tests.factories.build import (
    NOW,
    add,
    give_role,
    make_assignment,
    make_ballot,
    make_event,
    make_idea,
    make_round,
    make_team,
    make_user,
)
from tests.factories.votes import entries_of, make_poll, make_request, make_vote, sender

DAY = timedelta(days=1)
ZONE = ZoneInfo("Asia/Pontianak")
WHY = "Dicatat dalam rapat panitia."


@pytest.fixture
def event(db_session):
    return make_event(shift_days=-17)


@pytest.fixture
def organizer(event):
    user = make_user()
    give_role(event, user, Role.ORGANIZER)
    return user


@pytest.fixture
def actor(event, organizer):
    return get_actor(event.slug, organizer)


@pytest.fixture
def ideas(event):
    return [
        make_idea(make_team(event), state=IdeaState.ELIGIBLE, title=title, in_gallery=True)
        for title in ("PARIT KITA", "PECI HAJI", "SIPUTRI")
    ]


@pytest.fixture
def poll(event, organizer, ideas) -> Poll:
    return make_poll(event, organizer, *ideas)


def ask(poll, address="budi@pontianak.go.id", *, n=0, at=NOW, network="203.0.113.5") -> str:
    """Ask with the n-th entry; the key in the link that was sent, "" if none was."""
    keys = []
    casting.ask_to_vote(
        poll,
        sender(address, network),
        [entries_of(poll)[n].public_id],
        link=lambda token: keys.append(token) or f"/x/{token}",
        event_name="Lomba",
        zone="Asia/Pontianak",
        locale="id",
        at=at,
    )
    return keys[0] if keys else ""


def chosen(poll, address="budi@pontianak.go.id"):
    vote = find_vote(poll.id, sender(address).marks(poll.salt).voter)
    titles = {entry.id: entry.idea_id for entry in entries_of(poll)}
    return [titles[key] for key in list_chosen(vote)]


# -- setting up -------------------------------------------------------------------------------------------------------


def plan(**values) -> Plan:
    return Plan(**{"name": "Favorit", "opens_at": NOW, "closes_at": NOW + DAY, **values})


def test_all_who_agreed_to_be_shown_stand_by_default(event, actor, ideas):
    ideas[2].in_gallery = False
    poll = setup.create_poll(actor, plan(), at=NOW)
    assert {entry.idea_id for entry in entries_of(poll)} == {ideas[0].id, ideas[1].id}
    ideas[2].in_gallery = True  # agreed before the opening
    setup.open_poll(actor, poll.public_id, at=NOW)
    assert len(entries_of(poll)) == 3


def test_by_group_and_by_hand(event, actor):
    groups = {group.code: group.id for group in get_actor(event.slug, None).event.groups}
    made = [
        make_idea(make_team(event, group_id=groups[code]), state=IdeaState.ELIGIBLE, in_gallery=True)
        for code in "AAB"
    ]
    poll = setup.create_poll(actor, plan(group_code="A"), at=NOW)
    assert {entry.idea_id for entry in entries_of(poll)} == {made[0].id, made[1].id}
    by_hand = plan(pool=Pool.CHOSEN, entries=frozenset({made[0].public_id, made[2].public_id}))
    setup.update_poll(actor, poll.public_id, by_hand, at=NOW)
    assert {entry.idea_id for entry in entries_of(poll)} == {made[0].id, made[2].id}
    with pytest.raises(Refused) as refusal:
        setup.update_poll(actor, poll.public_id, plan(pool=Pool.CHOSEN), at=NOW)
    assert refusal.value.field == "entries"


def test_finalists_stand_only_once_everybody_may_know_them(event, actor, organizer, ideas):
    round_, final = make_round(event), make_round(event, PhaseKind.FINAL)
    for idea in ideas[:2]:
        make_ballot(make_assignment(round_, idea, make_user()), [4] * 5)
        add(RoundEntry(round_id=final.id, idea_id=idea.id, added_by_id=organizer.id, added_at=NOW))
    poll = setup.create_poll(actor, plan(pool=Pool.FINALISTS), at=NOW)
    with pytest.raises(Refused):
        setup.open_poll(actor, poll.public_id, at=NOW)
    climb(event, organizer)
    setup.open_poll(actor, poll.public_id, at=NOW)
    assert {entry.idea_id for entry in entries_of(poll)} == {ideas[0].id, ideas[1].id}


@pytest.mark.parametrize("how", ["asked", "voted"])
def test_rules_are_locked_with_the_first_voter(actor, poll, how):
    setup.update_poll(actor, poll.public_id, plan(cap=2), at=NOW)
    [entry, *_rest] = entries_of(poll)
    make_request(poll, [entry], "a@b.example", "kunci") if how == "asked" else make_vote(poll, entry)
    with pytest.raises(Refused):
        setup.update_poll(actor, poll.public_id, plan(cap=3), at=NOW)
    assert poll.cap == 2


def test_time_moves_only_forward_with_a_reason_and_never_after_the_closing(actor, poll):
    until = poll.closes_at
    for wrong in ({"until": until - DAY, "reason": WHY}, {"until": until + DAY, "reason": "pendek"}):
        with pytest.raises(Refused):
            closing.extend_poll(actor, poll.public_id, **wrong, at=NOW)
    closing.extend_poll(actor, poll.public_id, until=until + DAY, reason=WHY, at=NOW)
    assert poll.closes_at == until + DAY
    closing.close_poll(actor, poll.public_id, reason=WHY, at=NOW)
    assert poll.closes_at == NOW
    with pytest.raises(Refused):  # by now the totals can be read
        closing.extend_poll(actor, poll.public_id, until=until, reason=WHY, at=NOW)
    with pytest.raises(Refused):
        ask(poll)


def test_only_drafts_are_thrown_away(actor, poll):
    with pytest.raises(Refused):
        setup.discard_poll(actor, poll.public_id, at=NOW)
    draft = setup.create_poll(actor, plan(), at=NOW)
    setup.discard_poll(actor, draft.public_id, at=NOW)
    assert db.session.query(Poll).all() == [poll]
    assert db.session.query(PollEntry).filter_by(poll_id=draft.id).count() == 0


# -- voting -----------------------------------------------------------------------------------------------------------


def test_only_a_confirmed_vote_counts(poll, ideas):
    token = ask(poll)
    assert count_votes(poll.id) == {}
    casting.confirm_vote(poll, token, None, at=NOW)
    casting.confirm_vote(poll, token, None, at=NOW)
    assert chosen(poll) == [ideas[0].id]
    assert sum(count_votes(poll.id).values()) == 1


def test_one_mailbox_has_one_vote_however_it_is_spelled(poll, ideas):
    for n, address in enumerate(("budi.s@gmail.com", "b.u.d.i.s+dua@googlemail.com", "BudiS@gmail.com")):
        token = ask(poll, address, n=n, at=NOW + n * timedelta(minutes=5))
        casting.confirm_vote(poll, token, None, at=NOW + n * timedelta(minutes=5))
    assert db.session.query(Vote).count() == 1
    assert chosen(poll, "budis@gmail.com") == [ideas[2].id]


def test_the_address_lies_in_the_outbox_alone_and_in_no_organizers_log(poll):
    ask(poll, "Budi.Santoso@pontianak.go.id")
    [mail] = db.session.query(OutboxMail).all()
    assert (mail.address, mail.event_id, mail.confidential) == ("Budi.Santoso@pontianak.go.id", None, True)
    [request] = db.session.query(VoteRequest).all()
    kept = " ".join(str(value) for value in vars(request).values())
    assert "budi" not in kept.casefold()
    assert "203.0.113" not in kept
    assert request.domain == "pontianak.go.id"
    assert "Budi" not in str([detail.values for detail in db.session.query(AuditDetail)])


def test_mails_to_one_address_keep_their_distance(poll):
    assert ask(poll)
    assert not ask(poll, at=NOW + timedelta(seconds=20))
    assert ask(
        poll, "lain@pontianak.go.id", at=NOW + timedelta(seconds=20)
    )  # a colleague at the same network
    assert ask(poll, at=NOW + timedelta(minutes=2))
    assert db.session.query(OutboxMail).count() == 3


def test_nobody_waits_for_a_link_that_comes_after_the_closing(poll):
    [entry, *_rest] = entries_of(poll)
    closing = poll.closes_at
    for n in range(FREE + 40):
        make_request(poll, [entry], f"pegawai{n}@dinas.example", f"k{n}", at=closing - timedelta(minutes=1))
    with pytest.raises(Refused, match="sesudah pemungutan ditutup"):
        ask(poll, "pegawai@dinas.example", at=closing - timedelta(minutes=1))
    assert ask(poll, "pegawai@dinas.example", network="198.51.100.7", at=closing - timedelta(seconds=1))


def test_a_shared_network_waits_and_is_not_refused(poll):
    [entry, *_rest] = entries_of(poll)
    for n in range(FREE):
        make_request(poll, [entry], f"pegawai{n}@dinas.example", f"k{n}")
    token = ask(poll, "pegawai-baru@dinas.example")
    [mail] = db.session.query(OutboxMail).all()
    assert NOW < mail.next_attempt_at <= NOW + timedelta(seconds=5)
    casting.confirm_vote(poll, token, None, at=NOW + timedelta(minutes=1))
    ask(poll, "rumah@dinas.example", network="198.51.100.7")
    assert db.session.query(OutboxMail).order_by(OutboxMail.id.desc()).first().next_attempt_at == NOW
    for n in range(FREE, FREE + 1300):
        make_request(poll, [entry], f"mesin{n}@dinas.example", f"k{n}")
    with pytest.raises(TooMany):
        ask(poll, "mesin@dinas.example")
    assert ask(poll, "mesin@dinas.example", at=NOW + timedelta(hours=1, seconds=1))


def test_the_holder_of_the_link_changes_and_withdraws(poll, ideas):
    token = ask(poll)
    casting.confirm_vote(poll, token, None, at=NOW)
    casting.confirm_vote(poll, token, [entries_of(poll)[1].public_id], at=NOW + DAY)
    assert chosen(poll) == [ideas[1].id]
    voter = sender("budi@pontianak.go.id").marks(poll.salt).voter
    casting.withdraw_vote(poll, voter, at=NOW + DAY)
    assert count_votes(poll.id) == {}
    assert db.session.query(VoteChoice).count() == 0
    with pytest.raises(Refused):
        casting.withdraw_vote(poll, voter, at=NOW + DAY)
    casting.confirm_vote(poll, token, None, at=NOW + DAY)
    assert chosen(poll) == [ideas[0].id]


@pytest.mark.parametrize("picked", [[], [0, 1], [0, "karya-lain"]])
def test_a_choice_is_of_what_stands_and_within_the_cap(poll, picked):
    keys = [entries_of(poll)[n].public_id if isinstance(n, int) else n for n in picked]
    with pytest.raises(Refused):
        casting.cast_vote(poll, sender("a@b.example"), keys, at=NOW)
    assert db.session.query(Vote).count() == 0


def test_what_was_taken_out_is_neither_chosen_nor_confirmed(poll, ideas):
    token = ask(poll)
    ideas[0].in_gallery = False
    db.session.flush()
    with pytest.raises(Refused):
        casting.confirm_vote(poll, token, None, at=NOW)
    casting.confirm_vote(poll, token, [entries_of(poll)[1].public_id], at=NOW)
    assert chosen(poll) == [ideas[1].id]


@pytest.mark.parametrize("at", [NOW - 2 * DAY, NOW + 3 * DAY])
def test_nobody_votes_outside_its_time(poll, at):
    token = "kunci"
    make_request(poll, entries_of(poll)[:1], "a@b.example", token)
    for act in (lambda: ask(poll, at=at), lambda: casting.confirm_vote(poll, token, None, at=at)):
        with pytest.raises(Refused):
            act()


def test_nobody_votes_in_an_archive(poll, event):
    event.state = EventState.ARCHIVED
    db.session.flush()
    with pytest.raises(Refused):
        ask(poll)


# -- questions and voids ----------------------------------------------------------------------------------------------


def test_while_it_runs_no_question_reads_a_choice(poll):
    entry = entries_of(poll)[0]
    for n in range(9):
        make_vote(poll, entry, network="198.51.100.1", at=NOW + n * timedelta(seconds=10))
    inquiry = load_inquiry(poll, NOW, ZONE)
    assert inquiry.winners is None
    assert [finding.question.kind for finding in inquiry.findings] == ["network"]
    assert all(not line.chosen for finding in inquiry.findings for line in finding.lines)
    assert all(finding.without is None for finding in inquiry.findings)


def test_voiding_and_what_the_outcome_would_be_without(poll, actor, ideas):
    first, second, _third = entries_of(poll)
    crowd = [make_vote(poll, first, network="198.51.100.1", at=NOW) for _ in range(9)]
    for _ in range(5):
        make_vote(poll, second)
    after = poll.closes_at
    [finding] = load_inquiry(poll, after, ZONE).findings
    assert finding.changes
    assert [entrant.title for entrant in finding.without] == ["PECI HAJI"]
    with pytest.raises(Refused):
        voiding.void_votes(actor, poll.public_id, [vote.public_id for vote in crowd], reason="x", at=after)
    made = voiding.void_votes(actor, poll.public_id, [vote.public_id for vote in crowd], reason=WHY, at=after)
    assert count_votes(poll.id) == {second.id: 5}
    voiding.lift_void(actor, poll.public_id, made.public_id, reason=WHY, at=after)
    assert count_votes(poll.id) == {first.id: 9, second.id: 5}
    with pytest.raises(Refused):
        voiding.lift_void(actor, poll.public_id, made.public_id, reason=WHY, at=after)


def test_a_voided_vote_stays_out_when_its_voter_changes_it(poll, actor):
    token = ask(poll)
    vote = casting.confirm_vote(poll, token, None, at=NOW)
    voiding.void_votes(actor, poll.public_id, [vote.public_id], reason=WHY, at=NOW)
    casting.confirm_vote(poll, token, [entries_of(poll)[1].public_id], at=NOW)
    assert count_votes(poll.id) == {}


# -- counting ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def ranked(event, organizer, ideas):
    """A round that ranks the entries in their order, the first with a prize."""
    round_ = make_round(event)
    add(Prize(event_id=event.id, name="Juara I", rank=1))
    for idea, mark in zip(ideas, (5, 4, 3), strict=True):
        make_ballot(make_assignment(round_, idea, make_user()), [mark] * 5)
    return round_


def vote_for(poll, *numbers):
    for entry, count in zip(entries_of(poll), numbers, strict=True):
        for _ in range(count):
            make_vote(poll, entry)


def test_winners_of_the_ranking_are_left_out(event, organizer, actor, poll, ideas, ranked):
    vote_for(poll, 9, 3, 1)
    after = poll.closes_at
    with pytest.raises(Refused):  # nobody knows yet who they are
        counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=after)
    board = climb(event, organizer, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=after)
    assert load_count(poll).won == [ideas[1].id]
    [special] = load_laurels(board.snapshot_id).specials
    assert (special.award.name, special.row.idea_id, special.award.votes) == ("Juara Favorit", ideas[1].id, 3)
    assert not is_public(poll, after)
    with pytest.raises(Refused):  # it would tell who the winners are not
        counting.set_published(actor, poll.public_id, published=True, at=after)
    climb(event, organizer, S.FROZEN, S.SIGNED, S.ANNOUNCED)
    assert is_public(poll, after)


def test_who_holds_special_prizes_is_not_told_before_the_announcement(
    event, organizer, actor, poll, ideas, ranked
):
    poll.excludes_winners, poll.excludes_specials = False, True
    vote_for(poll, 2, 3, 1)
    board = climb(event, organizer, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    make_special(board, ideas[1], organizer)
    after = poll.closes_at
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=after)
    assert load_count(poll).won == [ideas[0].id]
    with pytest.raises(Refused):
        counting.set_published(actor, poll.public_id, published=True, at=after)
    poll.published_at = after  # as an earlier version let it be
    assert not is_public(poll, after)
    climb(event, organizer, S.FROZEN, S.SIGNED, S.ANNOUNCED)
    assert is_public(poll, after)


def test_a_favourite_that_comes_to_hold_a_prize_is_shown_no_more(
    event, organizer, actor, poll, ideas, ranked
):
    vote_for(poll, 0, 3, 1)
    climb(event, organizer, S.COLLECTING, S.PROVISIONAL, S.FROZEN)
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=poll.closes_at)
    for _ in range(3):
        make_ballot(make_assignment(ranked, ideas[1], make_user()), [5] * 5)
        make_ballot(make_assignment(ranked, ideas[0], make_user()), [1] * 5)
    board = climb(event, organizer, S.FROZEN, S.PROVISIONAL, S.FROZEN)
    assert load_laurels(board.snapshot_id).specials == []
    counting.uncount_poll(actor, poll.public_id, reason=WHY, at=poll.closes_at)
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=poll.closes_at)
    [special] = load_laurels(board.snapshot_id).specials
    assert special.row.idea_id == ideas[2].id


def test_earlier_rounds_show_no_favourite(event, organizer, actor, poll, ideas, ranked):
    make_round(event, PhaseKind.FINAL)
    poll.excludes_winners = False
    vote_for(poll, 1, 0, 0)
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=poll.closes_at)
    board = climb(event, organizer)
    assert load_laurels(board.snapshot_id).specials == []


def test_a_tie_asks_for_a_choice_with_a_reason(actor, poll, ideas):
    vote_for(poll, 2, 2, 1)
    keys = {entry.idea_id: entry.public_id for entry in entries_of(poll)}
    after = poll.closes_at
    for wrong in (((), WHY), ([keys[ideas[2].id]], WHY), ([keys[ideas[1].id]], "")):
        with pytest.raises(Refused):
            counting.count_poll(actor, poll.public_id, chosen=wrong[0], reason=wrong[1], at=after)
    counting.count_poll(actor, poll.public_id, chosen=[keys[ideas[1].id]], reason=WHY, at=after)
    assert (load_count(poll).won, poll.tie_reason) == ([ideas[1].id], WHY)
    with pytest.raises(Refused):
        voiding.void_votes(actor, poll.public_id, ["x"], reason=WHY, at=after)


def test_without_a_ranking_the_organizer_publishes(actor, poll):
    vote_for(poll, 2, 1, 0)
    after = poll.closes_at
    with pytest.raises(Refused):
        counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=NOW)  # it still runs
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=after)
    assert not is_public(poll, after)
    counting.set_published(actor, poll.public_id, published=True, at=after)
    assert is_public(poll, after)
    counting.uncount_poll(actor, poll.public_id, reason=WHY, at=after)
    assert (is_public(poll, after), poll.state) == (False, PollState.OPEN)


# -- forgetting -------------------------------------------------------------------------------------------------------


def test_a_request_nobody_confirmed_is_forgotten_after_a_week(poll):
    token = ask(poll)
    kept = ask(poll, "lain@pontianak.go.id")
    casting.confirm_vote(poll, kept, None, at=NOW)
    forget_voters(at=NOW + 7 * DAY)
    assert db.session.query(VoteRequest).count() == 2
    forget_voters(at=NOW + 7 * DAY + timedelta(minutes=1))
    assert db.session.query(VoteRequest).count() == 1
    assert token


def test_voters_are_forgotten_and_the_numbers_stay(actor, poll):
    token = ask(poll)
    casting.confirm_vote(poll, token, None, at=NOW)
    after = poll.closes_at
    forget_voters(at=after)
    assert db.session.query(Vote).one().domain == "pontianak.go.id"  # not counted, not public
    counting.count_poll(actor, poll.public_id, chosen=(), reason="", at=after)
    counting.set_published(actor, poll.public_id, published=True, at=after)
    forget_voters(at=after)
    db.session.flush()
    db.session.expire_all()
    vote = db.session.query(Vote).one()
    assert (vote.voter, vote.network, vote.domain, vote.stem) == (vote.public_id, "", "", "")
    assert db.session.query(VoteRequest).count() == 0
    [mail] = db.session.query(OutboxMail).all()
    assert (mail.address, mail.context, mail.state) == ("–", {}, MailState.FAILED)
    assert poll.salt == ""
    assert sum(count_votes(poll.id).values()) == 1
