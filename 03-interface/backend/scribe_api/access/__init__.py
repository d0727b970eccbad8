"""Who calls, and what they may touch: every endpoint asks here, and nowhere else."""
