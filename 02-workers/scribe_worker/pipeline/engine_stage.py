"""What the stages that need a model share: the record of the engine that ran and of what it cost."""

from typing import Any, Self

from scribe.transcript.document import EngineUsed, Notice
from scribe_worker.engines.base import EngineInfo
from scribe_worker.engines.residency import Outcome
from scribe_worker.pipeline.stage import StageProduct


class EngineProduct(StageProduct):
    """The engine that made the product.

    waited, loaded: seconds for its turn and to load its model; peaks: MiB, of its process
    notices: what had to be done to make its model fit into memory
    """

    engine: EngineInfo
    waited: float = 0.0
    loaded: float = 0.0
    peak_memory_mib: float = 0.0
    peak_vram_mib: int = 0
    notices: tuple[Notice, ...] = ()

    @classmethod
    def of(cls, outcome: Outcome[Any]) -> Self:
        """The product of a call to an engine; its answer is the field ``result``."""
        return cls.model_validate(
            {
                "engine": outcome.engine.info,
                "result": outcome.answer,
                "waited": round(outcome.waited, 3),
                "loaded": round(outcome.loaded, 3),
                "peak_memory_mib": round(outcome.engine.peak_memory_mib, 1),
                "peak_vram_mib": outcome.peak_vram_mib,
                "notices": outcome.notices,
            }
        )

    @property
    def aside(self) -> float:
        """Waiting and loading are told apart from the work."""
        return self.waited + self.loaded

    def timings(self, stage: str) -> dict[str, float]:
        """The work, and what came before it."""
        return {stage: self.seconds, f"{stage}_wait": self.waited, f"{stage}_load": self.loaded}

    @property
    def used(self) -> EngineUsed:
        """For the record in the transcript."""
        return EngineUsed(
            **self.engine.model_dump(),
            peak_memory_mib=self.peak_memory_mib or None,
            peak_vram_mib=self.peak_vram_mib or None,
        )
