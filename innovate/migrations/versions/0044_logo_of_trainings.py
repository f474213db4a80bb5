"""A logo on the letterhead of free-standing activities"""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("training_papers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo_key", sa.String(length=200), server_default="", nullable=False))


def downgrade():
    with op.batch_alter_table("training_papers", schema=None) as batch_op:
        batch_op.drop_column("logo_key")
