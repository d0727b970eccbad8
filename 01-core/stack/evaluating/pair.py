"""Which engines do the work: one for the words, one for the voices, each with or without a model."""

import re
from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict

from stack.evaluating.errors import EnginesUnclear

_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_PAIR = re.compile(
    rf"(?P<transcriber>{_NAME})(:(?P<transcriber_model>{_NAME}))?"
    rf"\+(?P<diariser>{_NAME})(:(?P<diariser_model>{_NAME}))?"
)


class EnginePair(BaseModel):
    """The fields are those of the upload form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    transcriber: str
    transcriber_model: str | None = None
    diariser: str
    diariser_model: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``TRANSCRIBER[:MODEL]+DIARISER[:MODEL]``. Raises EnginesUnclear."""
        found = _PAIR.fullmatch(text.strip())
        if found is None:
            raise EnginesUnclear(text=text)
        return cls.model_validate(found.groupdict())

    @classmethod
    def parse_all(cls, texts: Iterable[str]) -> tuple[Self, ...]:
        """Read several, each of them once. Raises EnginesUnclear."""
        return tuple(dict.fromkeys(map(cls.parse, texts)))

    def __str__(self) -> str:
        """The inverse of ``parse``."""
        parts = (self.transcriber, self.transcriber_model), (self.diariser, self.diariser_model)
        return "+".join(f"{name}:{model}" if model else name for name, model in parts)
