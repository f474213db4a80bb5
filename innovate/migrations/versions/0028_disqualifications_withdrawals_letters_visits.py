"""Disqualifications, withdrawn awards, letters, visits"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "deadline_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_deadline_letters_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_deadline_letters_uploaded_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_letters")),
        sa.UniqueConstraint("public_id", name=op.f("uq_deadline_letters_public_id")),
    )
    with op.batch_alter_table("deadline_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_letters_event_id"), ["event_id"], unique=False)

    op.create_table(
        "visit_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("help", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_visit_items_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_items")),
        sa.UniqueConstraint("public_id", name=op.f("uq_visit_items_public_id")),
    )
    with op.batch_alter_table("visit_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_items_event_id"), ["event_id"], unique=False)

    op.create_table(
        "disqualifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "eligible",
                "ineligible",
                "withdrawn",
                "disqualified",
                name="ideastate",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_disqualifications_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_disqualifications_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["users.id"], name=op.f("fk_disqualifications_lifted_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disqualifications")),
    )
    with op.batch_alter_table("disqualifications", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disqualifications_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(
            "uq_disqualifications_standing",
            ["idea_id"],
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )

    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "finished", "cancelled", name="visitstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum("none", "note", "disqualify", name="visiteffect", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("jury_note", sa.Text(), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("planned_by_id", sa.Integer(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_visits_event_id_events")),
        sa.ForeignKeyConstraint(
            ["finished_by_id"], ["users.id"], name=op.f("fk_visits_finished_by_id_users")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_visits_idea_id_ideas")),
        sa.ForeignKeyConstraint(["planned_by_id"], ["users.id"], name=op.f("fk_visits_planned_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_visits_public_id")),
    )
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visits_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_visits_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "award_withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("award", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("team_name", sa.String(length=120), nullable=False),
        sa.Column(
            "succession",
            sa.Enum("vacant", "moves_up", name="succession", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("decree", sa.String(length=120), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("public_reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["board_id"], ["boards.id"], name=op.f("fk_award_withdrawals_board_id_boards")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_award_withdrawals_by_id_users")),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["users.id"], name=op.f("fk_award_withdrawals_ended_by_id_users")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_award_withdrawals_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_award_withdrawals_snapshot_id_snapshots")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_withdrawals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_award_withdrawals_public_id")),
    )
    with op.batch_alter_table("award_withdrawals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_award_withdrawals_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_award_withdrawals_idea_id"), ["idea_id"], unique=False)

    op.create_table(
        "visit_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_visit_changes_actor_id_users")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_changes_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_changes")),
    )
    with op.batch_alter_table("visit_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_changes_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visit_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("caption", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["users.id"], name=op.f("fk_visit_photos_uploaded_by_id_users")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visit_photos_visit_id_visits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_photos")),
        sa.UniqueConstraint("public_id", name=op.f("uq_visit_photos_public_id")),
    )
    with op.batch_alter_table("visit_photos", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_photos_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "visitors",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_visitors_user_id_users")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_visitors_visit_id_visits")),
        sa.PrimaryKeyConstraint("visit_id", "user_id", name=op.f("pk_visitors")),
    )
    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visitors_user_id"), ["user_id"], unique=False)

    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column("letter_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_extensions_letter_id_deadline_letters"), "deadline_letters", ["letter_id"], ["id"]
        )

    with op.batch_alter_table("phase_changes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number", sa.String(length=120), server_default="", nullable=False))
        batch_op.add_column(sa.Column("letter_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_phase_changes_letter_id_deadline_letters"),
            "deadline_letters",
            ["letter_id"],
            ["id"],
        )


def downgrade():
    with op.batch_alter_table("phase_changes", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_phase_changes_letter_id_deadline_letters"), type_="foreignkey"
        )
        batch_op.drop_column("letter_id")
        batch_op.drop_column("number")

    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_extensions_letter_id_deadline_letters"), type_="foreignkey")
        batch_op.drop_column("letter_id")
        batch_op.drop_column("number")

    with op.batch_alter_table("visitors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visitors_user_id"))

    op.drop_table("visitors")
    with op.batch_alter_table("visit_photos", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_photos_visit_id"))

    op.drop_table("visit_photos")
    with op.batch_alter_table("visit_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_changes_visit_id"))

    op.drop_table("visit_changes")
    with op.batch_alter_table("award_withdrawals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_withdrawals_idea_id"))
        batch_op.drop_index(batch_op.f("ix_award_withdrawals_board_id"))

    op.drop_table("award_withdrawals")
    with op.batch_alter_table("visits", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visits_idea_id"))
        batch_op.drop_index(batch_op.f("ix_visits_event_id"))

    op.drop_table("visits")
    with op.batch_alter_table("disqualifications", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_disqualifications_standing",
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_disqualifications_idea_id"))

    op.drop_table("disqualifications")
    with op.batch_alter_table("visit_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_items_event_id"))

    op.drop_table("visit_items")
    with op.batch_alter_table("deadline_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deadline_letters_event_id"))

    op.drop_table("deadline_letters")
