"""Which entries everybody may read: those that stand in a gallery now."""

from innovate.events.domain.kinds import Role
from innovate.ideas import policy
from innovate.ideas.domain.lifecycle import IdeaState
from innovate.results.queries.gallery import list_shown_ideas
from tests.factories import build
from tests.factories.boards import climb


def test_only_what_stands_in_a_gallery_is_shown(app) -> None:
    event = build.make_event(shift_days=-17)
    round_ = build.make_round(event)
    shown, hidden = (
        build.make_idea(build.make_team(event), state=IdeaState.ELIGIBLE, in_gallery=consent)
        for consent in (True, False)
    )
    for idea in (shown, hidden):
        build.make_ballot(build.make_assignment(round_, idea, build.make_user()), [4, 4, 4, 4, 4])
    later = build.make_idea(build.make_team(event), state=IdeaState.SUBMITTED, in_gallery=True)
    keys = {shown.id, hidden.id, later.id}
    assert list_shown_ideas(keys) == set()
    organizer = build.make_user()
    build.give_role(event, organizer, Role.ORGANIZER)
    climb(event, organizer)
    assert list_shown_ideas(keys) == {shown.id}
    assert policy.list_shown(keys) == {shown.id}
    event.gallery_enabled = False
    build.db.session.flush()
    assert list_shown_ideas(keys) == set()
    assert list_shown_ideas(set()) == set()
