"""Whom a captain found by skills and asked"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("team_invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("found_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_team_invitations_found_id_users"), "users", ["found_id"], ["id"]
        )


def downgrade():
    with op.batch_alter_table("team_invitations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_team_invitations_found_id_users"), type_="foreignkey")
        batch_op.drop_column("found_id")
