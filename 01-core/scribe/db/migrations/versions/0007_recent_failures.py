"""What went wrong lately, found without a look at every job there ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_jobs_failed", "jobs", ["finished_at"], postgresql_where=sa.text("status = 'FAILED'"))


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_jobs_failed", table_name="jobs")
