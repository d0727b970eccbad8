"""The full-text index of transcripts: filled when one is published, rebuilt from S3 by one command."""

from scribe.search.index import index_transcript, rebuild

__all__ = ["index_transcript", "rebuild"]
