"""Innovations in use"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "innovations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("root_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "trial",
                "running",
                "grown",
                "replicated",
                "paused",
                "stopped",
                name="status",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "measure",
            sa.Enum(
                "people",
                "units",
                "saved",
                "revenue",
                "products",
                "trend",
                name="measure",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("is_replicable", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_innovations_event_id_events")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_innovations_idea_id_ideas")),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_innovations_owner_id_users")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["innovations.id"], name=op.f("fk_innovations_parent_id_innovations")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["innovations.id"], name=op.f("fk_innovations_root_id_innovations")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_innovations_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovations")),
        sa.UniqueConstraint("idea_id", name=op.f("uq_innovations_idea_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_innovations_public_id")),
    )
    with op.batch_alter_table("innovations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_innovations_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_innovations_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_innovations_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_innovations_root_id"), ["root_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_innovations_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "adoption_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "accepted", "declined", "withdrawn", name="asked", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["asker_id"], ["users.id"], name=op.f("fk_adoption_requests_asker_id_users")),
        sa.ForeignKeyConstraint(
            ["child_id"], ["innovations.id"], name=op.f("fk_adoption_requests_child_id_innovations")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["users.id"], name=op.f("fk_adoption_requests_decided_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_adoption_requests_innovation_id_innovations")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_adoption_requests_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_requests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_adoption_requests_public_id")),
    )
    with op.batch_alter_table("adoption_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_adoption_requests_asker_id"), ["asker_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_adoption_requests_innovation_id"), ["innovation_id"], unique=False
        )

    op.create_table(
        "impact_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_impact_files_innovation_id_innovations")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_impact_files_uploaded_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_impact_files_public_id")),
    )
    with op.batch_alter_table("impact_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impact_files_innovation_id"), ["innovation_id"], unique=False)

    op.create_table(
        "impact_indicators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("unit", sa.String(length=60), nullable=False),
        sa.Column(
            "direction", sa.Enum("up", "down", name="direction", native_enum=False, length=24), nullable=False
        ),
        sa.Column("baseline", sa.Numeric(precision=15, scale=4), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("baseline_source", sa.String(length=300), nullable=False),
        sa.Column("target", sa.Numeric(precision=15, scale=4), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_impact_indicators_by_id_users")),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_impact_indicators_innovation_id_innovations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_indicators")),
        sa.UniqueConstraint("public_id", name=op.f("uq_impact_indicators_public_id")),
    )
    with op.batch_alter_table("impact_indicators", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_impact_indicators_innovation_id"), ["innovation_id"], unique=False
        )

    op.create_table(
        "innovation_statuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "trial",
                "running",
                "grown",
                "replicated",
                "paused",
                "stopped",
                name="status",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_innovation_statuses_by_id_users")),
        sa.ForeignKeyConstraint(
            ["innovation_id"],
            ["innovations.id"],
            name=op.f("fk_innovation_statuses_innovation_id_innovations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_innovation_statuses")),
    )
    with op.batch_alter_table("innovation_statuses", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_innovation_statuses_innovation_id"), ["innovation_id"], unique=False
        )

    op.create_table(
        "impact_followups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "trial",
                "running",
                "grown",
                "replicated",
                "paused",
                "stopped",
                name="status",
                native_enum=False,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("saved", sa.BigInteger(), nullable=True),
        sa.Column("actuals", sa.JSON(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "check_state",
            sa.Enum("waiting", "verified", "returned", name="check", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_impact_followups_answered_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["users.id"], name=op.f("fk_impact_followups_checked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["impact_files.id"], name=op.f("fk_impact_followups_file_id_impact_files")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_impact_followups_innovation_id_innovations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_followups")),
        sa.UniqueConstraint("innovation_id", "months", name=op.f("uq_impact_followups_innovation_id_months")),
        sa.UniqueConstraint("public_id", name=op.f("uq_impact_followups_public_id")),
    )
    op.create_table(
        "impact_materials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_impact_materials_by_id_users")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["impact_files.id"], name=op.f("fk_impact_materials_file_id_impact_files")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_impact_materials_innovation_id_innovations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_materials")),
        sa.UniqueConstraint("public_id", name=op.f("uq_impact_materials_public_id")),
    )
    with op.batch_alter_table("impact_materials", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_impact_materials_innovation_id"), ["innovation_id"], unique=False
        )

    op.create_table(
        "impact_reaches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("innovation_id", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "people",
                "units",
                "saved",
                "revenue",
                "products",
                "trend",
                name="measure",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=15, scale=4), nullable=False),
        sa.Column("before", sa.Numeric(precision=15, scale=4), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "check_state",
            sa.Enum("waiting", "verified", "returned", name="check", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_impact_reaches_by_id_users")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["users.id"], name=op.f("fk_impact_reaches_checked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["impact_files.id"], name=op.f("fk_impact_reaches_file_id_impact_files")
        ),
        sa.ForeignKeyConstraint(
            ["innovation_id"], ["innovations.id"], name=op.f("fk_impact_reaches_innovation_id_innovations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_reaches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_impact_reaches_public_id")),
    )
    with op.batch_alter_table("impact_reaches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impact_reaches_innovation_id"), ["innovation_id"], unique=False)

    op.create_table(
        "impact_actuals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("followup_id", sa.Integer(), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("value", sa.Numeric(precision=15, scale=4), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "check_state",
            sa.Enum("waiting", "verified", "returned", name="check", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_impact_actuals_by_id_users")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["users.id"], name=op.f("fk_impact_actuals_checked_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["impact_files.id"], name=op.f("fk_impact_actuals_file_id_impact_files")
        ),
        sa.ForeignKeyConstraint(
            ["followup_id"],
            ["impact_followups.id"],
            name=op.f("fk_impact_actuals_followup_id_impact_followups"),
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"],
            ["impact_indicators.id"],
            name=op.f("fk_impact_actuals_indicator_id_impact_indicators"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impact_actuals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_impact_actuals_public_id")),
    )
    with op.batch_alter_table("impact_actuals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impact_actuals_followup_id"), ["followup_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_impact_actuals_indicator_id"), ["indicator_id"], unique=False)


def downgrade():
    with op.batch_alter_table("impact_actuals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_actuals_indicator_id"))
        batch_op.drop_index(batch_op.f("ix_impact_actuals_followup_id"))

    op.drop_table("impact_actuals")
    with op.batch_alter_table("impact_reaches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_reaches_innovation_id"))

    op.drop_table("impact_reaches")
    with op.batch_alter_table("impact_materials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_materials_innovation_id"))

    op.drop_table("impact_materials")
    op.drop_table("impact_followups")
    with op.batch_alter_table("innovation_statuses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_innovation_statuses_innovation_id"))

    op.drop_table("innovation_statuses")
    with op.batch_alter_table("impact_indicators", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_indicators_innovation_id"))

    op.drop_table("impact_indicators")
    with op.batch_alter_table("impact_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_impact_files_innovation_id"))

    op.drop_table("impact_files")
    with op.batch_alter_table("adoption_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_adoption_requests_innovation_id"))
        batch_op.drop_index(batch_op.f("ix_adoption_requests_asker_id"))

    op.drop_table("adoption_requests")
    with op.batch_alter_table("innovations", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_innovations_unit_id"))
        batch_op.drop_index(batch_op.f("ix_innovations_root_id"))
        batch_op.drop_index(batch_op.f("ix_innovations_parent_id"))
        batch_op.drop_index(batch_op.f("ix_innovations_owner_id"))
        batch_op.drop_index(batch_op.f("ix_innovations_event_id"))

    op.drop_table("innovations")
