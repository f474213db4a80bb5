"""Fingerprints of entries and the pairs that are alike"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "shared_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("ideas", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_shared_texts_event_id_events")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_texts")),
    )
    with op.batch_alter_table("shared_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_texts_event_id"), ["event_id"], unique=False)

    op.create_table(
        "idea_fingerprints",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_idea_fingerprints_idea_id_ideas")),
        sa.PrimaryKeyConstraint("hash", "idea_id", name=op.f("pk_idea_fingerprints")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idea_fingerprint_sets",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["idea_id"], ["ideas.id"], name=op.f("fk_idea_fingerprint_sets_idea_id_ideas")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["idea_revisions.id"],
            name=op.f("fk_idea_fingerprint_sets_revision_id_idea_revisions"),
        ),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_fingerprint_sets")),
    )
    with op.batch_alter_table("idea_fingerprint_sets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_idea_fingerprint_sets_compared_at"), ["compared_at"], unique=False
        )

    op.create_table(
        "similar_pairs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("first_revision_id", sa.Integer(), nullable=False),
        sa.Column("second_revision_id", sa.Integer(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("containment", sa.Float(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["first_id"], ["ideas.id"], name=op.f("fk_similar_pairs_first_id_ideas")),
        sa.ForeignKeyConstraint(
            ["first_revision_id"],
            ["idea_revisions.id"],
            name=op.f("fk_similar_pairs_first_revision_id_idea_revisions"),
        ),
        sa.ForeignKeyConstraint(["second_id"], ["ideas.id"], name=op.f("fk_similar_pairs_second_id_ideas")),
        sa.ForeignKeyConstraint(
            ["second_revision_id"],
            ["idea_revisions.id"],
            name=op.f("fk_similar_pairs_second_revision_id_idea_revisions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similar_pairs")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_similar_pairs_first_id_second_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_similar_pairs_public_id")),
    )
    with op.batch_alter_table("similar_pairs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_similar_pairs_second_id"), ["second_id"], unique=False)

    op.create_table(
        "similar_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pair_id", sa.Integer(), nullable=False),
        sa.Column("first_revision_id", sa.Integer(), nullable=False),
        sa.Column("second_revision_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_similar_notes_by_id_users")),
        sa.ForeignKeyConstraint(
            ["first_revision_id"],
            ["idea_revisions.id"],
            name=op.f("fk_similar_notes_first_revision_id_idea_revisions"),
        ),
        sa.ForeignKeyConstraint(
            ["pair_id"], ["similar_pairs.id"], name=op.f("fk_similar_notes_pair_id_similar_pairs")
        ),
        sa.ForeignKeyConstraint(
            ["second_revision_id"],
            ["idea_revisions.id"],
            name=op.f("fk_similar_notes_second_revision_id_idea_revisions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similar_notes")),
    )
    with op.batch_alter_table("similar_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_similar_notes_pair_id"), ["pair_id"], unique=False)


def downgrade():
    with op.batch_alter_table("similar_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_similar_notes_pair_id"))

    op.drop_table("similar_notes")
    with op.batch_alter_table("similar_pairs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_similar_pairs_second_id"))

    op.drop_table("similar_pairs")
    with op.batch_alter_table("idea_fingerprint_sets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idea_fingerprint_sets_compared_at"))

    op.drop_table("idea_fingerprint_sets")
    op.drop_table("idea_fingerprints")
    with op.batch_alter_table("shared_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_texts_event_id"))

    op.drop_table("shared_texts")
