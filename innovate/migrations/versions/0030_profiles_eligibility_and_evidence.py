"""Profiles of innovations, eligibility rules, and evidence of criteria"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_MEANINGS = (
    "expansion",
    "trial_start",
    "use_start",
    "origin",
    "initiator",
    "form",
    "nature",
    "stage",
    "sector",
    "related_sectors",
    "sdg",
    "theme",
)
_RULES = (
    "minimum_age",
    "maximum_age",
    "former_winner",
    "letters",
    "same_title",
    "minimum_words",
    "asn_only",
)
# What the fields of our templates always meant; each key was used with one type of field only.
_KNOWN = {
    "kepanjangan": ("expansion", "short"),
    "mulai_uji_coba": ("trial_start", "date"),
    "mulai_penerapan": ("use_start", "date"),
    "mulai_implementasi": ("use_start", "date"),
    "asal": ("origin", "choice"),
}
fields = sa.table(
    "form_fields",
    sa.column("id", sa.Integer),
    sa.column("event_id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("kind", sa.String),
    sa.column("meaning", sa.String),
)
criteria = sa.table(
    "criteria",
    sa.column("id", sa.Integer),
    sa.column("rubric_id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("key", sa.String),
)


def upgrade():
    op.create_table(
        "eligibility_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*_RULES, name="rulekind", native_enum=False, length=24), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("blocks", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_eligibility_rules_event_id_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_rules")),
        sa.UniqueConstraint("event_id", "kind", name=op.f("uq_eligibility_rules_event_id_kind")),
    )
    with op.batch_alter_table("form_fields", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "meaning",
                sa.Enum(*_MEANINGS, name="meaning", native_enum=False, length=24),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("criterion", sa.String(length=60), server_default="", nullable=False))
        batch_op.add_column(sa.Column("proves", sa.String(length=40), server_default="", nullable=False))
    with op.batch_alter_table("criteria", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key", sa.String(length=60), server_default="", nullable=False))
    with op.batch_alter_table("idea_revisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("eligibility", sa.JSON(none_as_null=True), nullable=True))
    for key, (meaning, kind) in _KNOWN.items():
        of_key = (fields.c.key == key) & (fields.c.kind == kind)
        op.execute(sa.update(fields).where(of_key).values(meaning=meaning))
    with op.batch_alter_table("form_fields", schema=None) as batch_op:
        batch_op.create_index(
            "uq_form_fields_meaning",
            ["event_id", "meaning"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
    _give_keys(op.get_bind())


def _give_keys(bind):
    """Every criterion gets the key its name makes; the same in every version and round."""
    taken = {}
    for key, rubric, name in bind.execute(
        sa.select(criteria.c.id, criteria.c.rubric_id, criteria.c.name).order_by(criteria.c.id)
    ).all():
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:56].strip("-") or "kriteria"
        used = taken.setdefault(rubric, set())
        number = 1
        while (own := slug if number == 1 else f"{slug}-{number}") in used:
            number += 1
        used.add(own)
        bind.execute(sa.update(criteria).where(criteria.c.id == key).values(key=own))


def downgrade():
    with op.batch_alter_table("idea_revisions", schema=None) as batch_op:
        batch_op.drop_column("eligibility")
    with op.batch_alter_table("criteria", schema=None) as batch_op:
        batch_op.drop_column("key")
    with op.batch_alter_table("form_fields", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_form_fields_meaning",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.drop_column("proves")
        batch_op.drop_column("criterion")
        batch_op.drop_column("meaning")
    op.drop_table("eligibility_rules")
