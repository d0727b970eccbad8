"""A transcript while it is being edited: what the operations of one request do to it, in their order."""

import dataclasses
from typing import Any

from scribe.transcript.document import Segment, Speaker, Transcript
from scribe.transcript.editing import operations as ops
from scribe.transcript.editing.errors import (
    SegmentNotFound,
    SegmentsNotAdjacent,
    SegmentTooLong,
    SpeakerExists,
    SpeakerNotFound,
    SplitImpossible,
    TooManySpeakers,
)
from scribe.transcript.editing.segments import merged, rewritten, split, spoken_by

MOST_SPEAKERS = 500


class Draft:
    """Segments and speakers by id; ``place`` is that of the operation at hand, which errors name.

    last_id: the highest id that a segment of the meeting has ever had
    """

    def __init__(self, document: Transcript, last_id: int) -> None:
        self.place = 0
        self._document = document
        self._last_id = max([last_id, *(segment.id for segment in document.segments)])
        self._segments = {segment.id: segment for segment in document.segments}
        self._order = [segment.id for segment in document.segments]
        self._speakers = {speaker.id: speaker for speaker in document.speakers}

    def finished(self) -> Transcript:
        """The document as it is now; the one that was given where nothing is different."""
        segments = tuple(self._segments[number] for number in self._order)
        speakers = tuple(self._speakers.values())
        if segments == self._document.segments and speakers == self._document.speakers:
            return self._document
        fields: dict[str, Any] = dict(self._document)
        return Transcript(**{**fields, "segments": segments, "speakers": speakers})

    def edit_text(self, operation: ops.EditText) -> None:
        """Write the segment anew, or take it out where nothing is left of it."""
        self.write(operation.segment, operation.text)

    def write(self, number: int, text: str) -> None:
        """Give the segment the text. Raises SegmentNotFound, SegmentTooLong."""
        segment = rewritten(self._segment(number), text)
        if segment.text:
            self._keep(segment)
        else:
            self._remove(number)

    def require_speaker(self, speaker_id: str) -> None:
        """Raises SpeakerNotFound."""
        self._speaker(speaker_id)

    def split_segment(self, operation: ops.SplitSegment) -> None:
        """Raises SegmentNotFound, SplitImpossible."""
        segment = self._segment(operation.segment)
        parts = split(segment, operation.at, self._last_id + 1)
        if parts is None:
            words = len(segment.text.split())
            raise SplitImpossible(operation=self.place, segment=segment.id, words=words)
        first, second = parts
        self._last_id = second.id
        self._segments |= {first.id: first, second.id: second}
        place = self._order.index(first.id) + 1
        while place < len(self._order) and self._segments[self._order[place]].start < second.start:
            place += 1
        self._order.insert(place, second.id)

    def merge_segments(self, operation: ops.MergeSegments) -> None:
        """Raises SegmentNotFound, SegmentsNotAdjacent, SegmentTooLong."""
        first, second = self._segment(operation.segment), self._segment(operation.next)
        behind = self._order.index(first.id) + 1
        if self._order[behind : behind + 1] != [second.id]:
            raise SegmentsNotAdjacent(operation=self.place, segment=first.id, next=second.id)
        self._keep(merged(first, second))
        self._remove(second.id)

    def delete_segment(self, operation: ops.DeleteSegment) -> None:
        """Raises SegmentNotFound."""
        self._remove(self._segment(operation.segment).id)

    def set_speaker(self, operation: ops.SetSpeaker) -> None:
        """Raises SegmentNotFound, SpeakerNotFound."""
        segment = self._segment(operation.segment)
        speaker = None if operation.speaker is None else self._speaker(operation.speaker).id
        self._segments[segment.id] = spoken_by(segment, speaker)

    def rename_speaker(self, operation: ops.RenameSpeaker) -> None:
        """Raises SpeakerNotFound."""
        speaker = self._speaker(operation.speaker)
        self._speakers[speaker.id] = speaker.model_copy(update={"name": operation.name})

    def merge_speakers(self, operation: ops.MergeSpeakers) -> None:
        """Raises SpeakerNotFound; a speaker merged with itself stays."""
        gone, into = self._speaker(operation.speaker).id, self._speaker(operation.into).id
        if gone == into:
            return
        for number, segment in self._segments.items():
            self._segments[number] = _with_speaker_replaced(segment, gone, into)
        del self._speakers[gone]

    def add_speaker(self, operation: ops.AddSpeaker) -> None:
        """Raises SpeakerExists, TooManySpeakers."""
        if operation.speaker in self._speakers:
            raise SpeakerExists(operation=self.place, speaker=operation.speaker)
        if len(self._speakers) >= MOST_SPEAKERS:
            raise TooManySpeakers(operation=self.place, most=MOST_SPEAKERS)
        self._speakers[operation.speaker] = Speaker(
            id=operation.speaker, label=operation.name, name=operation.name
        )

    def set_flags(self, operation: ops.SetFlags) -> None:
        """Raises SegmentNotFound."""
        segment = self._segment(operation.segment)
        flags = tuple(dict.fromkeys(operation.flags))
        self._segments[segment.id] = segment.model_copy(update={"flags": flags})

    def review(self, operation: ops.Review) -> None:
        """Raises SegmentNotFound."""
        segment = self._segment(operation.segment)
        others = tuple(flag for flag in segment.flags if flag != ops.REVIEWED)
        flags = (ops.REVIEWED,) if operation.reviewed else others
        self._segments[segment.id] = segment.model_copy(update={"flags": flags})

    def _segment(self, number: int) -> Segment:
        if number not in self._segments:
            raise SegmentNotFound(operation=self.place, segment=number)
        return self._segments[number]

    def _speaker(self, speaker_id: str) -> Speaker:
        if speaker_id not in self._speakers:
            raise SpeakerNotFound(operation=self.place, speaker=speaker_id)
        return self._speakers[speaker_id]

    def _keep(self, segment: Segment) -> None:
        if len(segment.text) > ops.LONGEST_TEXT:
            raise SegmentTooLong(operation=self.place, segment=segment.id, most=ops.LONGEST_TEXT)
        self._segments[segment.id] = segment

    def _remove(self, number: int) -> None:
        del self._segments[number]
        self._order.remove(number)


def _with_speaker_replaced(segment: Segment, gone: str, into: str) -> Segment:
    if segment.speaker != gone and all(word.speaker != gone for word in segment.words):
        return segment
    words = tuple(
        dataclasses.replace(word, speaker=into) if word.speaker == gone else word for word in segment.words
    )
    speaker = into if segment.speaker == gone else segment.speaker
    return segment.model_copy(update={"speaker": speaker, "words": words})
