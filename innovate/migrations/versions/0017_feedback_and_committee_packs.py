"""Feedback to teams; committee packs"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "feedback_releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_feedback_releases_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["users.id"], name=op.f("fk_feedback_releases_opened_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["users.id"], name=op.f("fk_feedback_releases_closed_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_releases")),
    )
    with op.batch_alter_table("feedback_releases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_releases_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "uq_feedback_releases_standing",
            ["event_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
    op.create_table(
        "committee_packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_committee_packs_event_id_events")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_committee_packs_made_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_packs")),
    )
    with op.batch_alter_table("committee_packs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_committee_packs_event_id"), ["event_id"], unique=False)


def downgrade():
    op.drop_table("committee_packs")
    op.drop_table("feedback_releases")
