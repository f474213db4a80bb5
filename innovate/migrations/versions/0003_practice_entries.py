"""Practice entries and what jurors gave them"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "practices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("rubric_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_practices_event_id_events")),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_practices_round_id_rounds")),
        sa.ForeignKeyConstraint(["rubric_id"], ["rubrics.id"], name=op.f("fk_practices_rubric_id_rubrics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practices")),
        sa.UniqueConstraint("round_id", name=op.f("uq_practices_round_id")),
    )
    with op.batch_alter_table("practices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practices_event_id"), ["event_id"], unique=False)
    op.create_table(
        "practice_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("total", sa.Float(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practices.id"], name=op.f("fk_practice_sheets_practice_id_practices")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_practice_sheets_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_sheets")),
        sa.UniqueConstraint("practice_id", "user_id", name=op.f("uq_practice_sheets_practice_id_user_id")),
    )
    with op.batch_alter_table("practice_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_practice_sheets_practice_id"), ["practice_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_practice_sheets_user_id"), ["user_id"], unique=False)


def downgrade():
    op.drop_table("practice_sheets")
    op.drop_table("practices")
