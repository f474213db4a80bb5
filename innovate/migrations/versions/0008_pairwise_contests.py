"""Pairwise contests"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "pairwise_contests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("hall", "runoff", name="contestkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("draft", "open", "closed", name="conteststate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "verdict", sa.Enum("follow", "keep", name="verdict", native_enum=False, length=24), nullable=True
        ),
        sa.Column("verdict_reason", sa.Text(), nullable=False),
        sa.Column("verdict_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_pairwise_contests_created_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_pairwise_contests_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_pairwise_contests_round_id_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["verdict_by_id"], ["users.id"], name=op.f("fk_pairwise_contests_verdict_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairwise_contests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pairwise_contests_public_id")),
    )
    with op.batch_alter_table("pairwise_contests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairwise_contests_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairwise_contests_round_id"), ["round_id"], unique=False)

    op.create_table(
        "pairwise_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("stand", sa.String(length=20), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id"],
            ["pairwise_contests.id"],
            name=op.f("fk_pairwise_entries_contest_id_pairwise_contests"),
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_pairwise_entries_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairwise_entries")),
        sa.UniqueConstraint("contest_id", "idea_id", name=op.f("uq_pairwise_entries_contest_id_idea_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pairwise_entries_public_id")),
    )
    with op.batch_alter_table("pairwise_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairwise_entries_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "pairwise_jurors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("seen_id", sa.Integer(), nullable=True),
        sa.Column("offered_id", sa.Integer(), nullable=True),
        sa.Column("token", sa.String(length=12), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["contest_id"],
            ["pairwise_contests.id"],
            name=op.f("fk_pairwise_jurors_contest_id_pairwise_contests"),
        ),
        sa.ForeignKeyConstraint(
            ["offered_id"],
            ["pairwise_entries.id"],
            name=op.f("fk_pairwise_jurors_offered_id_pairwise_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["seen_id"], ["pairwise_entries.id"], name=op.f("fk_pairwise_jurors_seen_id_pairwise_entries")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_pairwise_jurors_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairwise_jurors")),
        sa.UniqueConstraint("contest_id", "user_id", name=op.f("uq_pairwise_jurors_contest_id_user_id")),
        sa.UniqueConstraint("token", name=op.f("uq_pairwise_jurors_token")),
    )
    with op.batch_alter_table("pairwise_jurors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairwise_jurors_user_id"), ["user_id"], unique=False)

    op.create_table(
        "pairwise_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("start", "vote", "skip", name="stepkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("token", sa.String(length=12), nullable=False),
        sa.Column("seen_id", sa.Integer(), nullable=True),
        sa.Column("offered_id", sa.Integer(), nullable=False),
        sa.Column("better_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_token", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["better_id"], ["pairwise_entries.id"], name=op.f("fk_pairwise_steps_better_id_pairwise_entries")
        ),
        sa.ForeignKeyConstraint(
            ["contest_id"],
            ["pairwise_contests.id"],
            name=op.f("fk_pairwise_steps_contest_id_pairwise_contests"),
        ),
        sa.ForeignKeyConstraint(
            ["offered_id"],
            ["pairwise_entries.id"],
            name=op.f("fk_pairwise_steps_offered_id_pairwise_entries"),
        ),
        sa.ForeignKeyConstraint(
            ["seen_id"], ["pairwise_entries.id"], name=op.f("fk_pairwise_steps_seen_id_pairwise_entries")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_pairwise_steps_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairwise_steps")),
        sa.UniqueConstraint(
            "contest_id", "user_id", "token", name=op.f("uq_pairwise_steps_contest_id_user_id_token")
        ),
    )
    with op.batch_alter_table("pairwise_steps", schema=None) as batch_op:
        batch_op.create_index("ix_pairwise_steps_standing", ["contest_id", "undone_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairwise_steps_user_id"), ["user_id"], unique=False)


def downgrade():
    with op.batch_alter_table("pairwise_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pairwise_steps_user_id"))
        batch_op.drop_index("ix_pairwise_steps_standing")

    op.drop_table("pairwise_steps")
    with op.batch_alter_table("pairwise_jurors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pairwise_jurors_user_id"))

    op.drop_table("pairwise_jurors")
    with op.batch_alter_table("pairwise_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pairwise_entries_idea_id"))

    op.drop_table("pairwise_entries")
    with op.batch_alter_table("pairwise_contests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pairwise_contests_round_id"))
        batch_op.drop_index(batch_op.f("ix_pairwise_contests_event_id"))

    op.drop_table("pairwise_contests")
