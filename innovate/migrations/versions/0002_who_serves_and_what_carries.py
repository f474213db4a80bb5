"""Who serves in a round, and whether earlier rounds count in it"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "round_jurors",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_round_jurors_round_id_rounds")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_round_jurors_user_id_users")),
        sa.PrimaryKeyConstraint("round_id", "user_id", name=op.f("pk_round_jurors")),
    )
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("carries", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.alter_column("carries", existing_type=sa.Boolean(), server_default=None)


def downgrade():
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_column("carries")
    op.drop_table("round_jurors")
