"""Speech engines, each in a child process of its own, one at a time."""
