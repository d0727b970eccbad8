"""Run Swift's updater on a cluster whose files are not in /etc/swift, where its own command looks.

``python -m stack.swift.updater CONFIGURATION --verbose``
"""

import sys
from pathlib import Path

from swift.common.utils import set_swift_dir
from swift.obj.updater import main


def run() -> None:
    """Sweep for ever: bring listings up to date that missed an object while their server was away."""
    set_swift_dir(str(Path(sys.argv[1]).parent))
    main()


if __name__ == "__main__":
    run()
