"""Which engines and models the workers have."""
