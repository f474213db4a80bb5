"""Endorsements, the framework's first skills, words that become ratings, and clinics"""

import secrets
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_FRAMEWORK = Path(__file__).parents[2] / "skills" / "data" / "framework.yaml"
_ABLE, _MOVED = 2, "words"
_SKILLS = sa.table(
    "skills",
    sa.column("id", sa.Integer),
    sa.column("public_id", sa.String),
    sa.column("code", sa.String),
    sa.column("area", sa.String),
    sa.column("name", sa.String),
    sa.column("description", sa.Text),
    sa.column("levels", sa.JSON),
    sa.column("words", sa.JSON),
    sa.column("position", sa.Integer),
)
_RATINGS = sa.table(
    "skill_ratings",
    sa.column("user_id", sa.Integer),
    sa.column("skill_id", sa.Integer),
    sa.column("level", sa.Integer),
    sa.column("occasion", sa.String),
    sa.column("about", sa.String),
    sa.column("at", sa.DateTime(timezone=True)),
)
_USERS = sa.table("users", sa.column("id", sa.Integer), sa.column("skills", sa.JSON))


def _plain(word):
    return " ".join(word.casefold().split())


def _fill_framework(bind):
    """The first skills, where they are not there yet."""
    known = set(bind.scalars(sa.select(_SKILLS.c.code)))
    for position, row in enumerate(yaml.safe_load(_FRAMEWORK.read_text(encoding="utf-8"))):
        if row["code"] in known:
            bind.execute(_SKILLS.update().where(_SKILLS.c.code == row["code"]).values(words=row["words"]))
        else:
            token = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(12))
            bind.execute(_SKILLS.insert().values(public_id=token, position=position, **row))


def _move_words(bind):
    """Words of profiles that mean a skill become a rating (marked, as nobody chose its level); the others stay."""
    meanings = {}
    for row in bind.execute(sa.select(_SKILLS.c.id, _SKILLS.c.name, _SKILLS.c.words).order_by(_SKILLS.c.id)):
        for word in (row.name, *row.words):
            meanings.setdefault(_plain(word), row.id)
    now = datetime.now(UTC)
    for user_id, words in bind.execute(sa.select(_USERS.c.id, _USERS.c.skills)).all():
        meant = {meanings[_plain(word)] for word in words or [] if _plain(word) in meanings}
        if not meant:
            continue
        rest = [word for word in words if _plain(word) not in meanings]
        bind.execute(_USERS.update().where(_USERS.c.id == user_id).values(skills=rest))
        rated = set(bind.scalars(sa.select(_RATINGS.c.skill_id).where(_RATINGS.c.user_id == user_id)))
        about = {"level": _ABLE, "occasion": "profile", "about": _MOVED, "at": now}
        for skill_id in sorted(meant - rated):
            bind.execute(_RATINGS.insert().values(user_id=user_id, skill_id=skill_id, **about))


def _move_back(bind):
    """Every moved rating is a word of the profile again, under the skill's name."""
    query = sa.select(_RATINGS.c.user_id, _SKILLS.c.name).join(_SKILLS, _SKILLS.c.id == _RATINGS.c.skill_id)
    rows = bind.execute(query.where(_RATINGS.c.about == _MOVED)).all()
    for user_id, name in rows:
        words = bind.scalar(sa.select(_USERS.c.skills).where(_USERS.c.id == user_id)) or []
        bind.execute(_USERS.update().where(_USERS.c.id == user_id).values(skills=[*words, name]))
    bind.execute(_RATINGS.delete().where(_RATINGS.c.about == _MOVED))


def upgrade():
    op.create_table(
        "skill_sharings",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_skill_sharings_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_skill_sharings")),
    )
    op.create_table(
        "clinic_rules",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("per_team", sa.Integer(), nullable=False),
        sa.Column("notice_hours", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_clinic_rules_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_clinic_rules")),
    )
    op.create_table(
        "clinic_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic", sa.String(length=160), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("series", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_clinic_slots_event_id_events")),
        sa.ForeignKeyConstraint(["mentor_id"], ["users.id"], name=op.f("fk_clinic_slots_mentor_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_slots")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clinic_slots_public_id")),
    )
    with op.batch_alter_table("clinic_slots", schema=None) as batch_op:
        batch_op.create_index("ix_clinic_slots_event", ["event_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_clinic_slots_mentor_id"), ["mentor_id"], unique=False)

    op.create_table(
        "clinic_slot_skills",
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_clinic_slot_skills_skill_id_skills")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["clinic_slots.id"], name=op.f("fk_clinic_slot_skills_slot_id_clinic_slots")
        ),
        sa.PrimaryKeyConstraint("slot_id", "skill_id", name=op.f("pk_clinic_slot_skills")),
    )
    with op.batch_alter_table("clinic_slot_skills", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clinic_slot_skills_skill_id"), ["skill_id"], unique=False)

    op.create_table(
        "skill_endorsements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("endorser_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["endorser_id"], ["users.id"], name=op.f("fk_skill_endorsements_endorser_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["skill_id"], ["skills.id"], name=op.f("fk_skill_endorsements_skill_id_skills")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_skill_endorsements_team_id_teams")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_skill_endorsements_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill_endorsements")),
    )
    with op.batch_alter_table("skill_endorsements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_skill_endorsements_endorser_id"), ["endorser_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_endorsements_skill_id"), ["skill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_skill_endorsements_team_id"), ["team_id"], unique=False)
        batch_op.create_index(
            "uq_skill_endorsements_active",
            ["user_id", "skill_id", "endorser_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "clinic_bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("mentoring_id", sa.Integer(), nullable=True),
        sa.Column("booked_by_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_reason", sa.String(length=300), nullable=False),
        sa.Column(
            "outcome", sa.Enum("held", "missed", name="outcome", native_enum=False, length=24), nullable=True
        ),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("notes_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booked_by_id"], ["users.id"], name=op.f("fk_clinic_bookings_booked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["users.id"], name=op.f("fk_clinic_bookings_cancelled_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["mentoring_id"], ["team_mentors.id"], name=op.f("fk_clinic_bookings_mentoring_id_team_mentors")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["clinic_slots.id"], name=op.f("fk_clinic_bookings_slot_id_clinic_slots")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_clinic_bookings_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_bookings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clinic_bookings_public_id")),
    )
    with op.batch_alter_table("clinic_bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clinic_bookings_team_id"), ["team_id"], unique=False)
        batch_op.create_index(
            "uq_clinic_bookings_active",
            ["slot_id"],
            unique=True,
            sqlite_where=sa.text("cancelled_at IS NULL"),
            postgresql_where=sa.text("cancelled_at IS NULL"),
        )

    op.create_table(
        "clinic_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["clinic_bookings.id"], name=op.f("fk_clinic_actions_booking_id_clinic_bookings")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["users.id"], name=op.f("fk_clinic_actions_done_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_actions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clinic_actions_public_id")),
    )
    with op.batch_alter_table("clinic_actions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clinic_actions_booking_id"), ["booking_id"], unique=False)

    with op.batch_alter_table("skills", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words", sa.JSON(), server_default="[]", nullable=False))

    bind = op.get_bind()
    _fill_framework(bind)
    _move_words(bind)


def downgrade():
    _move_back(op.get_bind())
    with op.batch_alter_table("skills", schema=None) as batch_op:
        batch_op.drop_column("words")

    with op.batch_alter_table("clinic_actions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clinic_actions_booking_id"))

    op.drop_table("clinic_actions")
    with op.batch_alter_table("clinic_bookings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_clinic_bookings_active",
            sqlite_where=sa.text("cancelled_at IS NULL"),
            postgresql_where=sa.text("cancelled_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_clinic_bookings_team_id"))

    op.drop_table("clinic_bookings")
    with op.batch_alter_table("skill_endorsements", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_skill_endorsements_active",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_skill_endorsements_team_id"))
        batch_op.drop_index(batch_op.f("ix_skill_endorsements_skill_id"))
        batch_op.drop_index(batch_op.f("ix_skill_endorsements_endorser_id"))

    op.drop_table("skill_endorsements")
    with op.batch_alter_table("clinic_slot_skills", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clinic_slot_skills_skill_id"))

    op.drop_table("clinic_slot_skills")
    with op.batch_alter_table("clinic_slots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clinic_slots_mentor_id"))
        batch_op.drop_index("ix_clinic_slots_event")

    op.drop_table("clinic_slots")
    op.drop_table("clinic_rules")
    op.drop_table("skill_sharings")
