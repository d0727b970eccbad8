"""A stack of its own for the tests that break one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from loopback_ports import reserve
from stack.embedded import SERVERS, EmbeddedStack, Ports, StackConfig, new_credentials


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
def make_config() -> Callable[[Path], StackConfig]:
    def make(volumes: Path) -> StackConfig:
        first = reserve(6)
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
