"""Write Swift's rings: which folder holds what, which here is always the same one.

``python -m stack.swift.rings FOLDER PORTS`` with PORTS as JSON by kind of server. It is a process of
its own because Swift's modules are heavy and change the interpreter that imports them.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

from swift.common.ring import RingBuilder

PART_POWER = 4
REPLICAS = 1
DEVICE = {"id": 0, "region": 1, "zone": 1, "ip": "127.0.0.1", "device": "d1", "weight": 1.0, "meta": ""}


def main() -> None:
    """Write a ring for each kind and, last, the stamp that says all of them are whole."""
    folder, ports = Path(sys.argv[1]), json.loads(sys.argv[2])
    stamp = folder / "rings.json"
    stamp.unlink(missing_ok=True)
    sums = {kind: _write(folder / f"{kind}.ring.gz", port) for kind, port in ports.items()}
    stamp.write_text(json.dumps({"ports": ports, "sums": sums}), encoding="utf-8")


def _write(path: Path, port: int) -> str:
    builder = RingBuilder(PART_POWER, REPLICAS, 0)
    builder.add_dev({**DEVICE, "port": port})
    builder.rebalance(seed=1)
    builder.get_ring().save(str(path))
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
