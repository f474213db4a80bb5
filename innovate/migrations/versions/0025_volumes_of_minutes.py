"""Volumes of the committee's minutes"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("committee_packs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("volumes", sa.Integer(), nullable=False, server_default="1"))


def downgrade():
    with op.batch_alter_table("committee_packs", schema=None) as batch_op:
        batch_op.drop_column("volumes")
