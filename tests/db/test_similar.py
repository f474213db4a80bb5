"""Fingerprints are kept with the submission, compared by the runner, and looked up in one go."""

from datetime import timedelta

import pytest

from innovate.audit.models import AuditEntry
from innovate.core.errors import NotFound, Refused, Stale
from innovate.events.domain.kinds import EventState, Role
from innovate.events.queries import get_actor
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.merging import Posted
from innovate.ideas.domain.similarity.hashes import fingerprint, unpack
from innovate.ideas.models import Fingerprint, FingerprintSet, Idea, SharedText, SimilarPair
from innovate.ideas.queries.similar.drafts import check_draft
from innovate.ideas.queries.similar.lookup import find_alike, find_common
from innovate.ideas.queries.similar.pairs import (
    count_open_pairs,
    get_pair,
    list_pairs,
    list_pairs_of,
    list_shared_texts,
    read_passages,
)
from innovate.ideas.services import drafts, submission
from innovate.ideas.services.similar.comparing import compare_waiting
from innovate.ideas.services.similar.notes import note_pair
from tests.factories import build
from tests.factories.alike import PASSAGE, TEXTS, make_alike, make_pair, rewrite, write
from tests.factories.build import NOW
from tests.factories.proposals import draft, make_scene
from tests.support.queries import counted_queries

LATER = NOW + timedelta(hours=1)
HELP = (
    "Uraikan siapa yang mengalami masalah ini setiap hari dan berapa lama mereka menunggu pelayanan selesai"
)


@pytest.fixture
def event(app):
    event = build.make_event()
    build.make_field(event, "ringkasan", word_limit=None)
    return event


def person(event, role=Role.SECRETARIAT):
    user = build.make_user()
    build.give_role(event, user, role)
    build.db.session.flush()
    return get_actor(event.slug, user)


def pairs():
    return build.db.session.query(SimilarPair).order_by(SimilarPair.id).all()


def test_handing_in_keeps_the_fingerprint_without_the_forms_words(db_session) -> None:
    scene = make_scene()
    build.make_field(scene.event, "masalah", word_limit=None, help=HELP)
    idea = draft(scene, f_masalah=f"{HELP} {TEXTS[0]}")
    submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=NOW)
    kept = db_session.get(FingerprintSet, idea.id)
    hashes = {row.hash for row in db_session.query(Fingerprint).filter_by(idea_id=idea.id)}
    assert unpack(kept.hashes) == hashes
    assert fingerprint(TEXTS[0]) <= hashes
    assert hashes.isdisjoint(fingerprint(HELP))
    assert kept.compared_at is None


def test_handing_in_again_replaces_the_fingerprint(db_session) -> None:
    scene = make_scene()
    build.make_field(scene.event, "masalah", word_limit=None)
    idea = draft(scene, f_masalah=TEXTS[0])
    submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=NOW)
    compare_waiting(at=NOW)
    posted = Posted({"f-masalah": [TEXTS[1]]}, idea.version)
    idea = drafts.save_draft(scene.actor(), idea, posted, at=LATER, explicit=True).idea
    submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=LATER)
    db_session.expire_all()
    hashes = {row.hash for row in db_session.query(Fingerprint).filter_by(idea_id=idea.id)}
    assert fingerprint(TEXTS[1]) <= hashes
    assert hashes.isdisjoint(fingerprint(TEXTS[0]))
    assert db_session.get(FingerprintSet, idea.id).compared_at is None


def test_the_runner_finds_pairs_of_this_and_other_editions_once(event, db_session) -> None:
    old = build.make_event()
    build.make_field(old, "ringkasan", word_limit=None)
    first, second = make_alike(old, 0), make_alike(event, 1)
    make_alike(event, 2, copied=False)
    build.make_idea(build.make_team(event), answers={"ringkasan": write(3, copied=True)})  # a draft
    assert compare_waiting(at=NOW) == 3
    (pair,) = pairs()
    assert (pair.first_id, pair.second_id) == (first.id, second.id)
    assert pair.shared >= 8
    assert 0.1 < pair.containment < 0.4
    assert compare_waiting(at=LATER) == 0
    assert len(pairs()) == 1


def test_the_same_team_is_never_like_itself(event) -> None:
    team = build.make_team(event)
    make_alike(event, 0, team=team, state=IdeaState.WITHDRAWN)
    make_alike(event, 1, team=team)
    compare_waiting(at=NOW)
    assert pairs() == []


def test_a_pair_that_is_none_any_more_ends_and_may_come_back(event, db_session) -> None:
    pair = make_pair(event)
    idea, kept = db_session.get(Idea, pair.second_id), pair.second_revision_id
    for text, ended in ((write(1, copied=False), True), (write(1, copied=True), False)):
        rewrite(idea, text)
        assert compare_waiting(at=LATER) == 1
        db_session.expire_all()
        (same,) = pairs()
        assert bool(same.ended_at) is ended
        assert same.id == pair.id
    assert same.second_revision_id != kept


def test_text_of_many_makes_no_pairs_but_is_kept_once(event, db_session) -> None:
    for number in range(25):
        idea = make_alike(event, 0, copied=False)
        rewrite(idea, f"{number} {TEXTS[number % 10]} akhir {number} {PASSAGE}")
    db_session.flush()
    compare_waiting(at=NOW)
    marks = fingerprint(PASSAGE)
    assert find_common(marks, 20) == marks
    assert find_common(marks, 25) == frozenset()
    (shared,) = db_session.query(SharedText).all()
    assert shared.ideas == 25
    assert shared.text in PASSAGE or PASSAGE.split()[10] in shared.text
    assert [row.id for row in list_shared_texts(event.id)] == [shared.id]
    assert not find_alike(marks).alike


def test_looking_up_costs_the_same_for_more_rows(event) -> None:
    hashes = fingerprint(write(9, copied=True))
    make_alike(event, 0)
    compare_waiting(at=NOW)
    with counted_queries() as few:
        assert len(find_alike(hashes).alike) == 1
    for number in range(1, 7):
        make_alike(event, number)
    compare_waiting(at=NOW)
    with counted_queries() as many:
        assert len(find_alike(hashes).alike) == 7
    assert len(many) == len(few)


def test_a_screener_reads_both_passages(event) -> None:
    pair = make_pair(event)
    actor = person(event)
    (view,) = list_pairs(actor).items
    assert view.is_open
    assert (view.here.revision.title, view.other.revision.title) == ("PARIT SATU", "PARIT DUA")
    assert [row.pair.id for row in list_pairs_of(actor, view.other.idea)] == [pair.id]
    passages = read_passages(get_pair(actor, pair.public_id))
    mine, theirs, words = passages[0]
    assert mine.found == theirs.found == PASSAGE
    assert words == 60
    assert mine.before.startswith("…")


def test_another_competition_that_still_runs_stays_closed(event) -> None:
    other = build.make_event()
    build.make_field(other, "ringkasan", word_limit=None)
    pair = make_pair(event, other)
    actor = person(event)
    (view,) = list_pairs(actor).items
    assert view.here.is_open
    assert not view.other.is_open
    with pytest.raises(NotFound):
        get_pair(actor, pair.public_id)
    other.state = EventState.ARCHIVED
    build.db.session.flush()
    assert get_pair(actor, pair.public_id).other.revision.title == "PARIT DUA"
    other.state = EventState.PUBLISHED
    build.give_role(other, actor.user, Role.SECRETARIAT)
    build.db.session.flush()
    assert get_pair(actor, pair.public_id).is_open


def test_a_pair_of_others_does_not_exist_here(event) -> None:
    elsewhere = build.make_event()
    build.make_field(elsewhere, "ringkasan", word_limit=None)
    pair = make_pair(elsewhere)
    with pytest.raises(NotFound):
        get_pair(person(event), pair.public_id)
    assert list_pairs(person(event)).items == []


def test_barriers_hold_on_both_sides(event, monkeypatch) -> None:
    pair = make_pair(event)
    monkeypatch.setattr(policy, "barriers", [lambda _actor, idea: idea.id == pair.second_id])
    actor = person(event)
    (view,) = list_pairs(actor).items
    assert not view.is_open
    with pytest.raises(NotFound):
        get_pair(actor, pair.public_id)


def test_a_note_is_recorded_and_holds_for_these_revisions(event, db_session) -> None:
    pair = make_pair(event)
    actor = person(event)
    assert count_open_pairs(event.id) == 1
    seen = get_pair(actor, pair.public_id).seen
    note_pair(actor, pair.public_id, seen=seen, reason=" Unit yang sama, lanjutan. ", at=LATER)
    db_session.expire_all()
    assert count_open_pairs(event.id) == 0
    (view,) = list_pairs(actor, shown="sudah").items
    assert (view.note.reason, view.note.by_id, view.note.at) == (
        "Unit yang sama, lanjutan.",
        actor.user_id,
        LATER,
    )
    assert list_pairs(actor, shown="belum").items == []
    entry = db_session.query(AuditEntry).filter_by(action="idea.similar").one()
    assert (entry.actor_id, entry.object_id) == (actor.user_id, str(pair.first_id))
    idea = db_session.get(Idea, pair.second_id)
    view.pair.second_revision_id = view.pair.first_revision_id
    db_session.flush()
    assert idea.state is IdeaState.SUBMITTED
    db_session.expire_all()
    assert count_open_pairs(event.id) == 1


@pytest.mark.parametrize(("reason", "seen", "error"), [("  ", None, Refused), ("Sudah dibaca", "1.1", Stale)])
def test_a_note_needs_words_and_what_was_read(event, reason, seen, error) -> None:
    pair = make_pair(event)
    actor = person(event)
    seen = seen or get_pair(actor, pair.public_id).seen
    with pytest.raises(error):
        note_pair(actor, pair.public_id, seen=seen, reason=reason, at=LATER)


def test_who_only_reads_or_belongs_to_a_team_notes_nothing(event, db_session) -> None:
    pair = make_pair(event)
    auditor = person(event, Role.AUDITOR)
    seen = get_pair(auditor, pair.public_id).seen
    with pytest.raises(NotFound):
        note_pair(auditor, pair.public_id, seen=seen, reason="Sudah", at=LATER)
    own = person(event)
    build.make_membership(db_session.get(Idea, pair.second_id).team, own.user)
    db_session.flush()
    db_session.expire_all()
    with pytest.raises(Refused, match="anggota"):
        note_pair(own, pair.public_id, seen=seen, reason="Sudah", at=LATER)


def test_a_team_is_told_of_others_but_reads_only_what_is_public_or_its_own(event, monkeypatch) -> None:
    old = build.make_event()
    build.make_field(old, "ringkasan", word_limit=None)
    shown, hidden = make_alike(old, 0, title="DI GALERI"), make_alike(event, 1, title="PESAING")
    captain = build.make_user()
    own = make_alike(old, 2, title="DULU", team=build.make_team(old, captain))
    compare_waiting(at=NOW)
    idea = build.make_idea(build.make_team(event, captain), answers={"ringkasan": write(3, copied=True)})
    actor = get_actor(event.slug, captain)
    monkeypatch.setattr(policy, "showcases", [lambda ids: {shown.id} & set(ids)])
    found = check_draft(actor, idea)
    assert {(row.title, row.is_own) for row in found.named} == {("DI GALERI", False), ("DULU", True)}
    assert found.others == 1
    assert all(theirs.found == PASSAGE for row in found.named for _mine, theirs in row.passages[:1])
    assert {hidden.id, own.id} < {row.idea_id for row in find_alike(fingerprint(PASSAGE)).alike}
    idea.answers = {"ringkasan": write(3, copied=False)}
    assert check_draft(actor, idea).named == []
