"""Resumable uploads."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("projects.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_by", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE")),
        sa.Column("family_id", sa.Uuid()),
        sa.Column("api_key_id", sa.Uuid(), sa.ForeignKey("api_keys.id", ondelete="CASCADE")),
        sa.Column("meeting_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("filename", sa.String(1024), nullable=False),
        sa.Column("fields", postgresql.JSONB(), nullable=False),
        sa.Column("announced", sa.Text()),
        sa.Column("pieces", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("key", sa.String(1024), nullable=False),
        sa.Column("content_type", sa.String(100)),
        sa.Column("length", sa.BigInteger()),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("part_size", sa.BigInteger(), nullable=False),
        sa.Column("storage_id", sa.String(1024)),
        sa.Column("tail_key", sa.String(1024)),
        sa.Column("sha256", sa.String(64)),
        sa.Column("duplicates", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(64)),
        sa.Column("error_message", sa.String(2000)),
        sa.Column("lease_owner", sa.Uuid()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
            for name in ("created_at", "updated_at")
        ),
        sa.CheckConstraint("kind in ('whole','partial','final')", name="kind"),
        sa.CheckConstraint("state in ('OPEN','RECEIVED','DONE','FAILED','EXPIRED')", name="state"),
        sa.CheckConstraint("received >= 0 and received <= length", name="received"),
    )
    for column in ("expires_at", "project_id", "created_by", "api_key_id"):
        op.create_index(f"ix_uploads_{column}", "uploads", [column])
    op.create_index(
        "ix_uploads_received", "uploads", ["lease_until"], postgresql_where=sa.text("state = 'RECEIVED'")
    )
    op.create_table(
        "upload_parts",
        sa.Column("upload_id", sa.Uuid(), sa.ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("etag", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("upload_parts")
    op.drop_table("uploads")
