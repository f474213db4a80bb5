"""Data of challenges as files, and whom an offer is for"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_TEXTS = {"filename": 200, "media_type": 100, "sha256": 64, "storage_key": 200}


def upgrade():
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        for name, length in _TEXTS.items():
            batch_op.add_column(sa.Column(name, sa.String(length=length), server_default="", nullable=False))
        batch_op.add_column(sa.Column("size", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("partner_offers", schema=None) as batch_op:
        kinds = ("asn", "student", "academic", "company", "community", "partner")
        batch_op.add_column(
            sa.Column("needs", sa.Enum(*kinds, name="mixkind", native_enum=False, length=24), nullable=True)
        )


def downgrade():
    with op.batch_alter_table("partner_offers", schema=None) as batch_op:
        batch_op.drop_column("needs")
    with op.batch_alter_table("challenges", schema=None) as batch_op:
        batch_op.drop_column("size")
        for name in reversed(_TEXTS):
            batch_op.drop_column(name)
