"""What a request may ask of this engine beyond what every engine understands."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue, ValidationError

from scribe_worker.engines.errors import EngineUnavailable

NAME = "faster-whisper"

_Temperature = Annotated[float, Field(ge=0, le=1)]


def _as_series(value: JsonValue) -> JsonValue:
    return [value] if isinstance(value, int | float) else value


class Options(BaseModel):
    """The options under ``faster-whisper`` in a request.

    beam_size: hypotheses that are followed at a time; 1 is fastest
    temperature: of sampling; the ones after the first are tried in turn where the text is repetitive or
        improbable
    condition_on_previous_text: each block is told what was said before it; one block at a time, so slower
    vad_threshold: probability from which sound counts as speech
    language_confidence: below it, a stretch of speech takes the language of its neighbours
    longest_block: seconds that are decoded in one piece; None leaves it to the size of the model
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    beam_size: int = Field(default=5, ge=1, le=10)
    temperature: Annotated[
        tuple[_Temperature, ...], BeforeValidator(_as_series), Field(min_length=1, max_length=6)
    ] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    condition_on_previous_text: bool = False
    vad_threshold: float = Field(default=0.5, gt=0, lt=1)
    language_confidence: float = Field(default=0.6, ge=0, le=1)
    longest_block: float | None = Field(default=None, ge=5, le=28)

    @classmethod
    def of(cls, options: JsonValue) -> "Options":
        """The options as checked; EngineUnavailable, which is permanent, names what is wrong with them."""
        try:
            return cls.model_validate(options)
        except ValidationError as error:
            problems = "; ".join(
                f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()
            )
            known = ", ".join(cls.model_fields)
            raise EngineUnavailable(
                engine=NAME, reason=f"Its options are wrong ({problems}); it knows {known}."
            ) from error
