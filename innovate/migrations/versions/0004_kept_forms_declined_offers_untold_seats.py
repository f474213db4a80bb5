"""Kept forms, deleted drafts, declined offers of roles, seats of which the juror is yet to hear"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "kept_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("had_files", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_kept_forms_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_forms")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kept_forms_public_id")),
        sa.UniqueConstraint("user_id", "path", name=op.f("uq_kept_forms_user_id_path")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("role_invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("declined_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_role_invitations_declined_by_id_users"), "users", ["declined_by_id"], ["id"]
        )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("untold_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_assignments_untold",
            ["untold_since"],
            unique=False,
            sqlite_where=sa.text("untold_since IS NOT NULL"),
            postgresql_where=sa.text("untold_since IS NOT NULL"),
        )


def downgrade():
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index("ix_assignments_untold")
        batch_op.drop_column("untold_since")
    with op.batch_alter_table("role_invitations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_role_invitations_declined_by_id_users"), type_="foreignkey")
        batch_op.drop_column("declined_by_id")
        batch_op.drop_column("declined_at")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_column("deleted_at")
    op.drop_table("kept_forms")
