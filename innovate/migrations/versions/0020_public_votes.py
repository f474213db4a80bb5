"""Votes of the public: what stands, who asked, what was chosen, what was voided"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("group_code", sa.String(length=20), nullable=False),
        sa.Column("track_code", sa.String(length=40), nullable=False),
        sa.Column(
            "pool",
            sa.Enum("all", "finalists", "chosen", name="pool", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("cap", sa.Integer(), nullable=False),
        sa.Column("winners", sa.Integer(), nullable=False),
        sa.Column("excludes_winners", sa.Boolean(), nullable=False),
        sa.Column("excludes_specials", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "open", "counted", name="pollstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_by_id", sa.Integer(), nullable=True),
        sa.Column("tie_reason", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["counted_by_id"], ["users.id"], name=op.f("fk_polls_counted_by_id_users")),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_polls_created_by_id_users")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_polls_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sa.UniqueConstraint("public_id", name=op.f("uq_polls_public_id")),
    )
    op.create_index(op.f("ix_polls_event_id"), "polls", ["event_id"])

    op.create_table(
        "vote_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("domain", sa.String(length=254), nullable=False),
        sa.Column("stem", sa.String(length=64), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_vote_requests_poll_id_polls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_requests")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_vote_requests_token_hash")),
    )
    op.create_index("ix_vote_requests_network", "vote_requests", ["poll_id", "network", "at"])

    op.create_table(
        "vote_voids",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lifted_by_id"], ["users.id"], name=op.f("fk_vote_voids_lifted_by_id_users")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_vote_voids_made_by_id_users")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_vote_voids_poll_id_polls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_voids")),
        sa.UniqueConstraint("public_id", name=op.f("uq_vote_voids_public_id")),
    )
    op.create_index(op.f("ix_vote_voids_poll_id"), "vote_voids", ["poll_id"])

    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("domain", sa.String(length=254), nullable=False),
        sa.Column("stem", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_votes_poll_id_polls")),
        sa.ForeignKeyConstraint(["void_id"], ["vote_voids.id"], name=op.f("fk_votes_void_id_vote_voids")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_votes")),
        sa.UniqueConstraint("poll_id", "voter", name=op.f("uq_votes_poll_id_voter")),
        sa.UniqueConstraint("public_id", name=op.f("uq_votes_public_id")),
    )
    op.create_index("ix_votes_poll_at", "votes", ["poll_id", "confirmed_at"])
    op.create_index(op.f("ix_votes_void_id"), "votes", ["void_id"])

    op.create_table(
        "poll_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_poll_entries_idea_id_ideas")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_entries_poll_id_polls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_entries")),
        sa.UniqueConstraint("poll_id", "idea_id", name=op.f("uq_poll_entries_poll_id_idea_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_poll_entries_public_id")),
    )
    op.create_index(op.f("ix_poll_entries_idea_id"), "poll_entries", ["idea_id"])

    op.create_table(
        "poll_winners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_poll_winners_idea_id_ideas")),
        sa.ForeignKeyConstraint(["poll_id"], ["polls.id"], name=op.f("fk_poll_winners_poll_id_polls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_winners")),
        sa.UniqueConstraint("poll_id", "idea_id", name=op.f("uq_poll_winners_poll_id_idea_id")),
    )
    op.create_index(op.f("ix_poll_winners_idea_id"), "poll_winners", ["idea_id"])
    op.create_index(op.f("ix_poll_winners_poll_id"), "poll_winners", ["poll_id"])

    op.create_table(
        "vote_choices",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["poll_entries.id"], name=op.f("fk_vote_choices_entry_id_poll_entries")
        ),
        sa.ForeignKeyConstraint(["vote_id"], ["votes.id"], name=op.f("fk_vote_choices_vote_id_votes")),
        sa.PrimaryKeyConstraint("vote_id", "entry_id", name=op.f("pk_vote_choices")),
    )
    op.create_index(op.f("ix_vote_choices_entry_id"), "vote_choices", ["entry_id"])


def downgrade():
    for table in (
        "vote_choices",
        "poll_winners",
        "poll_entries",
        "votes",
        "vote_voids",
        "vote_requests",
        "polls",
    ):
        op.drop_table(table)
