"""Proofs of results: keys, checkpoints, frozen ballots, bundles"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "audit_checkpoints",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("frontier", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_checkpoints")),
        sa.UniqueConstraint("size", name=op.f("uq_audit_checkpoints_size")),
    )
    op.create_table(
        "signing_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
        sa.UniqueConstraint("key_id", name=op.f("uq_signing_keys_key_id")),
        sa.UniqueConstraint("public", name=op.f("uq_signing_keys_public")),
    )
    op.create_table(
        "leaf_secrets",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_leaf_secrets_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_leaf_secrets")),
    )
    op.create_table(
        "frozen_results",
        sa.Column("snapshot_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("jurors", sa.Integer(), nullable=False),
        sa.Column("checkpoint", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_frozen_results_snapshot_id_snapshots")
        ),
        sa.PrimaryKeyConstraint("snapshot_id", name=op.f("pk_frozen_results")),
    )
    op.create_table(
        "result_bundles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column(
            "publication",
            sa.Enum("full", "summary", name="publication", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("checkpoint", sa.Integer(), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_result_bundles_snapshot_id_snapshots")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_bundles")),
        sa.UniqueConstraint(
            "snapshot_id",
            "publication",
            "checkpoint",
            name=op.f("uq_result_bundles_snapshot_id_publication_checkpoint"),
        ),
    )
    with op.batch_alter_table("result_bundles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_result_bundles_snapshot_id"), ["snapshot_id"], unique=False)

    with op.batch_alter_table("ballot_receipts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leaf", sa.String(length=64), nullable=True))

    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "publication",
                sa.Enum("full", "summary", name="publication", native_enum=False, length=24),
                nullable=True,
            )
        )


def downgrade():
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.drop_column("publication")

    with op.batch_alter_table("ballot_receipts", schema=None) as batch_op:
        batch_op.drop_column("leaf")

    with op.batch_alter_table("result_bundles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_bundles_snapshot_id"))

    op.drop_table("result_bundles")
    op.drop_table("frozen_results")
    op.drop_table("leaf_secrets")
    op.drop_table("signing_keys")
    op.drop_table("audit_checkpoints")
