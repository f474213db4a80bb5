"""Printed score sheets and what was typed from them"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "paper_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("is_spare", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "blank",
                "keyed",
                "differing",
                "matched",
                "confirmed",
                name="sheetstate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("printed_by_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_paper_sheets_answered_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_paper_sheets_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_paper_sheets_event_id_events")),
        sa.ForeignKeyConstraint(
            ["printed_by_id"], ["users.id"], name=op.f("fk_paper_sheets_printed_by_id_users")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_paper_sheets_round_id_rounds")),
        sa.ForeignKeyConstraint(
            ["rubric_id"], ["rubrics.id"], name=op.f("fk_paper_sheets_rubric_id_rubrics")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_paper_sheets_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheets")),
        sa.UniqueConstraint("code", name=op.f("uq_paper_sheets_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_sheets_public_id")),
    )
    with op.batch_alter_table("paper_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_sheets_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_sheets_event_id"), ["event_id"], unique=False)
        batch_op.create_index("ix_paper_sheets_round_state", ["round_id", "state"], unique=False)
        batch_op.create_index("ix_paper_sheets_rubric_user", ["rubric_id", "user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_sheets_user_id"), ["user_id"], unique=False)

    op.create_table(
        "paper_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("comment_team", sa.Text(), nullable=False),
        sa.Column("comment_internal", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_paper_entries_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["paper_sheets.id"], name=op.f("fk_paper_entries_sheet_id_paper_sheets")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["users.id"], name=op.f("fk_paper_entries_undone_by_id_users")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_paper_entries_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entries")),
    )
    with op.batch_alter_table("paper_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_entries_sheet_id"), ["sheet_id"], unique=False)


def downgrade():
    op.drop_table("paper_entries")
    op.drop_table("paper_sheets")
