"""What an engine can do with a model: the worker's engines say it, the API tells it."""

from pydantic import BaseModel, ConfigDict


class Capabilities(BaseModel):
    """What an engine can do with a model; ``languages`` None means: too many to list.

    word_times: every word has times of its own; translation: into English; vocabulary: it listens for given
    terms; speaker_bounds: it takes a least and a greatest number of speakers; overlap: turns that overlap;
    embeddings: a vector a speaker; channels: it needs every channel
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    languages: tuple[str, ...] | None = None
    word_times: bool = True
    translation: bool = False
    vocabulary: bool = False
    speaker_bounds: bool = False
    overlap: bool = False
    embeddings: bool = False
    channels: bool = False
