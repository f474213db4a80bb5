"""Ideas on their way: a competition with a full form, a team, and what its members typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from innovate.accounts.models import User
from innovate.events.domain.kinds import FieldKind
from innovate.events.models import Event
from innovate.events.policy import Actor
from innovate.events.queries import get_actor
from innovate.ideas.domain.merging import Posted
from innovate.ideas.models import Idea
from innovate.ideas.services import drafts, submission
from innovate.teams.models import Team
from tests.factories import build
from tests.factories.build import NOW

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
COMPLETE = {
    "title": ["PARIT KITA"],
    "group": ["A"],
    "track": ["layanan"],
    "f-ringkasan": ["Warga mengukur air parit setiap pagi."],
}


@dataclass
class Scene:
    """An event whose form asks for a summary and offers one field of every other kind; a team of two."""

    event: Event
    captain: User
    member: User
    team: Team
    extra: dict[str, Any] = field(default_factory=dict)

    def actor(self, user: User | None = None) -> Actor:
        return get_actor(self.event.slug, user or self.captain)


def make_scene(**event_values: Any) -> Scene:
    event = build.make_event(**event_values)
    build.make_field(event, "ringkasan", label="Ringkasan", word_limit=20)
    others = (
        ("slogan", FieldKind.SHORT, {}),
        ("asal", FieldKind.CHOICE, {"choices": ["Gagasan tim", "Arahan pimpinan"]}),
        ("bentuk", FieldKind.SEVERAL, {"choices": ["Aplikasi", "Papan data"]}),
        ("biaya", FieldKind.NUMBER, {}),
        ("mulai", FieldKind.DATE, {}),
        ("tautan", FieldKind.LINK, {}),
        ("video", FieldKind.VIDEO, {}),
        ("bukti", FieldKind.FILE, {"max_files": 2, "accept": ["pdf", "png"]}),
    )
    for position, (key, kind, options) in enumerate(others, 1):
        build.make_field(
            event,
            key,
            kind=kind,
            label=key.title(),
            required=False,
            word_limit=None,
            options=options,
            position=position,
        )
    captain, member = build.make_user(name="Rina Maharani"), build.make_user(name="Dedi Kurnia")
    return Scene(event, captain, member, build.make_team(event, captain, member))


def draft(scene: Scene, **parts: Any) -> Idea:
    """A draft with all that is asked for; other parts by keyword (`f_biaya="1.000"`)."""
    idea = drafts.create_idea(scene.actor(), scene.team, at=NOW)
    raw = {**COMPLETE, **{name.replace("_", "-"): [value] for name, value in parts.items()}}
    return drafts.save_draft(scene.actor(), idea, Posted(raw, idea.version), at=NOW, explicit=True).idea


def submitted(scene: Scene, **parts: Any) -> Idea:
    """An idea handed in through the service."""
    idea = draft(scene, **parts)
    return submission.submit_idea(scene.actor(), idea, version=idea.version, in_gallery=True, at=NOW)
