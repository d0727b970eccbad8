"""Where the files of one stack lie below its ``volumes`` folder."""

from dataclasses import dataclass
from pathlib import Path

from stack.embedded.files import ASIDE, DRAFT


@dataclass(frozen=True)
class Layout:
    """The folders of one stack."""

    volumes: Path

    @property
    def run(self) -> Path:
        """What can be thrown away while nothing runs: configuration, locks, socket, process ids."""
        return self.volumes / "run"

    @property
    def configuration(self) -> Path:
        """Files generated for the servers; they hold secrets."""
        return self.run / "etc"

    @property
    def logs(self) -> Path:
        """One log a program, and the supervisor's."""
        return self.volumes / "logs"

    @property
    def postgres_data(self) -> Path:
        """The database cluster."""
        return self.volumes / "postgres_data"

    @property
    def redis_data(self) -> Path:
        """The append-only file."""
        return self.volumes / "redis_data"

    @property
    def s3_data(self) -> Path:
        """The objects."""
        return self.volumes / "s3_data"

    @property
    def work(self) -> Path:
        """What workers have in hand, where no setting names another folder."""
        return self.volumes / "work"

    def log(self, program: str) -> Path:
        """The log of a program."""
        return self.logs / f"{program}.log"

    def lock(self, program: str) -> Path:
        """Held by a program for as long as it lives."""
        return self.run / f"{program}.lock"

    def belongings(self) -> list[Path]:
        """What is there of this stack, by name: its folders, those moved aside and those never finished."""
        folders = (self.run, self.logs, self.work, self.postgres_data, self.redis_data, self.s3_data)
        names = [folder.name for folder in folders]
        patterns = [*names, *(f"{name}{end}*" for name in names for end in (ASIDE, DRAFT))]
        return [path for pattern in patterns for path in self.volumes.glob(pattern)]

    def make(self) -> None:
        """Create the folders that every stack has; raise OSError where that cannot be done."""
        self.volumes.mkdir(parents=True, exist_ok=True)
        for private in (self.run, self.configuration):
            private.mkdir(mode=0o700, exist_ok=True)
        self.logs.mkdir(exist_ok=True)
