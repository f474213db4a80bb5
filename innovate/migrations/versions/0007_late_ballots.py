"""Receipts, late ballots, and single ballots opened again"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "late_ballots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("handed_in", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "counted", "left_out", name="latestate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_late_ballots_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_late_ballots_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_late_ballots_event_id_events")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_late_ballots_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_ballots")),
        sa.UniqueConstraint("public_id", name=op.f("uq_late_ballots_public_id")),
        sa.UniqueConstraint("user_id", "key", name=op.f("uq_late_ballots_user_id_key")),
    )
    with op.batch_alter_table("late_ballots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_late_ballots_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_late_ballots_event_id"), ["event_id"], unique=False)

    op.create_table(
        "reopenings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("juror_reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_reopenings_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["users.id"], name=op.f("fk_reopenings_granted_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reopenings")),
    )
    with op.batch_alter_table("reopenings", schema=None) as batch_op:
        batch_op.create_index(
            "uq_reopenings_standing",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "ballot_receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballots.id"], name=op.f("fk_ballot_receipts_ballot_id_ballots")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_ballot_receipts_event_id_events")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_ballot_receipts_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_receipts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ballot_receipts_public_id")),
    )
    with op.batch_alter_table("ballot_receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ballot_receipts_ballot_id"), ["ballot_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballot_receipts_user_id"), ["user_id"], unique=False)


def downgrade():
    with op.batch_alter_table("ballot_receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballot_receipts_user_id"))
        batch_op.drop_index(batch_op.f("ix_ballot_receipts_ballot_id"))

    op.drop_table("ballot_receipts")
    with op.batch_alter_table("reopenings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reopenings_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("reopenings")
    with op.batch_alter_table("late_ballots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_late_ballots_event_id"))
        batch_op.drop_index(batch_op.f("ix_late_ballots_assignment_id"))

    op.drop_table("late_ballots")
