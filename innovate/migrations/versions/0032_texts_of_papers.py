"""Texts of papers, a logo on their letterhead, and the team a letter is for"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_TEXTS = (
    "appointment",
    "invitation",
    "duty",
    "attendance",
    "pact_juror",
    "pact_participant",
    "pact_committee",
    "originality",
    "endorsement",
    "scores",
    "minutes",
    "recap",
    "decree",
    "announcement",
    "award",
    "certificate",
)


def upgrade():
    op.create_table(
        "paper_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Enum(*_TEXTS, name="text", native_enum=False, length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_paper_texts_created_by_id_users")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_paper_texts_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_texts")),
        sa.UniqueConstraint("event_id", "text", "version", name=op.f("uq_paper_texts_event_id_text_version")),
    )
    with op.batch_alter_table("paper_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo_key", sa.String(length=200), nullable=False, server_default=""))
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_documents_team_id_teams"), "teams", ["team_id"], ["id"])
        batch_op.create_index(batch_op.f("ix_documents_team_id"), ["team_id"], unique=False)


def downgrade():
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_team_id"))
        batch_op.drop_constraint(op.f("fk_documents_team_id_teams"), type_="foreignkey")
        batch_op.drop_column("team_id")
    with op.batch_alter_table("paper_settings", schema=None) as batch_op:
        batch_op.drop_column("logo_key")
    op.drop_table("paper_texts")
