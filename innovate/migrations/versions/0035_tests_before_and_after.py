"""Tests before and after"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "quiz_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_quiz_questions_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_quiz_questions_created_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_questions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quiz_questions_public_id")),
    )
    with op.batch_alter_table("quiz_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_questions_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "quiz_question_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single", "multiple", "scale", "short", name="questionkind", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["users.id"], name=op.f("fk_quiz_question_versions_created_by_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["quiz_questions.id"],
            name=op.f("fk_quiz_question_versions_question_id_quiz_questions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_question_versions")),
        sa.UniqueConstraint(
            "question_id", "number", name=op.f("uq_quiz_question_versions_question_id_number")
        ),
    )
    op.create_table(
        "quizzes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column(
            "moment", sa.Enum("pre", "post", name="moment", native_enum=False, length=24), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum("draft", "published", name="quizstate", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("shuffles", sa.Boolean(), nullable=False),
        sa.Column("draws", sa.JSON(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_quizzes_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_quizzes_created_by_id_users")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["learning_sessions.id"], name=op.f("fk_quizzes_session_id_learning_sessions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quizzes_public_id")),
    )
    with op.batch_alter_table("quizzes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quizzes_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(
            "uq_quizzes_session",
            ["session_id", "moment"],
            unique=True,
            sqlite_where=sa.text("session_id IS NOT NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("session_id IS NOT NULL AND removed_at IS NULL"),
        )
        batch_op.create_index(
            "uq_quizzes_whole",
            ["activity_id", "moment"],
            unique=True,
            sqlite_where=sa.text("session_id IS NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("session_id IS NULL AND removed_at IS NULL"),
        )

    op.create_table(
        "quiz_items",
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["quiz_questions.id"], name=op.f("fk_quiz_items_question_id_quiz_questions")
        ),
        sa.ForeignKeyConstraint(["quiz_id"], ["quizzes.id"], name=op.f("fk_quiz_items_quiz_id_quizzes")),
        sa.PrimaryKeyConstraint("quiz_id", "question_id", name=op.f("pk_quiz_items")),
    )
    with op.batch_alter_table("quiz_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_items_question_id"), ["question_id"], unique=False)

    op.create_table(
        "quiz_sheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("num", sa.Integer(), nullable=False),
        sa.Column("den", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["quiz_id"], ["quizzes.id"], name=op.f("fk_quiz_sheets_quiz_id_quizzes")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_quiz_sheets_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_quiz_sheets_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_sheets")),
        sa.UniqueConstraint("public_id", name=op.f("uq_quiz_sheets_public_id")),
        sa.UniqueConstraint(
            "quiz_id", "user_id", "attempt", name=op.f("uq_quiz_sheets_quiz_id_user_id_attempt")
        ),
    )
    with op.batch_alter_table("quiz_sheets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_sheets_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_quiz_sheets_user_id"), ["user_id"], unique=False)

    op.create_table(
        "quiz_answers",
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("given", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("late", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("late_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["quiz_sheets.id"], name=op.f("fk_quiz_answers_sheet_id_quiz_sheets")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["quiz_question_versions.id"],
            name=op.f("fk_quiz_answers_version_id_quiz_question_versions"),
        ),
        sa.PrimaryKeyConstraint("sheet_id", "position", name=op.f("pk_quiz_answers")),
    )
    with op.batch_alter_table("quiz_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_answers_version_id"), ["version_id"], unique=False)


def downgrade():
    with op.batch_alter_table("quiz_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_answers_version_id"))

    op.drop_table("quiz_answers")
    with op.batch_alter_table("quiz_sheets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_sheets_user_id"))
        batch_op.drop_index(batch_op.f("ix_quiz_sheets_unit_id"))

    op.drop_table("quiz_sheets")
    with op.batch_alter_table("quiz_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_items_question_id"))

    op.drop_table("quiz_items")
    with op.batch_alter_table("quizzes", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_quizzes_whole",
            sqlite_where=sa.text("session_id IS NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("session_id IS NULL AND removed_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_quizzes_session",
            sqlite_where=sa.text("session_id IS NOT NULL AND removed_at IS NULL"),
            postgresql_where=sa.text("session_id IS NOT NULL AND removed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_quizzes_activity_id"))

    op.drop_table("quizzes")
    op.drop_table("quiz_question_versions")
    with op.batch_alter_table("quiz_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_questions_activity_id"))

    op.drop_table("quiz_questions")
