"""Pacts, dismissals, clashes, mentors of teams, blind rounds"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "pact_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_en", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_pact_texts_created_by_id_users")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_pact_texts_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pact_texts")),
        sa.UniqueConstraint("event_id", "version", name=op.f("uq_pact_texts_event_id_version")),
    )
    with op.batch_alter_table("pact_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pact_texts_event_id"), ["event_id"], unique=False)

    op.create_table(
        "pact_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("position", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_pact_signatures_round_id_rounds")),
        sa.ForeignKeyConstraint(
            ["text_id"], ["pact_texts.id"], name=op.f("fk_pact_signatures_text_id_pact_texts")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_pact_signatures_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pact_signatures")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pact_signatures_public_id")),
        sa.UniqueConstraint("round_id", "user_id", name=op.f("uq_pact_signatures_round_id_user_id")),
    )
    with op.batch_alter_table("pact_signatures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pact_signatures_user_id"), ["user_id"], unique=False)

    op.create_table(
        "team_mentors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["users.id"], name=op.f("fk_team_mentors_ended_by_id_users")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_team_mentors_event_id_events")),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["users.id"], name=op.f("fk_team_mentors_named_by_id_users")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_mentors_team_id_teams")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_team_mentors_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_mentors")),
        sa.UniqueConstraint("public_id", name=op.f("uq_team_mentors_public_id")),
    )
    with op.batch_alter_table("team_mentors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_mentors_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_team_mentors_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_team_mentors_active",
            ["team_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "dismissals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "team",
                "mentor",
                "own_unit",
                "superior_unit",
                "subordinate_unit",
                "declared",
                "abstained",
                name="reason",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.String(length=60), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_reason", sa.Text(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_reason", sa.Text(), nullable=False),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["users.id"], name=op.f("fk_dismissals_confirmed_by_id_users")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["users.id"], name=op.f("fk_dismissals_ended_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_dismissals_event_id_events")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_dismissals_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["users.id"], name=op.f("fk_dismissals_proposed_by_id_users")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_dismissals_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_dismissals_public_id")),
    )
    with op.batch_alter_table("dismissals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dismissals_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dismissals_user_id"), ["user_id"], unique=False)
        batch_op.create_index(
            "uq_dismissals_standing",
            ["idea_id", "user_id", "reason", "basis"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "clashes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "team",
                "mentor",
                "own_unit",
                "superior_unit",
                "subordinate_unit",
                "declared",
                "abstained",
                name="reason",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("kept", "excluded", "restored", name="outcome", native_enum=False, length=24),
            nullable=True,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_clashes_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_clashes_event_id_events")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["users.id"], name=op.f("fk_clashes_settled_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clashes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clashes_public_id")),
    )
    with op.batch_alter_table("clashes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clashes_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clashes_event_id"), ["event_id"], unique=False)

    op.create_table(
        "leak_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("asked", "accepted", name="leakanswer", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_leak_reviews_by_id_users")),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_leak_reviews_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["idea_revisions.id"], name=op.f("fk_leak_reviews_revision_id_idea_revisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leak_reviews")),
    )
    with op.batch_alter_table("leak_reviews", schema=None) as batch_op:
        batch_op.create_index("ix_leak_reviews_idea", ["idea_id", "revision_id"], unique=False)

    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_blind", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("chair_sees", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    with op.batch_alter_table("rounds", schema=None) as batch_op:
        batch_op.drop_column("chair_sees")
        batch_op.drop_column("is_blind")

    with op.batch_alter_table("leak_reviews", schema=None) as batch_op:
        batch_op.drop_index("ix_leak_reviews_idea")

    op.drop_table("leak_reviews")
    with op.batch_alter_table("clashes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clashes_event_id"))
        batch_op.drop_index(batch_op.f("ix_clashes_assignment_id"))

    op.drop_table("clashes")
    with op.batch_alter_table("dismissals", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_dismissals_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_dismissals_user_id"))
        batch_op.drop_index(batch_op.f("ix_dismissals_event_id"))

    op.drop_table("dismissals")
    with op.batch_alter_table("team_mentors", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_team_mentors_active",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_team_mentors_user_id"))
        batch_op.drop_index(batch_op.f("ix_team_mentors_event_id"))

    op.drop_table("team_mentors")
    with op.batch_alter_table("pact_signatures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pact_signatures_user_id"))

    op.drop_table("pact_signatures")
    with op.batch_alter_table("pact_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pact_texts_event_id"))

    op.drop_table("pact_texts")
