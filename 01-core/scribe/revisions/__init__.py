"""The revisions of a meeting's transcript: where each lies, and how one becomes the current one."""
