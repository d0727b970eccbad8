"""API keys of a project: made, listed and revoked by those who manage it."""
