"""What a request may tell this engine beyond the contract, under its name."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from scribe_worker.engines.errors import EngineUnavailable

NAME = "pyannote"
CHUNK_S = 3600.0
LINK_THRESHOLD = 0.4
"""Cosine distance between two chunks' mean vectors. With the small model of the tests, one voice is at most
0.07 from itself and 0.58 from another (sample meeting, chunks of 20 to 30 s); for community-1 a guess."""


class Options(BaseModel):
    """How to listen.

    threshold: the pipeline's own clustering threshold; None: the one that comes with the model
    chunk_s: longer recordings are diarised in chunks of at most so many seconds, which bounds memory
    link_threshold: two chunks' voices are one person's up to this cosine distance
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float | None = Field(default=None, gt=0, le=2)
    chunk_s: float = Field(default=CHUNK_S, ge=20, le=CHUNK_S)
    link_threshold: float = Field(default=LINK_THRESHOLD, ge=0, le=1)

    @classmethod
    def of(cls, options: dict[str, JsonValue]) -> Self:
        """Those of a request; EngineUnavailable, which is permanent, names what is wrong with them."""
        try:
            return cls.model_validate(options.get(NAME) or {})
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(str(part) for part in problem['loc']) or NAME}: {problem['msg']}"
                for problem in error.errors()
            )
            known = ", ".join(cls.model_fields)
            raise EngineUnavailable(
                engine=NAME, reason=f"Its options are wrong ({problems}); it knows {known}."
            ) from error
