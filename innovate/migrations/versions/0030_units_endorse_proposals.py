"""Units endorse proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "unit_coordinators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["users.id"], name=op.f("fk_unit_coordinators_ended_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["users.id"], name=op.f("fk_unit_coordinators_given_by_id_users")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_coordinators_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_unit_coordinators_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_coordinators")),
        sa.UniqueConstraint("public_id", name=op.f("uq_unit_coordinators_public_id")),
    )
    with op.batch_alter_table("unit_coordinators", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_coordinators_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_unit_coordinators_active",
            ["unit_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "endorsement_rules",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("per_unit", sa.Integer(), nullable=True),
        sa.Column("per_group", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_endorsement_rules_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_endorsement_rules")),
    )
    op.create_table(
        "endorsement_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("head_name", sa.String(length=160), nullable=False),
        sa.Column("head_position", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_endorsement_letters_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_endorsement_letters_uploaded_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement_letters")),
        sa.UniqueConstraint("public_id", name=op.f("uq_endorsement_letters_public_id")),
    )
    with op.batch_alter_table("endorsement_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_endorsement_letters_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "paper_proposals",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("contact_name", sa.String(length=160), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=20), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["users.id"], name=op.f("fk_paper_proposals_entered_by_id_users")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_paper_proposals_event_id_events")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_paper_proposals_idea_id_ideas")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_paper_proposals")),
    )
    with op.batch_alter_table("paper_proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_proposals_event_id"), ["event_id"], unique=False)

    op.create_table(
        "paper_scans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_paper_scans_idea_id_ideas")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_scans")),
        sa.UniqueConstraint("public_id", name=op.f("uq_paper_scans_public_id")),
    )
    with op.batch_alter_table("paper_scans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_scans_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "endorsement_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "ask",
                "take_back",
                "return",
                "endorse",
                "undo",
                "submit",
                "comment",
                name="act",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("of_team", sa.Boolean(), nullable=False),
        sa.Column("stands_in", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_endorsement_acts_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_endorsement_acts_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["endorsement_letters.id"],
            name=op.f("fk_endorsement_acts_letter_id_endorsement_letters"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["idea_revisions.id"],
            name=op.f("fk_endorsement_acts_revision_id_idea_revisions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement_acts")),
    )
    with op.batch_alter_table("endorsement_acts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_endorsement_acts_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "endorsement_chains",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "waiting",
                "returned",
                "taken_back",
                "endorsed",
                "submitted",
                name="stage",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("in_gallery", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_endorsement_chains_event_id_events")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_endorsement_chains_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["endorsement_letters.id"],
            name=op.f("fk_endorsement_chains_letter_id_endorsement_letters"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["idea_revisions.id"],
            name=op.f("fk_endorsement_chains_revision_id_idea_revisions"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_endorsement_chains_unit_id_units")),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_endorsement_chains")),
    )
    with op.batch_alter_table("endorsement_chains", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_endorsement_chains_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_endorsement_chains_unit_id"), ["unit_id"], unique=False)

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("asks_endorsement", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.add_column(sa.Column("named_members", sa.JSON(), server_default="[]", nullable=False))


def downgrade():
    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.drop_column("named_members")

    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_column("asks_endorsement")

    with op.batch_alter_table("endorsement_chains", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_endorsement_chains_unit_id"))
        batch_op.drop_index(batch_op.f("ix_endorsement_chains_event_id"))

    op.drop_table("endorsement_chains")
    with op.batch_alter_table("endorsement_acts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_endorsement_acts_idea_id"))

    op.drop_table("endorsement_acts")
    with op.batch_alter_table("paper_scans", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_scans_idea_id"))

    op.drop_table("paper_scans")
    with op.batch_alter_table("paper_proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_proposals_event_id"))

    op.drop_table("paper_proposals")
    with op.batch_alter_table("endorsement_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_endorsement_letters_idea_id"))

    op.drop_table("endorsement_letters")
    op.drop_table("endorsement_rules")
    with op.batch_alter_table("unit_coordinators", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_unit_coordinators_active",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_unit_coordinators_user_id"))

    op.drop_table("unit_coordinators")
