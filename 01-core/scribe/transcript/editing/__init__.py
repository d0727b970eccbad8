"""Edits of a transcript: from one document to the next, nothing else touched."""

from scribe.transcript.editing.apply import apply
from scribe.transcript.editing.changes import Changes, changes
from scribe.transcript.editing.diff import Difference, difference
from scribe.transcript.editing.operations import Operation
from scribe.transcript.editing.replacing import Hit, Replacement, replace

__all__ = [
    "Changes",
    "Difference",
    "Hit",
    "Operation",
    "Replacement",
    "apply",
    "changes",
    "difference",
    "replace",
]
