"""Indexes from which totals of ballots and loads of jurors are read without their rows"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    _swap("ballots", "ix_ballots_round_state", ["round_id", "state", "idea_id", "user_id", "total"])
    _swap("assignments", "ix_assignments_round_user", ["round_id", "user_id", "state"])


def downgrade():
    _swap("ballots", "ix_ballots_round_state", ["round_id", "state", "idea_id", "total"])
    _swap("assignments", "ix_assignments_round_user", ["round_id", "user_id"])


def _swap(table, name, columns):
    op.drop_index(name, table_name=table)
    op.create_index(name, table, columns)
