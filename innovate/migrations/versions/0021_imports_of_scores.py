"""Imports of scores from spreadsheets"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "score_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("pending", "saved", "undone", name="importstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_score_imports_event_id_events"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_score_imports_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["users.id"], name=op.f("fk_score_imports_saved_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["users.id"], name=op.f("fk_score_imports_undone_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_score_imports_uploaded_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_score_imports_public_id")),
    )
    with op.batch_alter_table("score_imports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_score_imports_round_id"), ["round_id"], unique=False)
        batch_op.create_index("ix_score_imports_state", ["state", "uploaded_at"], unique=False)

    op.create_table(
        "import_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["score_imports.id"],
            name=op.f("fk_import_files_import_id_score_imports"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["juror_id"], ["users.id"], name=op.f("fk_import_files_juror_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_files")),
    )
    with op.batch_alter_table("import_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_files_import_id"), ["import_id"], unique=False)

    op.create_table(
        "imported_ballots",
        sa.Column("ballot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_seat", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ballot_id"], ["ballots.id"], name=op.f("fk_imported_ballots_ballot_id_ballots")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["import_files.id"], name=op.f("fk_imported_ballots_file_id_import_files")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["score_imports.id"], name=op.f("fk_imported_ballots_import_id_score_imports")
        ),
        sa.PrimaryKeyConstraint("ballot_id", name=op.f("pk_imported_ballots")),
    )
    with op.batch_alter_table("imported_ballots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_ballots_import_id"), ["import_id"], unique=False)


def downgrade():
    with op.batch_alter_table("imported_ballots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_ballots_import_id"))

    op.drop_table("imported_ballots")
    with op.batch_alter_table("import_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_files_import_id"))

    op.drop_table("import_files")
    with op.batch_alter_table("score_imports", schema=None) as batch_op:
        batch_op.drop_index("ix_score_imports_state")
        batch_op.drop_index(batch_op.f("ix_score_imports_round_id"))

    op.drop_table("score_imports")
