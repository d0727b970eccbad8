"""The commands behind manage.sh: one file a group."""
