"""What a reader may choose about a rendered transcript; the defaults are common practice for subtitles."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class RenderOptions(BaseModel):
    """How a transcript is rendered; the fields about lines and cues matter to SRT and WebVTT only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    speakers: Annotated[bool, Field(description="Show who speaks.")] = True
    times: Annotated[bool, Field(description="Show when, in the formats where that is a choice.")] = True
    line_length: Annotated[int, Field(ge=16, le=200, description="Longest line, in characters.")] = 42
    max_lines: Annotated[int, Field(ge=1, le=4, description="Most lines in one cue.")] = 2
    reading_speed: Annotated[
        float, Field(ge=5, le=60, description="Characters a second; a cue stays longer if it can.")
    ] = 17
    min_gap_s: Annotated[float, Field(ge=0, le=2, description="Seconds between two cues at least.")] = 0.083
    min_cue_s: Annotated[float, Field(ge=0.1, le=5, description="Shortest cue, in seconds.")] = 0.833
    max_cue_s: Annotated[float, Field(ge=1, le=30, description="Longest cue, in seconds.")] = 7

    @model_validator(mode="after")
    def _leaves_room_for_a_cue(self) -> Self:
        if self.min_cue_s > self.max_cue_s:
            raise ValueError("min_cue_s must not be greater than max_cue_s")
        return self
