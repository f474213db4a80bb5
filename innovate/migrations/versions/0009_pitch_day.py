"""Pitch day, and the lock of an entry's ballots"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CIRCLE = "fk_pitch_days_current_id_pitch_slots"


def upgrade():
    op.create_table(
        "pitch_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("presentation_minutes", sa.Integer(), nullable=False),
        sa.Column("question_minutes", sa.Integer(), nullable=False),
        sa.Column("gap_minutes", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("breaks", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("by_group", sa.Boolean(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("current_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_pitch_days_event_id_events")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_pitch_days_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_days")),
        sa.UniqueConstraint("round_id", name=op.f("uq_pitch_days_round_id")),
    )
    with op.batch_alter_table("pitch_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pitch_days_event_id"), ["event_id"], unique=False)

    op.create_table(
        "hand_in_locks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("locked_by_id", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["users.id"], name=op.f("fk_hand_in_locks_ended_by_id_users")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_hand_in_locks_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["locked_by_id"], ["users.id"], name=op.f("fk_hand_in_locks_locked_by_id_users")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_hand_in_locks_round_id_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in_locks")),
    )
    with op.batch_alter_table("hand_in_locks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_in_locks_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(
            "uq_hand_in_locks_standing",
            ["round_id", "idea_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "pitch_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_pitch_changes_actor_id_users")),
        sa.ForeignKeyConstraint(
            ["day_id"], ["pitch_days.id"], name=op.f("fk_pitch_changes_day_id_pitch_days")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_changes")),
    )
    with op.batch_alter_table("pitch_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pitch_changes_day_id"), ["day_id"], unique=False)

    op.create_table(
        "pitch_slots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("ready", "presentation", "questions", "done", name="stage", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried_ms", sa.Integer(), nullable=False),
        sa.Column("presentation_ms", sa.Integer(), nullable=False),
        sa.Column("questions_ms", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["pitch_days.id"], name=op.f("fk_pitch_slots_day_id_pitch_days")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_pitch_slots_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_slots")),
        sa.UniqueConstraint("day_id", "idea_id", name=op.f("uq_pitch_slots_day_id_idea_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pitch_slots_public_id")),
    )
    with op.batch_alter_table("pitch_slots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pitch_slots_day_id"), ["day_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pitch_slots_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "pitch_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_pitch_steps_actor_id_users")),
        sa.ForeignKeyConstraint(["day_id"], ["pitch_days.id"], name=op.f("fk_pitch_steps_day_id_pitch_days")),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["pitch_slots.id"], name=op.f("fk_pitch_steps_slot_id_pitch_slots")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_steps")),
    )
    with op.batch_alter_table("pitch_steps", schema=None) as batch_op:
        batch_op.create_index("ix_pitch_steps_day", ["day_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pitch_steps_slot_id"), ["slot_id"], unique=False)

    with op.batch_alter_table("pitch_days", schema=None) as batch_op:
        batch_op.create_foreign_key(CIRCLE, "pitch_slots", ["current_id"], ["id"])

    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade():
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_column("locked_at")

    with op.batch_alter_table("pitch_days", schema=None) as batch_op:
        batch_op.drop_constraint(CIRCLE, type_="foreignkey")

    with op.batch_alter_table("pitch_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pitch_steps_slot_id"))
        batch_op.drop_index("ix_pitch_steps_day")

    op.drop_table("pitch_steps")
    with op.batch_alter_table("pitch_slots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pitch_slots_idea_id"))
        batch_op.drop_index(batch_op.f("ix_pitch_slots_day_id"))

    op.drop_table("pitch_slots")
    with op.batch_alter_table("pitch_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pitch_changes_day_id"))

    op.drop_table("pitch_changes")
    with op.batch_alter_table("hand_in_locks", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hand_in_locks_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_hand_in_locks_idea_id"))

    op.drop_table("hand_in_locks")
    with op.batch_alter_table("pitch_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pitch_days_event_id"))

    op.drop_table("pitch_days")
