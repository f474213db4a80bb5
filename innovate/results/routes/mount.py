"""The blueprint of results, and where results join the features below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from innovate.audit.exports.names import add_names
from innovate.core.web.plumbing import Plumbing
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.services.public_page import NextStep, Section, add_next_step, add_section
from innovate.ideas import policy as idea_policy
from innovate.ideas.models import Idea
from innovate.ideas.queries.eligibility import FORMER_WINS
from innovate.ideas.services import disqualifying
from innovate.results.queries import awards, boards, feedback, withdrawals
from innovate.results.queries.affected import list_affected
from innovate.results.queries.boards import BoardView
from innovate.results.queries.favorites import find_award_holders
from innovate.results.queries.former import list_former_wins
from innovate.results.queries.gallery import list_shown_ideas
from innovate.results.queries.trail_names import TRAIL_NAMES
from innovate.results.services import packing, publishing, template_part
from innovate.results.services.corrections import correct_boards
from innovate.results.services.rules import begin_rules
from innovate.results.words.method import METHOD_NOTES, METHODS, TIES
from innovate.scoring.queries.seal import say_board_state
from innovate.scoring.services.rounds import after_round_made
from innovate.voting.queries.laurels import say_holders

blueprint = Blueprint("results", __name__)


NO_TOKEN = (
    "rank_file",
    "rank_votes",
)  # they carry no authority and change nothing, and visitors have no token


def init_app(plumbing: Plumbing) -> None:
    """Put the winners on the event's public page once they are announced; say what seals a round."""
    add_section(Section("pemenang", _l("Para pemenang"), "results/_winners.html", _load_winners, before=""))
    add_section(Section("cara-penilaian", _l("Cara penilaian"), "results/_method.html", _load_rules))
    add_next_step("feedback", _read_feedback, order=5)
    add_next_step("results", _next_step)
    say_board_state(boards.find_state)
    say_holders(find_award_holders)
    publishing.connect()
    packing.connect()
    template_part.connect()
    for view in NO_TOKEN:
        plumbing.csrf.exempt(f"innovate.results.routes.reckoning.{view}")
    add_names(TRAIL_NAMES)
    after_round_made[:] = [begin_rules]
    idea_policy.showcases[:] = [list_shown_ideas]
    disqualifying.after_change[:] = [correct_boards]
    disqualifying.foretold[:] = [_foretell]
    if list_former_wins not in FORMER_WINS:
        FORMER_WINS.append(list_former_wins)


def _foretell(actor: Actor, idea: Idea) -> list[str]:
    """Which rankings are ranked anew when an entry is disqualified or comes back."""
    return [
        _(
            "Peringkat %(name)s yang sudah diumumkan ditarik dan dihitung ulang, "
            "lalu menunggu pengesahan dan pengumuman baru.",
            name=view.name,
        )
        if view.state.is_public
        else _(
            "Peringkat %(name)s yang sudah dibekukan dihitung ulang dan menunggu pengesahan baru.",
            name=view.name,
        )
        for view in list_affected(actor.event, idea)
    ]


def _list_boards(event: Event) -> list[BoardView]:
    """The event's boards, read once for a page: its rules, its winners and its next step ask for the same."""
    read = g.setdefault("boards_of_events", {})
    if event.id not in read:
        read[event.id] = boards.list_boards(event)
    return read[event.id]


def _find_public_board(event: Event) -> BoardView | None:
    return boards.choose_board([view for view in _list_boards(event) if view.state.is_public], None)


def _load_rules(actor: Actor, _at: datetime) -> dict[str, Any] | None:
    """How every round will be ranked; told before anybody scores."""
    views = _list_boards(actor.event)
    return {"boards": views, "methods": METHODS, "notes": METHOD_NOTES, "ties": TIES} if views else None


def _was_judged(actor: Actor, at: datetime) -> bool:
    """Before the first round nothing can have been announced: most visits need no query for that."""
    return any(phase.kind.is_round and phase.starts_at <= at for phase in actor.event.phases)


def _load_winners(actor: Actor, at: datetime) -> dict[str, Any] | None:
    view = _find_public_board(actor.event) if _was_judged(actor, at) else None
    if view is None or view.board is None or view.board.snapshot_id is None:
        return None
    laurels = awards.load_laurels(view.board.snapshot_id)
    if not laurels.rows:
        return None
    places = awards.list_winning_places(actor.event.id, laurels)
    return {
        "view": view,
        "places": places,
        "specials": laurels.specials,
        "scores": view.board.shows_scores,
        "withdrawn": withdrawals.list_standing(view.board),
    }


def _next_step(actor: Actor, at: datetime) -> NextStep | None:
    """Read the results, once they are public."""
    if not _was_judged(actor, at) or _find_public_board(actor.event) is None:
        return None
    return NextStep(_("Lihat hasil"), "results.leaderboard", {"slug": actor.event.slug})


def _read_feedback(actor: Actor, at: datetime) -> NextStep | None:
    """Read what the jury says, once it is open to the teams."""
    if actor.user is None or not _was_judged(actor, at) or not feedback.list_open_boards(actor.event):
        return None
    own = feedback.find_own(actor.event.id, actor.user_id)
    if own is None:
        return None
    return NextStep(
        _("Baca masukan juri"), "results.own_feedback", {"slug": actor.event.slug, "idea_id": own}
    )
