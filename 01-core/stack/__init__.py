"""The servers that Smart Meeting Scribe runs on, and the commands that operate them."""
