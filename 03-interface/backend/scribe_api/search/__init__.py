"""Search in what was said, and in titles, tags and notes."""
