"""How many groups of jurors were accepted; names found inside attachments; published contests"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("accepted_groups", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("pairwise_contests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "file_scans",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("names", sa.String(length=64), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["idea_files.id"], name=op.f("fk_file_scans_file_id_idea_files")
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_scans")),
    )
    kind = sa.Enum("unit", "member", "team", name="leakkind", native_enum=False, length=24)
    op.create_table(
        "file_leaks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["idea_files.id"], name=op.f("fk_file_leaks_file_id_idea_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_leaks")),
    )
    with op.batch_alter_table("file_leaks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_leaks_file_id"), ["file_id"], unique=False)


def downgrade():
    op.drop_table("file_leaks")
    op.drop_table("file_scans")
    with op.batch_alter_table("pairwise_contests", schema=None) as batch_op:
        batch_op.drop_column("published_at")
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_column("accepted_groups")
