"""The unit's side: return, endorse with the letter, undo, hand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from innovate.core.errors import NotFound, Refused, Stale, require
from innovate.endorsement.domain.chain import Act, Stage, follow
from innovate.endorsement.models import Chain
from innovate.endorsement.queries.chains import read_again, speaks_of
from innovate.endorsement.queries.hats import Hat, find_hat
from innovate.endorsement.services.letters import NewLetter, keep_letter
from innovate.endorsement.services.quota import require_room
from innovate.endorsement.services.trail import note, tell_team
from innovate.events.domain.kinds import EventState
from innovate.events.policy import Actor
from innovate.ideas.domain.deadline import can_submit
from innovate.ideas.models import Idea
from innovate.ideas.queries.extensions import get_window
from innovate.ideas.queries.ideas import lock_idea
from innovate.ideas.services.reasons import insist
from innovate.ideas.services.submission import hand_in

_CHANGED = _l(
    "Isi usulan berubah sejak diajukan kepada unit. Tim perlu mengajukannya lagi kepada koordinator."
)
_WRONG_STAGE = _l("Keadaan usulan ini tidak memungkinkan tindakan itu.")
_NO_REASON = _l("Tuliskan alasannya; tim akan membacanya.")


@dataclass(frozen=True)
class _Case:
    """A proposal somebody decides about, held until the commit."""

    actor: Actor
    idea: Idea
    chain: Chain
    hat: Hat


def seen_mark(chain: Chain) -> str:
    """What a page shows of a chain, for the one who decides on it."""
    return f"{chain.step}.{chain.version}"


def return_to_team(actor: Actor, idea: Idea, *, seen: str, reason: str, at: datetime) -> Chain:
    """The unit wants it mended, and says why."""
    case = _open(actor, idea, seen)
    require(bool(reason.strip()), Refused(_NO_REASON, field="reason"))
    _settle(case.chain, _follow(case, Act.RETURN), at)
    note(Act.RETURN, actor, case.chain, at, text=reason.strip(), stands_in=case.hat.stands_in)
    tell_team("endorsement_returned", actor, case.idea, at, reason=reason.strip())
    return case.chain


def endorse(actor: Actor, idea: Idea, *, seen: str, letter: NewLetter | None, at: datetime) -> Chain:
    """Endorse exactly what the team has shown, with the letter of the head of unit; None: with the one there is.

    Takes a place of the unit's quota, which is held while it is counted.
    """
    case = _open(actor, idea, seen)
    idea, chain = case.idea, case.chain
    insist(can_submit(idea.state, get_window(actor.event, idea.team_id, idea), at))
    stage = _follow(case, Act.ENDORSE)
    missing = Refused(_l("Unggah surat kepala unit yang sudah ditandatangani."), field="file")
    require(letter is not None or chain.letter_id is not None, missing)
    require_room(actor.event, unit_id=chain.unit_id, group_id=idea.group_id, idea_id=idea.id)
    if letter is not None:
        chain.letter_id = keep_letter(actor, idea, letter, at=at).id
    _settle(chain, stage, at)
    note(Act.ENDORSE, actor, chain, at, stands_in=case.hat.stands_in)
    tell_team("endorsement_endorsed", actor, idea, at)
    return chain


def undo(actor: Actor, idea: Idea, *, seen: str, reason: str, at: datetime) -> Chain:
    """Take an endorsement or a return back, with a reason: the proposal waits for the unit again."""
    case = _open(actor, idea, seen)
    require(bool(reason.strip()), Refused(_NO_REASON, field="reason"))
    _settle(case.chain, _follow(case, Act.UNDO), at)
    note(Act.UNDO, actor, case.chain, at, text=reason.strip(), stands_in=case.hat.stands_in)
    tell_team("endorsement_undone", actor, case.idea, at, reason=reason.strip())
    return case.chain


def hand_in_for_team(actor: Actor, idea: Idea, *, seen: str, at: datetime) -> Idea:
    """Hand in what was endorsed: from here on it is with the secretariat, under its receipt number."""
    case = _open(actor, idea, seen)
    idea, chain = case.idea, case.chain
    stage = _follow(case, Act.SUBMIT)
    idea = hand_in(actor, idea, version=chain.version, in_gallery=chain.in_gallery, at=at)
    _settle(chain, stage, at)
    chain.revision_id = idea.submitted_revision_id or chain.revision_id
    note(Act.SUBMIT, actor, chain, at, stands_in=case.hat.stands_in)
    return idea


def _open(actor: Actor, idea: Idea, seen: str) -> _Case:
    """The proposal as it is now, if the person acts for its unit and saw its present stage."""
    idea = lock_idea(idea.id)
    chain, hat = read_again(idea.id), find_hat(actor, idea)
    if chain is None or not hat.reads:
        raise NotFound
    own = Refused(_l("Anda anggota tim ini, jadi usulannya harus disahkan orang lain."))
    require(hat.acts, own)
    archived = Refused(_l("Kompetisi ini sudah diarsipkan, jadi tidak ada lagi yang dapat diubah."))
    require(actor.event.state is EventState.PUBLISHED, archived)
    stale = Stale(
        _l("Keadaan usulan ini berubah sejak Anda membukanya. Baca yang terbaru, lalu putuskan lagi.")
    )
    require(seen == seen_mark(chain), stale)
    return _Case(actor, idea, chain, hat)


def _follow(case: _Case, act: Act) -> Stage:
    current = speaks_of(case.chain, case.idea)
    stage = follow(case.chain.stage, act, current=current)
    if stage is None:
        raise Refused(_WRONG_STAGE if current else _CHANGED)
    return stage


def _settle(chain: Chain, stage: Stage, at: datetime) -> None:
    chain.stage, chain.changed_at, chain.step = stage, at, chain.step + 1
