"""A stack of its own for the tests that break one."""

import random
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from stack.embedded import SERVERS, EmbeddedStack, Ports, StackConfig, new_credentials


def _is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@pytest.fixture(scope="session")
def free_ports() -> Callable[[int], int]:
    """The first of so many free ports in a row, below those that the system gives to clients."""

    def find(count: int) -> int:
        candidates = random.sample(range(20_000, 31_000, 8), 200)
        return next(
            first for first in candidates if all(_is_free(port) for port in range(first, first + count))
        )

    return find


@dataclass
class Bench:
    """A stack with what the tests need to look behind it."""

    stack: EmbeddedStack
    config: StackConfig
    told: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, service: str, sentence: str) -> None:
        self.told.append((service, sentence))

    def up(self) -> None:
        self.told.clear()
        self.stack.up(self.tell)

    def down(self) -> None:
        self.stack.down(self.tell)

    def supervisor(self) -> psutil.Process:
        return psutil.Process(int((self.config.volumes / "run" / "supervisord.pid").read_text()))

    def pids(self) -> dict[str, int | None]:
        return {row.name: row.pid for row in self.stack.status()}


@pytest.fixture(scope="module")
def make_config(free_ports: Callable[[int], int]) -> Callable[[Path], StackConfig]:
    def make(volumes: Path) -> StackConfig:
        first = free_ports(6)
        return StackConfig(
            volumes=volumes,
            ports=Ports(postgres=first, redis=first + 1, s3=first + 2),
            credentials=new_credentials(),
            services=SERVERS,
        )

    return make


@pytest.fixture(scope="module")
def module_bench(
    tmp_path_factory: pytest.TempPathFactory, make_config: Callable[[Path], StackConfig]
) -> Iterator[Bench]:
    config = make_config(tmp_path_factory.mktemp("stack") / "volumes with a space")
    bench = Bench(EmbeddedStack(config), config)
    yield bench
    bench.down()


@pytest.fixture
def bench(module_bench: Bench) -> Bench:
    """The module's stack, up."""
    module_bench.up()
    return module_bench
