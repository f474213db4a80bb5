"""How rounds are ranked, decisions about ties, and how sure a frozen ranking is"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

HOUSE_ORDER = ["heaviest_criterion", "next_criterion", "count_back", "later_round", "plenary", "shared"]

SNAPSHOT = ("rules", "fits", "notes", "criteria")
REAL = ("se", "low", "high", "p_top")
WHOLE = ("raw_rank", "rank_low", "rank_high", "near_low", "near_high")


def upgrade():
    method = sa.Enum("fair", "fair-spread", "raw", name="method", native_enum=False, length=24)
    op.create_table(
        "round_rules",
        sa.Column("round_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("method", method, nullable=False),
        sa.Column("tie_order", sa.JSON(), nullable=False),
        sa.Column("minimum_ballots", sa.Integer(), nullable=False),
        sa.Column("passing", sa.Float(), nullable=True),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_round_rules_round_id_rounds"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_round_rules")),
    )
    op.create_table(
        "tie_rulings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name=op.f("fk_tie_rulings_round_id_rounds")),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name=op.f("fk_tie_rulings_made_by_id_users")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["users.id"], name=op.f("fk_tie_rulings_withdrawn_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_rulings")),
    )
    with op.batch_alter_table("tie_rulings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_rulings_round_id"), ["round_id"], unique=False)
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        for name in SNAPSHOT:
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("seed", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("top", sa.Integer(), nullable=True))
    with op.batch_alter_table("standing_rows", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pool", sa.Integer(), nullable=False, server_default="0"))
        for name in REAL:
            batch_op.add_column(sa.Column(name, sa.Float(), nullable=True))
        for name in WHOLE:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("passed", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("tie", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("working", sa.JSON(), nullable=True))
    _begin_with_house_rules()


def _begin_with_house_rules():
    """Rounds of events where nothing has been scored yet get the house rules; the others keep the plain mean."""
    connection = op.get_bind()
    scored = "SELECT other.event_id FROM ballots JOIN rounds AS other ON other.id = ballots.round_id"
    begun = "SELECT boards.round_id FROM boards WHERE boards.state <> 'collecting'"
    rounds = connection.execute(
        sa.text(
            "SELECT rounds.id, COALESCE(boards.minimum_ballots, 1) FROM rounds "
            "LEFT JOIN boards ON boards.round_id = rounds.id "
            f"WHERE rounds.event_id NOT IN ({scored}) AND rounds.id NOT IN ({begun})"
        )
    ).all()
    table = sa.table(
        "round_rules",
        *(sa.column(name) for name in ("round_id", "method", "minimum_ballots")),
        sa.column("tie_order", sa.JSON()),
        sa.column("joint", sa.Boolean()),
    )
    for round_id, minimum in rounds:
        connection.execute(
            table.insert().values(
                round_id=round_id, method="fair", tie_order=HOUSE_ORDER, minimum_ballots=minimum, joint=False
            )
        )


def downgrade():
    with op.batch_alter_table("standing_rows", schema=None) as batch_op:
        for name in ("working", "tie", "passed", *WHOLE, *REAL, "pool"):
            batch_op.drop_column(name)
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        for name in ("top", "seed", *SNAPSHOT):
            batch_op.drop_column(name)
    op.drop_table("tie_rulings")
    op.drop_table("round_rules")
