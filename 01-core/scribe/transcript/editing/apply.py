"""Operations, applied to one revision of a transcript."""

from collections.abc import Sequence

from scribe.transcript.document import Transcript
from scribe.transcript.editing import operations as ops
from scribe.transcript.editing.draft import Draft


def apply(document: Transcript, operations: Sequence[ops.Operation], last_id: int) -> Transcript:
    """The document after all of the operations, each of which sees what those before it did.

    What they do not name stays equal; where nothing changes, the document itself comes back.
    last_id: the highest id that a segment of the meeting has ever had; new ones count on from it
    Raises a kind of EditRefused, and nothing is changed.
    """
    draft = Draft(document, last_id)
    for draft.place, operation in enumerate(operations):
        _apply(draft, operation)
    return draft.finished()


def _apply(draft: Draft, operation: ops.Operation) -> None:  # noqa: C901  (one branch for each of them)
    match operation:
        case ops.EditText():
            draft.edit_text(operation)
        case ops.SplitSegment():
            draft.split_segment(operation)
        case ops.MergeSegments():
            draft.merge_segments(operation)
        case ops.DeleteSegment():
            draft.delete_segment(operation)
        case ops.SetSpeaker():
            draft.set_speaker(operation)
        case ops.RenameSpeaker():
            draft.rename_speaker(operation)
        case ops.MergeSpeakers():
            draft.merge_speakers(operation)
        case ops.AddSpeaker():
            draft.add_speaker(operation)
        case ops.SetFlags():
            draft.set_flags(operation)
        case ops.Review():
            draft.review(operation)
