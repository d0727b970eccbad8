"""What operators see of the models that come and go."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

LOADS: Final = Counter("scribe_engine_loads", "Models loaded", ["kind", "engine"])
SWAPS: Final = Counter("scribe_engine_swaps", "Models unloaded to make room for another one")
LADDER_STEPS: Final = Counter(
    "scribe_engine_ladder_steps", "Lighter plans taken because memory did not suffice", ["kind", "engine"]
)
LOAD_SECONDS: Final = Histogram(
    "scribe_engine_load_seconds",
    "Time to make room, start an engine's process and load its model",
    ["kind", "engine"],
    buckets=(0.25, 0.5, 1, 2, 5, 10, 20, 40, 80, 160),
)
WAIT_SECONDS: Final = Histogram(
    "scribe_engine_wait_seconds",
    "Time that a stage waited for its turn at an engine",
    ["kind", "engine"],
    buckets=(0.1, 1, 5, 15, 60, 180, 600, 1800, 3600),
)
RESIDENT: Final = Gauge("scribe_engine_resident", "Models that are loaded")
VRAM_PEAK: Final = Gauge(
    "scribe_engine_vram_peak_mib", "Most GPU memory that the last call of an engine held", ["kind", "engine"]
)
