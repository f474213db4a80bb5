"""A competition and what defines it."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from innovate.accounts.models import User
from innovate.core.db import Base, enum_type, rel, token_column
from innovate.core.files import StoredColumns
from innovate.events.domain.eligibility import RuleKind
from innovate.events.domain.kinds import EventState, FieldKind, PhaseKind, Role
from innovate.events.domain.meanings import Meaning


class Event(Base):
    """A competition. Texts written by its organizer are Markdown in the organizer's language."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    tagline: Mapped[str] = mapped_column(String(240), default="")
    description: Mapped[str] = mapped_column(default="")
    rules: Mapped[str] = mapped_column(default="")
    host: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    template: Mapped[str] = mapped_column(String(40), default="empty")
    zone: Mapped[str] = mapped_column(String(40), default="Asia/Pontianak")
    state: Mapped[EventState] = mapped_column(enum_type(EventState), default=EventState.DRAFT, index=True)
    group_label: Mapped[str] = mapped_column(String(40), default="Kelompok")
    track_label: Mapped[str] = mapped_column(String(40), default="Kategori")
    entry_label: Mapped[str] = mapped_column(String(40), default="Usulan")
    team_min: Mapped[int] = mapped_column(default=1)
    team_max: Mapped[int] = mapped_column(default=5)
    allow_non_asn: Mapped[bool] = mapped_column(default=False)
    one_team_per_person: Mapped[bool] = mapped_column(default=True)
    membership_open: Mapped[bool] = mapped_column(default=False)  # members may change after submission
    gallery_enabled: Mapped[bool] = mapped_column(default=True)
    asks_endorsement: Mapped[bool] = mapped_column(
        default=False, server_default=false()
    )  # proposals are handed in by the unit, not by the team
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]  # a draft nobody wants; its slug is then `slug~id`
    next_entry_number: Mapped[int] = mapped_column(default=1)

    phases: Mapped[list[Phase]] = rel(order_by="Phase.position", back_populates="event")
    groups: Mapped[list[Group]] = rel(order_by="Group.position")
    tracks: Mapped[list[Track]] = rel(order_by="Track.position")
    fields: Mapped[list[FormField]] = rel(order_by="FormField.position")
    checklist: Mapped[list[ChecklistItem]] = rel(order_by="ChecklistItem.position")
    prizes: Mapped[list[Prize]] = rel(order_by="Prize.position")
    questions: Mapped[list[Question]] = rel(order_by="Question.position")
    resources: Mapped[list[Resource]] = rel(order_by="Resource.position")
    eligibility: Mapped[list[EligibilityRule]] = rel(order_by="EligibilityRule.position")


class Phase(Base):
    """A span of time with a purpose: `starts_at` <= now < `ends_at`. `ends_at` is the one instant that is enforced."""

    __tablename__ = "phases"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    kind: Mapped[PhaseKind] = mapped_column(enum_type(PhaseKind))
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    event: Mapped[Event] = rel(back_populates="phases")


class PhaseChange(Base):
    """A deadline that was moved after publication: public, with its reason."""

    __tablename__ = "phase_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    phase_id: Mapped[int] = mapped_column(ForeignKey("phases.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str]
    old_starts_at: Mapped[datetime]
    old_ends_at: Mapped[datetime]
    new_starts_at: Mapped[datetime]
    new_ends_at: Mapped[datetime]
    number: Mapped[str] = mapped_column(String(120), default="", server_default="")  # of the letter
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("deadline_letters.id"))

    phase: Mapped[Phase] = rel()
    actor: Mapped[User] = rel()
    letter: Mapped[DeadlineLetter | None] = rel()


class DeadlineLetter(StoredColumns, Base):
    """The letter that a moved deadline rests on, as it was uploaded. `is_public`: everybody may read it."""

    __tablename__ = "deadline_letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    uploaded_at: Mapped[datetime]


class Group(Base):
    """Ranked separately (Kelompok A / B)."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Track(Base):
    """A category of ideas (Kategori)."""

    __tablename__ = "tracks"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class FormField(Base):
    """One field of the entry form. `options`: {"choices": [...]} for choice and several; {"max_files": n} for file.

    `meaning`: what it says of the innovation, one field of the form for each. A file field may hold the evidence for a
    `criterion` (its key in the rubrics) and stand beside the question it `proves` (the key of another field).
    """

    __tablename__ = "form_fields"
    __table_args__ = (
        UniqueConstraint("event_id", "key"),
        Index(
            "uq_form_fields_meaning",
            "event_id",
            "meaning",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    section: Mapped[str] = mapped_column(String(80), default="")
    kind: Mapped[FieldKind] = mapped_column(enum_type(FieldKind))
    label: Mapped[str] = mapped_column(String(160))
    help: Mapped[str] = mapped_column(default="")
    required: Mapped[bool] = mapped_column(default=False)
    word_limit: Mapped[int | None]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(default=0)
    meaning: Mapped[Meaning | None] = mapped_column(enum_type(Meaning))
    criterion: Mapped[str] = mapped_column(String(60), default="", server_default="")
    proves: Mapped[str] = mapped_column(String(40), default="", server_default="")
    removed_at: Mapped[datetime | None]  # answers given before stay readable


class ChecklistItem(Base):
    """One point the secretariat checks while screening."""

    __tablename__ = "checklist_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    label: Mapped[str] = mapped_column(String(200))
    help: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class EligibilityRule(Base):
    """One thing asked of every entry, answered by computing. `blocks`: entries that fail cannot be handed in."""

    __tablename__ = "eligibility_rules"
    __table_args__ = (UniqueConstraint("event_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[RuleKind] = mapped_column(enum_type(RuleKind))
    parameters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    blocks: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Prize(Base):
    """What can be won. `rank` says which rank in each group wins it; without one it is given by hand."""

    __tablename__ = "prizes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(default="")
    rank: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)


class Question(Base):
    """A frequent question and its answer."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    question: Mapped[str] = mapped_column(String(240))
    answer: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Resource(Base):
    """A document or site that helps participants."""

    __tablename__ = "resources"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    url: Mapped[str] = mapped_column(String(500))
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class EventRole(Base):
    """A person's role in one event. Taking it away sets `revoked_at`; nothing the person did is lost."""

    __tablename__ = "event_roles"
    __table_args__ = (
        Index(
            "uq_event_roles_active",
            "event_id",
            "user_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
        Index("ix_event_roles_user", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[Role] = mapped_column(enum_type(Role))
    public_title: Mapped[str] = mapped_column(String(160), default="")  # shown in the public jury list
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = rel()
    event: Mapped[Event] = rel()


class RoleInvitation(Base):
    """An offer of a role, by mail and as a link. `nonce` is part of the link; a new one ends the old."""

    __tablename__ = "role_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[Role] = mapped_column(enum_type(Role))
    nonce: Mapped[str] = token_column()
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    declined_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id")
    )  # None: by the link, without account

    event: Mapped[Event] = rel()
    invited_by: Mapped[User] = rel(foreign_keys=[invited_by_id])


class TemplateReach(enum.StrEnum):
    """private: its owner's; proposed: its owner asks to offer it; offered: every organizer of the site sees it."""

    PRIVATE = "private"
    PROPOSED = "proposed"
    OFFERED = "offered"


class SavedTemplate(Base):
    """A template somebody saved. Its content lies in its versions; the newest is the one in use."""

    __tablename__ = "saved_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = token_column()
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(default="")
    reach: Mapped[TemplateReach] = mapped_column(enum_type(TemplateReach), default=TemplateReach.PRIVATE)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    owner: Mapped[User] = rel()
    versions: Mapped[list[TemplateVersion]] = rel(order_by="TemplateVersion.number.desc()", viewonly=True)

    @property
    def key(self) -> str:
        """How events and the wizard name it."""
        return f"saved:{self.public_id}"


class TemplateVersion(Base):
    """What a saved template held at one time: a document that fits its shape. Never changed."""

    __tablename__ = "template_versions"
    __table_args__ = (UniqueConstraint("template_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("saved_templates.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True, deferred_raiseload=True)
    origin: Mapped[str] = mapped_column(String(200), default="")  # the event or file it was made from
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]

    made_by: Mapped[User] = rel()
