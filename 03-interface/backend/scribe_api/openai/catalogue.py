"""Which names of models a request may use, and what each asks of the engines."""

from dataclasses import dataclass
from typing import Final

from scribe_api.engines import service as engines
from scribe_api.gateway import Gateway
from scribe_api.openai.errors import UnknownModel
from scribe_api.openai.schemas import Model

OURS: Final = "smart-meeting-scribe"
ALIASES: Final = (
    "whisper-1",
    "gpt-transcribe",
    "gpt-4o-transcribe",
    "gpt-4o-mini-transcribe",
    "gpt-4o-transcribe-diarize",
)
"""OpenAI's names, which programs carry in their source: whatever this instance would take by itself."""
_CARRIED: Final = "none"
"""What an engine calls the model that it carries within."""


@dataclass(frozen=True)
class Choice:
    """What a name asks for; None: up to the instance."""

    transcriber: str | None = None
    transcriber_model: str | None = None


class Catalogue:
    """The aliases, and the engines and models that the workers have ready now."""

    def __init__(self, choices: dict[str, Choice]) -> None:
        self._choices = dict.fromkeys(ALIASES, Choice()) | choices

    @classmethod
    async def now(cls, gateway: Gateway) -> "Catalogue":
        """Ask the workers. Raises WorkersUnknown."""
        choices: dict[str, Choice] = {}
        for engine in (await engines.every(gateway.presence)).engines:
            if engine.kind != "transcriber" or not engine.ready:
                continue
            choices.setdefault(engine.name, Choice(engine.name))
            for model in engine.models:
                if model.ready and model.name != _CARRIED:
                    choices.setdefault(model.name, Choice(engine.name, model.name))
        return cls(choices)

    def choice(self, name: str) -> Choice:
        """What the name asks for. Raises UnknownModel."""
        if name not in self._choices:
            raise UnknownModel(model=name)
        return self._choices[name]

    def model(self, name: str) -> Model:
        """The model of that name. Raises UnknownModel."""
        return Model(id=name, owned_by=self.choice(name).transcriber or OURS)

    def models(self) -> list[Model]:
        """All of them, OpenAI's names first."""
        return [self.model(name) for name in self._choices]
