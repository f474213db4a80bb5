"""Pages of PDF files as pictures, notes for the jury alone, and a juror's private notes"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "file_pages",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["idea_files.id"], name=op.f("fk_file_pages_file_id_idea_files")
        ),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_file_pages")),
    )
    op.create_table(
        "reading_notes",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_reading_notes_assignment_id_assignments")
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_reading_notes")),
    )
    state = sa.Enum("waiting", "ready", "unreadable", name="pagesstate", native_enum=False, length=24)
    with op.batch_alter_table("idea_files", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pages_state", state, nullable=False, server_default="waiting"))
        batch_op.add_column(sa.Column("pages_total", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("pages_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("read_seconds", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("ballot_scores", schema=None) as batch_op:
        batch_op.add_column(sa.Column("comment_internal", sa.Text(), nullable=False, server_default=""))


def downgrade():
    with op.batch_alter_table("ballot_scores", schema=None) as batch_op:
        batch_op.drop_column("comment_internal")
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_column("read_seconds")
    with op.batch_alter_table("idea_files", schema=None) as batch_op:
        batch_op.drop_column("pages_at")
        batch_op.drop_column("pages_total")
        batch_op.drop_column("pages_state")
    op.drop_table("reading_notes")
    op.drop_table("file_pages")
