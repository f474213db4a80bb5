"""The chair's sign-off, announcing at a set time, objections with their window, special prizes"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("announce_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("announce_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("objection_days", sa.Integer(), nullable=False, server_default="3"))
        batch_op.add_column(sa.Column("objections_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_boards_announce_by_id_users"), "users", ["announce_by_id"], ["id"]
        )
    op.create_table(
        "board_sign_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        *_keys("board_sign_offs", board_id="boards", snapshot_id="snapshots", user_id="users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_sign_offs")),
    )
    op.create_index(op.f("ix_board_sign_offs_board_id"), "board_sign_offs", ["board_id"])
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("filed_by_id", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("storage_key", sa.String(length=200), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("accepted", "partly", "rejected", name="outcome", native_enum=False, length=24),
            nullable=True,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        *_keys(
            "objections",
            event_id="events",
            board_id="boards",
            snapshot_id="snapshots",
            idea_id="ideas",
            filed_by_id="users",
            answered_by_id="users",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_objections_event_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_objections_public_id")),
    )
    op.create_index(op.f("ix_objections_board_id"), "objections", ["board_id"])
    op.create_index("ix_objections_idea_id_board_id", "objections", ["idea_id", "board_id"])
    op.create_table(
        "special_awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("board_id", sa.Integer(), nullable=False),
        sa.Column("prize_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        *_keys(
            "special_awards",
            board_id="boards",
            prize_id="prizes",
            idea_id="ideas",
            given_by_id="users",
            revoked_by_id="users",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_special_awards")),
        sa.UniqueConstraint("public_id", name=op.f("uq_special_awards_public_id")),
    )
    op.create_index(op.f("ix_special_awards_board_id"), "special_awards", ["board_id"])


def _keys(table, **columns):
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))
        for column, target in columns.items()
    ]


def downgrade():
    op.drop_table("special_awards")
    op.drop_table("objections")
    op.drop_table("board_sign_offs")
    # What the older product does not know of: signed off is frozen there.
    op.execute("UPDATE boards SET state = 'frozen' WHERE state = 'signed'")
    op.execute("UPDATE board_changes SET before = 'frozen' WHERE before = 'signed'")
    op.execute("UPDATE board_changes SET after = 'frozen' WHERE after = 'signed'")
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_boards_announce_by_id_users"), type_="foreignkey")
        batch_op.drop_column("objections_until")
        batch_op.drop_column("objection_days")
        batch_op.drop_column("announce_by_id")
        batch_op.drop_column("announce_at")
