"""Revisions of transcripts: every transcript that is there gets its row."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Of earlier revisions nothing is known but that a worker wrote them, from 1 on without a gap.
FIRST_ROWS = """
INSERT INTO transcript_revisions
    (meeting_id, revision, created_at, actor, kind, last_segment_id, summary)
SELECT id, number, coalesce(completed_at, updated_at), 'machine', 'machine', 0, '{}'
FROM meetings CROSS JOIN generate_series(1, meetings.revision) AS number
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "transcript_revisions",
        sa.Column(
            "meeting_id", sa.Uuid(), sa.ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("revision", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("created_by", sa.Uuid(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("actor", sa.String(254), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("suffix", sa.String(32)),
        sa.Column("last_segment_id", sa.Integer(), nullable=False),
        sa.Column("restored_from", sa.Integer()),
        sa.Column("summary", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint("kind in ('machine', 'edit', 'replace', 'restore')", name="kind"),
    )
    op.create_index("ix_transcript_revisions_created_by", "transcript_revisions", ["created_by"])
    op.execute(FIRST_ROWS)


def downgrade() -> None:
    """Take back; what people edited stays only where a key without suffix holds it."""
    op.drop_table("transcript_revisions")
