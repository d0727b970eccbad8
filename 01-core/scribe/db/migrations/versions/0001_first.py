"""The first tables: users, sessions, meetings, jobs and the full-text index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The servers that carry no contrib modules have no unaccent; this folds the same letters on every server.
FOLD = """
CREATE FUNCTION scribe_fold(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN replace(replace(replace(replace(replace(translate(
    regexp_replace(normalize(lower(value), NFKD), '[\u0300-\u036f]', '', 'g'),
    'øłđħıŧ', 'oldhit'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'), 'þ', 'th'), 'ð', 'd')
"""


def _timestamps() -> list[sa.Column[object]]:
    return [
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    ]


def upgrade() -> None:
    """Apply."""
    op.execute(FOLD)
    _create_users()
    _create_refresh_sessions()
    _create_meetings()
    _create_jobs()
    _create_segments()
    _create_deletions()


def _create_users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_timestamps(),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sa.CheckConstraint("email = lower(email)", name="ck_users_email_lower"),
        sa.CheckConstraint("role in ('admin', 'user')", name="ck_users_role"),
    )


def _create_refresh_sessions() -> None:
    op.create_table(
        "refresh_sessions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("user_agent", sa.String(400), nullable=False),
        *_timestamps(),
        sa.UniqueConstraint("token_hash", name="uq_refresh_sessions_token_hash"),
    )
    op.create_index("ix_refresh_sessions_user_id", "refresh_sessions", ["user_id"])
    op.create_index("ix_refresh_sessions_family_id", "refresh_sessions", ["family_id"])


def _create_meetings() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("owner_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("filename", sa.String(1024), nullable=False),
        sa.Column("source_key", sa.String(1024), nullable=False),
        sa.Column("content_type", sa.String(100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("duration", sa.Float()),
        sa.Column("format", sa.String(100)),
        sa.Column("codec", sa.String(50)),
        sa.Column("bitrate", sa.BigInteger()),
        sa.Column("sample_rate", sa.Integer()),
        sa.Column("channels", sa.Integer()),
        sa.Column("has_video", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("speakers", sa.Integer()),
        sa.Column("options", postgresql.JSONB(), nullable=False),
        sa.Column("revision", sa.Integer()),
        sa.Column("spoken_language", sa.String(35)),
        sa.Column("warnings", postgresql.JSONB(), nullable=False),
        sa.Column("error_code", sa.String(64)),
        sa.Column("error_message", sa.String(2000)),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        *_timestamps(),
        sa.CheckConstraint(
            "status in ('UPLOADING','PENDING','PROCESSING','COMPLETED','FAILED','CANCELLED')",
            name="ck_meetings_status",
        ),
    )
    newest = [sa.text("created_at DESC"), sa.text("id DESC")]
    op.create_index("ix_meetings_owner_newest", "meetings", ["owner_id", *newest])
    op.create_index("ix_meetings_newest", "meetings", newest)


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("queue", sa.String(32), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), sa.ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("rung_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("lease_owner", sa.String(128)),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("worker", sa.String(128)),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("stage", sa.String(32)),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("error_code", sa.String(64)),
        sa.Column("error_detail", sa.String(8000)),
        sa.Column("timings", postgresql.JSONB(), nullable=False),
        sa.Column("correlation_id", sa.String(64)),
        *_timestamps(),
        sa.CheckConstraint(
            "status in ('QUEUED','RUNNING','DONE','FAILED','CANCELLED')", name="ck_jobs_status"
        ),
        sa.CheckConstraint(
            "(status = 'RUNNING') = (lease_owner is not null)", name="ck_jobs_lease_while_running"
        ),
    )
    queued, running = sa.text("status = 'QUEUED'"), sa.text("status = 'RUNNING'")
    either = sa.text("status in ('QUEUED','RUNNING')")
    op.create_index("ix_jobs_meeting_id", "jobs", ["meeting_id"])
    op.create_index("ix_jobs_queued", "jobs", ["queue", "not_before"], postgresql_where=queued)
    op.create_index("ix_jobs_running", "jobs", ["lease_until"], postgresql_where=running)
    op.create_index(
        "uq_jobs_one_open_a_meeting", "jobs", ["meeting_id", "kind"], unique=True, postgresql_where=either
    )


def _create_segments() -> None:
    op.create_table(
        "segments",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), primary_key=True),
        sa.Column("meeting_id", sa.Uuid(), sa.ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("speaker", sa.String(200)),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed("to_tsvector('simple', scribe_fold(text))", persisted=True),
            nullable=False,
        ),
    )
    op.create_index("uq_segments_position", "segments", ["meeting_id", "position"], unique=True)
    op.create_index("ix_segments_search", "segments", ["search"], postgresql_using="gin")


def _create_deletions() -> None:
    op.create_table(
        "deletions",
        sa.Column("prefix", sa.String(1024), primary_key=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        *_timestamps(),
    )
    op.create_index("ix_deletions_not_before", "deletions", ["not_before"])


def downgrade() -> None:
    """Take back."""
    for table in ("deletions", "segments", "jobs", "meetings", "refresh_sessions", "users"):
        op.drop_table(table)
    op.execute("DROP FUNCTION scribe_fold(text)")
