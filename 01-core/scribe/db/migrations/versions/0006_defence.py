"""What defends sign-in: counters of wrong passwords, and where a session was begun."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply; sessions that are open already began when their newest token was handed out."""
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
            for name in ("counted_at", "not_before")
        ),
    )
    op.create_index("ix_throttles_counted_at", "throttles", ["counted_at"])
    op.add_column("refresh_sessions", sa.Column("address", sa.String(64)))
    op.add_column(
        "refresh_sessions",
        sa.Column("began_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.execute("UPDATE refresh_sessions SET began_at = created_at")


def downgrade() -> None:
    """Take back."""
    op.drop_column("refresh_sessions", "began_at")
    op.drop_column("refresh_sessions", "address")
    op.drop_table("throttles")
