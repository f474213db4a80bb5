"""Sessions of the jury, what was said in them, and who signed"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

STANDING = sa.text("closed_at IS NULL")
OPENER = "fk_rounds_peers_opened_by_id_users"


def _key(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade():
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("peers_opened_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f(OPENER), "users", ["peers_opened_by_id"], ["id"])
    op.create_table(
        "deliberations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _key("deliberations", "event_id", "events"),
        _key("deliberations", "round_id", "rounds"),
        _key("deliberations", "opened_by_id", "users"),
        _key("deliberations", "closed_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberations")),
    )
    with op.batch_alter_table("deliberations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deliberations_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deliberations_round_id"), ["round_id"], unique=False)
        batch_op.create_index(
            "uq_deliberations_standing",
            ["round_id"],
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        )
    op.create_table(
        "deliberation_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _key("deliberation_notes", "deliberation_id", "deliberations"),
        _key("deliberation_notes", "idea_id", "ideas"),
        _key("deliberation_notes", "author_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberation_notes")),
    )
    op.create_index("ix_deliberation_notes_entry", "deliberation_notes", ["deliberation_id", "idea_id"])
    op.create_table(
        "sign_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deliberation_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _key("sign_offs", "deliberation_id", "deliberations"),
        _key("sign_offs", "round_id", "rounds"),
        _key("sign_offs", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_offs")),
    )
    op.create_index("ix_sign_offs_round_user", "sign_offs", ["round_id", "user_id"])


def downgrade():
    op.drop_table("sign_offs")
    op.drop_table("deliberation_notes")
    op.drop_table("deliberations")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(OPENER), type_="foreignkey")
        batch_op.drop_column("peers_opened_by_id")
