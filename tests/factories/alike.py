"""Ideas that share passages."""

from __future__ import annotations

from typing import Any

from bench.proposals import make_proposals
from innovate.events.models import Event
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.ideas.domain.similarity.hashes import pack
from innovate.ideas.models import (
    Fingerprint,
    FingerprintSet,
    Idea,
    IdeaRevision,
    SharedText,
    SimilarNote,
    SimilarPair,
)
from innovate.ideas.services.similar.comparing import compare_waiting
from tests.factories import build

TEXTS = make_proposals(12, copies=0, words=240, laws=False, seed=5).texts
PASSAGE = " ".join(TEXTS[11].split()[:60])


def write(number: int, *, copied: bool) -> str:
    """A text of 240 words of its own; `copied`: it also holds the passage all of these share."""
    return f"{TEXTS[number]}\n\n{PASSAGE}" if copied else TEXTS[number]


def make_alike(event: Event, number: int, *, copied: bool = True, **values: Any) -> Idea:
    """An idea handed in by a team of its own, holding the passage."""
    team = values.pop("team", None) or build.make_team(event)
    answers = {"ringkasan": write(number, copied=copied)}
    state = values.pop("state", IdeaState.SUBMITTED)
    return build.make_idea(team, state=state, answers=answers, **values)


def rewrite(idea: Idea, text: str) -> IdeaRevision:
    """Another text handed in for the idea."""
    last = build.db.session.get_one(IdeaRevision, idea.submitted_revision_id)
    values = {
        "title": last.title,
        "answers": {"ringkasan": text},
        "author_id": last.author_id,
        "at": build.NOW,
    }
    new = build.add(IdeaRevision(idea_id=idea.id, number=last.number + 1, is_submission=True, **values))
    idea.submitted_revision_id = new.id
    build.db.session.flush()
    return new


def make_pair(event: Event, other: Event | None = None, **values: Any) -> SimilarPair:
    """Two alike ideas, compared."""
    first = make_alike(event, 0, title="PARIT SATU", **values)
    second = make_alike(other or event, 1, title="PARIT DUA")
    compare_waiting(at=build.NOW)
    query = build.db.session.query(SimilarPair).filter_by(first_id=first.id, second_id=second.id)
    return query.one()


def add_pair(first: Idea, second: Idea) -> SimilarPair:
    """A pair as the runner would write it, whatever the texts say."""
    row = {
        "first_id": first.id,
        "second_id": second.id,
        "shared": 12,
        "containment": 0.25,
        "found_at": build.NOW,
    }
    revisions = {
        "first_revision_id": first.submitted_revision_id,
        "second_revision_id": second.submitted_revision_id,
    }
    return build.add(SimilarPair(**row, **revisions))


def add_alike(idea: Idea, other: Idea, by_id: int) -> None:
    """One more of what is kept about ideas that are alike: a fingerprint, a pair with its note, a text of many."""
    for number, each in enumerate((idea, other)):
        mark = {"idea_id": each.id, "revision_id": each.submitted_revision_id, "compared_at": build.NOW}
        if build.db.session.get(FingerprintSet, each.id) is None:
            build.add(FingerprintSet(**mark, hashes=pack({4, 8 + 4 * number})))
            build.add(Fingerprint(hash=4, idea_id=each.id))
    pair = add_pair(idea, other)
    revisions = {
        "first_revision_id": pair.first_revision_id,
        "second_revision_id": pair.second_revision_id,
    }
    build.add(
        SimilarNote(pair_id=pair.id, **revisions, reason="Lanjutan unit yang sama", by_id=by_id, at=build.NOW)
    )
    text = {"text": f"Menimbang bahwa butir {pair.id}", "hashes": pack({4 * pair.id}), "ideas": 30 + pair.id}
    build.add(SharedText(event_id=idea.event_id, **text, at=build.NOW))
