"""Transcripts: read, edit, and every revision of them."""
