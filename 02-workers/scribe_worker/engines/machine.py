"""What this machine offers to models."""

from scribe.settings import Settings
from scribe_worker.engines.base import Machine
from scribe_worker.engines.gpu_memory import budget_mib
from scribe_worker.engines.surroundings import usable_cores


def machine_of(settings: Settings) -> Machine:
    """The GPU's memory within its budget, and CPU threads."""
    return Machine(vram_mib=budget_mib(settings.gpu), threads=settings.engines.threads or usable_cores())
