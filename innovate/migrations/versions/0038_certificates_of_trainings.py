"""Certificates of trainings, and signed lists of attendance"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

_FREE = sa.text("event_id IS NULL")
_VALID = sa.text("ended_at IS NULL")


def upgrade():
    op.create_table(
        "training_papers",
        sa.Column("activity_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("government", sa.String(length=160), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("pattern", sa.String(length=80), nullable=False),
        sa.Column("unit_code", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("signer_name", sa.String(length=160), nullable=False),
        sa.Column("signer_position", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_training_papers_activity_id_activities")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_training_papers")),
    )
    op.create_table(
        "attendance_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["users.id"], name=op.f("fk_attendance_sheets_removed_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["learning_sessions.id"],
            name=op.f("fk_attendance_sheets_session_id_learning_sessions"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_attendance_sheets_uploaded_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_sheets")),
        sa.UniqueConstraint("public_id", name=op.f("uq_attendance_sheets_public_id")),
    )
    with op.batch_alter_table("attendance_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_sheets_session_id"), ["session_id"], unique=False)
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("activity_id", sa.Integer(), nullable=True))
        batch_op.alter_column("event_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_foreign_key(
            batch_op.f("fk_documents_activity_id_activities"), "activities", ["activity_id"], ["id"]
        )
        batch_op.create_index(
            "uq_documents_free_number",
            ["year", "sequence"],
            unique=True,
            sqlite_where=_FREE,
            postgresql_where=_FREE,
        )
        batch_op.create_index(
            "uq_documents_activity_subject",
            ["activity_id", "subject"],
            unique=True,
            sqlite_where=_VALID,
            postgresql_where=_VALID,
        )


def downgrade():
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index("uq_documents_activity_subject", sqlite_where=_VALID, postgresql_where=_VALID)
        batch_op.drop_index("uq_documents_free_number", sqlite_where=_FREE, postgresql_where=_FREE)
        batch_op.drop_constraint(batch_op.f("fk_documents_activity_id_activities"), type_="foreignkey")
        batch_op.alter_column("event_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("activity_id")
    with op.batch_alter_table("attendance_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendance_sheets_session_id"))
    op.drop_table("attendance_sheets")
    op.drop_table("training_papers")
