"""The command ``scribe``: one file a group of commands."""
