"""Minutes beside the committee's workbook"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("committee_packs", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("minutes_key", sa.String(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("minutes_size", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(
            sa.Column("minutes_sha256", sa.String(length=64), nullable=False, server_default="")
        )


def downgrade():
    with op.batch_alter_table("committee_packs", schema=None) as batch_op:
        for name in ("minutes_sha256", "minutes_size", "minutes_key"):
            batch_op.drop_column(name)
