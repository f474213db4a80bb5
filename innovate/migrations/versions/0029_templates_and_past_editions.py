"""Templates and past editions"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "past_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_editions")),
        sa.UniqueConstraint("name", "year", name=op.f("uq_past_editions_name_year")),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_editions_public_id")),
    )
    op.create_table(
        "edition_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column(
            "state",
            sa.Enum("pending", "saved", "undone", name="importstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("rows", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["users.id"], name=op.f("fk_edition_imports_undone_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_edition_imports_uploaded_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_edition_imports_public_id")),
    )
    op.create_table(
        "saved_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column(
            "reach",
            sa.Enum("private", "proposed", "offered", name="templatereach", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_saved_templates_owner_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_templates")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_templates_public_id")),
    )
    with op.batch_alter_table("saved_templates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_templates_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "past_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("expansion", sa.String(length=300), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("group_name", sa.String(length=120), nullable=False),
        sa.Column("track_name", sa.String(length=120), nullable=False),
        sa.Column("people", sa.String(length=500), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("award", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["past_editions.id"], name=op.f("fk_past_entries_edition_id_past_editions")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["edition_imports.id"], name=op.f("fk_past_entries_import_id_edition_imports")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_past_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_past_entries_public_id")),
    )
    with op.batch_alter_table("past_entries", schema=None) as batch_op:
        batch_op.create_index("ix_past_entries_edition", ["edition_id", "rank"], unique=False)
        batch_op.create_index(batch_op.f("ix_past_entries_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_past_entries_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "template_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["users.id"], name=op.f("fk_template_versions_made_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["saved_templates.id"],
            name=op.f("fk_template_versions_template_id_saved_templates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_template_versions")),
        sa.UniqueConstraint("template_id", "number", name=op.f("uq_template_versions_template_id_number")),
    )
    with op.batch_alter_table("template_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_template_versions_template_id"), ["template_id"], unique=False)

    op.create_table(
        "past_prints",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["past_entries.id"], name=op.f("fk_past_prints_entry_id_past_entries")
        ),
        sa.PrimaryKeyConstraint("hash", "entry_id", name=op.f("pk_past_prints")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("past_prints", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_prints_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "round_indices",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("bands", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_indices_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_indices")),
    )


def downgrade():
    op.drop_table("round_indices")
    with op.batch_alter_table("past_prints", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_prints_entry_id"))

    op.drop_table("past_prints")
    with op.batch_alter_table("template_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_template_versions_template_id"))

    op.drop_table("template_versions")
    with op.batch_alter_table("past_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_entries_unit_id"))
        batch_op.drop_index(batch_op.f("ix_past_entries_import_id"))
        batch_op.drop_index("ix_past_entries_edition")

    op.drop_table("past_entries")
    with op.batch_alter_table("saved_templates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_templates_owner_id"))

    op.drop_table("saved_templates")
    op.drop_table("edition_imports")
    op.drop_table("past_editions")
