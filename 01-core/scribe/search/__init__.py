"""The full-text index of transcripts: filled when one is published, rebuilt from S3 by one command."""

from scribe.search.index import index_transcript, rebuild
from scribe.search.query import LEXEME, Resolved, Term, beginning_with, parse, resolve, words_of

__all__ = [
    "LEXEME",
    "Resolved",
    "Term",
    "beginning_with",
    "index_transcript",
    "parse",
    "rebuild",
    "resolve",
    "words_of",
]
