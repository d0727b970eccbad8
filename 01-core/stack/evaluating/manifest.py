"""The recordings to measure with: where they and their references lie, and how good is good enough."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scribe.evaluation.annotations import read_rttm, read_stm, read_text
from scribe.evaluation.errors import fault
from scribe.evaluation.reference import Reference
from scribe.evaluation.truth import Truth
from stack.evaluating.errors import ManifestUnreadable, RecordingMissing
from stack.evaluating.pair import EnginePair

EVERY_ENGINE = "*"
DEFAULT_PAIR = "auto+auto"

Share = Annotated[float, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Part):
    """The highest rates that are good enough; fractions."""

    wer: Share | None = None
    cpwer: Share | None = None
    tcpwer: Share | None = None
    der: Share | None = None

    def or_else(self, others: "Limits") -> "Limits":
        """These limits, and the others' where these set none."""
        return others.model_copy(update=self.model_dump(exclude_none=True))


class Recording(_Part):
    """A recording and what is known about it; files are named relative to the folder it lies in.

    name: also what RTTM and STM files call it; language: which rules its text is normalised by
    reference: JSON as of ``scribe.evaluation.reference``; stm: words with speakers and times; text: words
        alone, text_file: the same in a file; rttm: who speaks when
    speakers: how many there are, where only that is known
    limits: by pair of engines, or ``*`` for every one
    note: what a reader of the figures should know
    """

    name: Annotated[str, Field(min_length=1, max_length=200)]
    audio: Path
    language: str | None = None
    reference: Path | None = None
    stm: Path | None = None
    text: str | None = None
    text_file: Path | None = None
    rttm: Path | None = None
    speakers: Annotated[int, Field(ge=1)] | None = None
    limits: Mapping[str, Limits] = Field(default_factory=dict)
    note: str | None = None

    @model_validator(mode="after")
    def _has_one_text(self) -> Self:
        if sum(given is not None for given in (self.reference, self.stm, self.text, self.text_file)) > 1:
            raise ValueError("takes one of reference, stm, text and text_file")
        if self.language is None and (self.stm or self.text_file or self.text is not None):
            raise ValueError("needs its language, which decides by which rules its text is compared")
        return self

    def truth(self, folder: Path) -> Truth:
        """What the references say. Raises ReferenceUnreadable, RecordingNotInReference."""
        truth = self._words(folder)
        if self.rttm:
            truth = truth.with_turns(read_rttm(folder / self.rttm, self.name))
        return truth if self.speakers is None else truth.model_copy(update={"speakers": self.speakers})

    def _words(self, folder: Path) -> Truth:
        language = self.language or "und"
        if self.reference:
            return Truth.of_reference(Reference.load(folder / self.reference))
        if self.stm:
            return Truth.of_utterances(language, read_stm(folder / self.stm, self.name))
        text = read_text(folder / self.text_file) if self.text_file else self.text
        return Truth(language=language, text=text)

    def limits_for(self, pair: EnginePair) -> Limits:
        """Those of the pair, then those of every engine."""
        mine, every = (self.limits.get(key, Limits()) for key in (str(pair), EVERY_ENGINE))
        return mine.or_else(every)

    def checked(self, folder: Path) -> Truth:
        """What the references say. Raises RecordingMissing, and what ``truth`` raises."""
        if not (folder / self.audio).is_file():
            raise RecordingMissing(path=folder / self.audio)
        return self.truth(folder)


class NotMeasured(_Part):
    """Something that the figures do not cover."""

    what: str
    why: str


class Manifest(_Part):
    """models: folders to add to the installed ones first; engines: pairs that are compared.

    files: recordings beside the manifest; also: recordings in a folder that not everybody has
    not_measured: what a reader may miss, and why it is missing
    """

    models: tuple[Path, ...] = ()
    engines: tuple[str, ...] = ()
    files: tuple[Recording, ...] = ()
    also: tuple[Recording, ...] = ()
    not_measured: tuple[NotMeasured, ...] = ()

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [recording.name for recording in (*self.files, *self.also)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"several recordings are called {', '.join(twice)}")
        if not names:
            raise ValueError("lists no recording")
        return self

    @model_validator(mode="after")
    def _limits_name_its_engines(self) -> Self:
        named = {EVERY_ENGINE, *map(str, self.pairs)}
        for recording in (*self.files, *self.also):
            unknown = sorted(set(recording.limits) - named)
            if unknown:
                raise ValueError(
                    f"the limits of {recording.name} are for {unknown[0]}, which is not in engines"
                )
        return self

    @property
    def pairs(self) -> tuple[EnginePair, ...]:
        """The engines that are compared. Raises EnginesUnclear."""
        return EnginePair.parse_all(self.engines or (DEFAULT_PAIR,))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a manifest. Raises ManifestUnreadable, EnginesUnclear."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise ManifestUnreadable(path=path, reason=error.strerror or error) from error
        except ValidationError as error:
            raise ManifestUnreadable(path=path, reason=fault(error)) from error
