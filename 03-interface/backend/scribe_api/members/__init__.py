"""Who is in a project, and as what."""
