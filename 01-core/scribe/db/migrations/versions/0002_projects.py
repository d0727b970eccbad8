"""Projects, members, keys, limits, usage and the audit log; every meeting gets a project."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PERSONAL_PROJECTS = """
WITH made AS (
    INSERT INTO projects (id, name, description, personal_of, options, glossary)
    SELECT gen_random_uuid(), 'Personal', '', owner_id, '{}', '[]' FROM meetings GROUP BY owner_id
    RETURNING id, personal_of
)
INSERT INTO project_members (project_id, user_id, role) SELECT id, personal_of, 'owner' FROM made
"""
MOVE_MEETINGS = """
UPDATE meetings SET project_id = projects.id FROM projects WHERE projects.personal_of = meetings.owner_id
"""


ROLE_CHECK = "ck_users_ck_users_role"  # what the first migration really called it


def _timestamps() -> list[sa.Column[object]]:
    return [
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    ]


def _limits() -> list[sa.Column[object]]:
    return [
        sa.Column("max_bytes", sa.BigInteger()),
        sa.Column("max_minutes_month", sa.Integer()),
        sa.Column("max_jobs", sa.Integer()),
        sa.Column("max_upload_bytes", sa.BigInteger()),
        sa.Column("max_duration_s", sa.Integer()),
    ]


def _reference(name: str, target: str, ondelete: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), sa.ForeignKey(target, ondelete=ondelete), nullable=nullable)


def upgrade() -> None:
    """Apply."""
    _change_users()
    _create_projects()
    _create_members()
    _create_keys()
    _create_usage()
    _create_audit()
    _change_meetings()


def _change_users() -> None:
    op.drop_constraint(op.f(ROLE_CHECK), "users")
    op.execute("UPDATE users SET role = 'operator' WHERE role = 'user'")
    op.create_check_constraint("role", "users", "role in ('admin', 'operator', 'viewer')")
    for column in _limits():
        op.add_column("users", column)


def _create_projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("description", sa.String(2000), nullable=False),
        _reference("personal_of", "users.id", "CASCADE", nullable=True),
        sa.Column("language", sa.String(16)),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("glossary", postgresql.JSONB(), nullable=False),
        sa.Column("retention_days", sa.Integer()),
        *_limits(),
        *_timestamps(),
        sa.UniqueConstraint("personal_of", name="uq_projects_personal_of"),
        sa.CheckConstraint("retention_days > 0", name="retention_days"),
    )


def _create_members() -> None:
    op.create_table(
        "project_members",
        sa.Column(
            "project_id", sa.Uuid(), sa.ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
        *_timestamps(),
        sa.CheckConstraint("role in ('owner', 'editor', 'viewer')", name="role"),
    )
    op.create_index("ix_project_members_user_id", "project_members", ["user_id"])


def _create_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _reference("project_id", "projects.id", "CASCADE"),
        _reference("created_by", "users.id", "CASCADE"),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.String(16)), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        *_timestamps(),
        sa.UniqueConstraint("token_hash", name="uq_api_keys_token_hash"),
    )
    op.create_index("ix_api_keys_project_id", "api_keys", ["project_id"])
    op.create_index("ix_api_keys_created_by", "api_keys", ["created_by"])


def _create_usage() -> None:
    op.create_table(
        "usage",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        _reference("project_id", "projects.id", "CASCADE"),
        _reference("user_id", "users.id", "SET NULL", nullable=True),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        *_timestamps(),
    )
    included = ["seconds", "size"]
    op.create_index("ix_usage_project", "usage", ["project_id", "created_at"], postgresql_include=included)
    op.create_index("ix_usage_user", "usage", ["user_id", "created_at"], postgresql_include=included)


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("actor", sa.String(254), nullable=False),
        sa.Column("actor_id", sa.Uuid()),
        _reference("project_id", "projects.id", "SET NULL", nullable=True),
        sa.Column("subject", sa.String(100)),
        sa.Column("address", sa.String(64)),
        sa.Column("correlation_id", sa.String(64)),
        sa.Column("detail", postgresql.JSONB(), nullable=False),
    )
    op.create_index("ix_audit_project", "audit", ["project_id", "id"])
    op.create_index("ix_audit_actor", "audit", ["actor_id", "id"])


def _change_meetings() -> None:
    op.add_column("meetings", _reference("project_id", "projects.id", "RESTRICT", nullable=True))
    op.execute(PERSONAL_PROJECTS)
    op.execute(MOVE_MEETINGS)
    op.alter_column("meetings", "project_id", nullable=False)

    op.drop_index("ix_meetings_owner_newest", "meetings")
    op.alter_column("meetings", "owner_id", new_column_name="created_by", nullable=True)
    op.drop_constraint("fk_meetings_owner_id_users", "meetings")
    op.create_foreign_key(None, "meetings", "users", ["created_by"], ["id"], ondelete="SET NULL")

    op.add_column("meetings", _filled("tags", postgresql.ARRAY(sa.String(50)), "'{}'"))
    op.add_column("meetings", _filled("notes", sa.String(20_000), "''"))
    op.add_column("meetings", _filled("speaker_names", postgresql.ARRAY(sa.String(200)), "'{}'"))
    for name in ("tags", "notes", "speaker_names"):
        op.alter_column("meetings", name, server_default=None)
    op.add_column("meetings", sa.Column("retention_days", sa.Integer()))
    op.add_column("meetings", sa.Column("sha256", sa.String(64)))
    op.add_column("meetings", sa.Column("processing_seconds", sa.Float()))
    op.create_check_constraint("retention_days", "meetings", "retention_days >= 0")

    newest: list[Any] = ["project_id", sa.text("created_at DESC"), sa.text("id DESC")]
    op.create_index("ix_meetings_project_newest", "meetings", newest)
    op.create_index("ix_meetings_sha256", "meetings", ["project_id", "sha256"])
    op.create_index("ix_meetings_created_by", "meetings", ["created_by"])
    op.create_index(
        "ix_meetings_totals",
        "meetings",
        ["project_id", "status"],
        postgresql_include=["duration", "size", "processing_seconds"],
    )
    op.create_index("ix_meetings_tags", "meetings", ["tags"], postgresql_using="gin")
    op.create_index("ix_meetings_speaker_names", "meetings", ["speaker_names"], postgresql_using="gin")


def _filled(name: str, kind: sa.types.TypeEngine[Any], value: str) -> sa.Column[object]:
    return sa.Column(name, kind, server_default=sa.text(value), nullable=False)


def downgrade() -> None:
    """Take back; meetings whose uploader is gone go to nobody and would be lost, so they are refused."""
    op.alter_column("meetings", "created_by", new_column_name="owner_id", nullable=False)
    op.drop_constraint("fk_meetings_created_by_users", "meetings")
    op.create_foreign_key(
        "fk_meetings_owner_id_users", "meetings", "users", ["owner_id"], ["id"], ondelete="RESTRICT"
    )
    for name in ("project_newest", "sha256", "created_by", "totals", "tags", "speaker_names"):
        op.drop_index(f"ix_meetings_{name}", "meetings")
    for name in ("project_id", "tags", "notes", "speaker_names", "retention_days", "sha256"):
        op.drop_column("meetings", name)
    op.drop_column("meetings", "processing_seconds")
    newest: list[Any] = ["owner_id", sa.text("created_at DESC"), sa.text("id DESC")]
    op.create_index("ix_meetings_owner_newest", "meetings", newest)
    for table in ("audit", "usage", "api_keys", "project_members", "projects"):
        op.drop_table(table)
    op.drop_constraint(op.f("ck_users_role"), "users")
    op.execute("UPDATE users SET role = 'user' WHERE role <> 'admin'")
    op.create_check_constraint(op.f(ROLE_CHECK), "users", "role in ('admin', 'user')")
    for column in _limits():
        op.drop_column("users", column.name)
