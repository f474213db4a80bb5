"""Teams and their entries: registered, written, handed in and screened through the features' own services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from innovate.demo.domain.papers import make_pdf
from innovate.demo.domain.slides import make_deck
from innovate.demo.services.stage import Stage
from innovate.ideas.domain.lifecycle import Decision
from innovate.ideas.domain.merging import Posted
from innovate.ideas.domain.screening import seen_token
from innovate.ideas.models import Idea
from innovate.ideas.queries.completeness import list_fields
from innovate.ideas.queries.screening import list_checklist, list_screenings
from innovate.ideas.services import drafts, files, screening, submission
from innovate.teams.models import Team
from innovate.teams.services import joining, leading

_MAX_BYTES = 1_000_000
_DECK = "paparan"  # this file field asks for slides
_SLIDES = ("ringkasan", "masalah", "solusi", "rancangan_teknis", "rencana_lanjut")


@dataclass
class Entry:
    """A written entry and, once it was played, its team and idea."""

    key: str
    title: str
    team_name: str
    members: Sequence[str]  # keys of people; the first is the captain
    answers: Mapping[str, str | Sequence[str]]
    unit: str = ""
    group: str = ""
    track: str = ""
    strength: float = 0.0
    papers: Mapping[str, str] = field(default_factory=dict)  # file field -> what the paper is called
    comments: Sequence[str] = ()  # what jurors write to the team
    internal_comments: Sequence[str] = ()
    description: str = ""
    in_gallery: bool = True
    said: int = 0  # how many of the comments were given
    team: Team | None = None
    idea: Idea | None = None

    @property
    def idea_id(self) -> int:
        """The key of the idea, once begun."""
        return self.begun.id

    @property
    def begun(self) -> Idea:
        """The idea, once begun."""
        if self.idea is None:
            raise LookupError(self.key)
        return self.idea

    @property
    def registered(self) -> Team:
        """The team, once registered."""
        if self.team is None:
            raise LookupError(self.key)
        return self.team


def register(stage: Stage, entry: Entry, at: datetime) -> Team:
    """The captain registers the team; the others join with its link within two days (`people_join`)."""
    unit = stage.world.units.get(entry.unit)
    group = next((row.id for row in stage.event.groups if row.code == entry.group), None)
    values = {
        "name": entry.team_name,
        "description": entry.description,
        "group_id": group,
        "unit_id": unit.id if unit else None,
        "organization": "" if unit else entry.unit,
    }
    entry.team = leading.register_team(stage.actor(entry.members[0]), values=values, at=at)
    for number, key in enumerate(entry.members[1:], 1):
        stage.world.history.plan(at + timedelta(hours=5 * number), _joining(stage, entry.team, key))
    return entry.team


def _joining(stage: Stage, team: Team, key: str):  # type: ignore[no-untyped-def]
    return lambda at: joining.join_by_link(stage.actor(key), team.invite_nonce, at=at)


def write(stage: Stage, entry: Entry, at: datetime) -> None:
    """Begin the idea, and save its text three quarters of an hour later."""
    entry.idea = drafts.create_idea(stage.actor(entry.members[0]), entry.registered, at=at)
    stage.world.history.plan(at + timedelta(minutes=42), lambda at: _save(stage, entry, at))


def _save(stage: Stage, entry: Entry, at: datetime) -> None:
    parts: dict[str, Sequence[str]] = {"title": [entry.title], "group": [entry.group], "track": [entry.track]}
    for key, value in entry.answers.items():
        parts[f"f-{key}"] = [value] if isinstance(value, str) else list(value)
    posted = Posted(parts=parts, base=entry.begun.version)
    drafts.save_draft(stage.actor(entry.members[0]), entry.begun, posted, at=at, explicit=True)


def attach(stage: Stage, entry: Entry, at: datetime) -> None:
    """Attach the entry's papers as real documents."""
    for key, name in entry.papers.items():
        _attach(stage, entry, key, name, at)


def _attach(stage: Stage, entry: Entry, key: str, name: str, at: datetime) -> None:
    files.attach_file(
        stage.actor(entry.members[-1]),
        entry.begun,
        key,
        filename=f"{name} {entry.title}.pdf",
        content=_deck(stage, entry) if key == _DECK else _paper(stage, entry, name),
        max_bytes=_MAX_BYTES,
        at=at,
    )


def _deck(stage: Stage, entry: Entry) -> bytes:
    labels = {field.key: field.label for field in list_fields(stage.event.id)}
    parts = [
        (labels[key], str(entry.answers[key])) for key in _SLIDES if key in labels and key in entry.answers
    ]
    return make_deck(entry.title, f"{entry.team_name}. {stage.event.name}. Contoh rekaan.", parts)


def _paper(stage: Stage, entry: Entry, name: str) -> bytes:
    unit = stage.world.units.get(entry.unit)
    owner = unit.name if unit else entry.team_name
    summary = entry.answers.get("ringkasan", "")
    paragraphs = [
        f"Unit: {owner}",
        f"Tim: {entry.team_name}",
        f"Kegiatan: {stage.event.name}",
        *(str(summary).replace("*", "").split("\n\n")),
        "Anggota tim: " + ", ".join(stage.world.people[key].full_name for key in entry.members) + ".",
        "Dokumen contoh dari data peraga Innovate. Nama, angka, dan peristiwa di dalamnya rekaan.",
    ]
    return make_pdf(f"{name}: {entry.title}", paragraphs)


def replace_paper(stage: Stage, entry: Entry, key: str, *, at: datetime) -> None:
    """Take a paper out and attach it anew, signed this time."""
    actor = stage.actor(entry.members[-1])
    old = next(file for file in entry.begun.files if file.field_key == key)
    files.remove_file(actor, entry.begun, old.public_id, at=at)
    name = f"{entry.papers[key]} (ditandatangani)"
    _attach(stage, entry, key, name, at + timedelta(minutes=2))


def submit(stage: Stage, entry: Entry, at: datetime) -> Idea:
    """The captain hands in."""
    idea = entry.begun
    return submission.submit_idea(
        stage.actor(entry.members[0]), idea, version=idea.version, in_gallery=entry.in_gallery, at=at
    )


def screen(
    stage: Stage,
    entry: Entry,
    at: datetime,
    *,
    by: str,
    decision: Decision = Decision.PASS,
    reason: str = "",
    missing: int | None = None,
    until: datetime | None = None,
) -> None:
    """A screener decides with the checklist; `missing` is the position of the point that does not hold."""
    idea = entry.begun
    history = list_screenings(idea.id)
    checks = {str(item.id): item.position != missing for item in list_checklist(stage.event.id)}
    verdict = screening.Verdict(
        decision=decision,
        seen=seen_token(idea.submitted_revision_id, idea.state, history),
        reason=reason,
        checks=checks,
        return_until=until,
    )
    screening.decide(stage.actor(by), idea, verdict, at=at)
