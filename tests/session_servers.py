"""The servers that one pytest session shares: ``python session_servers.py FOLDER`` ends them.

That command waits for the end of its standard input, which comes when pytest ends, however it ends.
"""

import shutil
import sys
from pathlib import Path

from pydantic import BaseModel

from stack.embedded import SERVERS, Credentials, EmbeddedStack, Ports, StackConfig

RECORD = "servers.json"


class Servers(BaseModel):
    """Where the session's servers are; written to a file that every pytest process reads."""

    volumes: Path
    postgres: int
    redis: int
    s3: int
    postgres_password: str
    redis_password: str
    s3_access_key: str
    s3_secret_key: str

    def stack(self) -> EmbeddedStack:
        return EmbeddedStack(
            StackConfig(
                volumes=self.volumes,
                ports=Ports(postgres=self.postgres, redis=self.redis, s3=self.s3),
                credentials=Credentials(
                    self.postgres_password, self.redis_password, self.s3_access_key, self.s3_secret_key
                ),
                python=Path(sys.executable),
                services=SERVERS,
            )
        )

    def database_url(self, name: str) -> str:
        return f"postgresql+asyncpg://scribe:{self.postgres_password}@127.0.0.1:{self.postgres}/{name}"

    def redis_url(self, number: int) -> str:
        return f"redis://:{self.redis_password}@127.0.0.1:{self.redis}/{number}"


def end_servers(folder: Path) -> None:
    """Stop every stack that was started there and remove its data."""
    for run in folder.glob("*/run"):
        EmbeddedStack(StackConfig.of_folder(run.parent)).down(lambda _service, _sentence: None)
    shutil.rmtree(folder)


if __name__ == "__main__":
    sys.stdin.read()
    end_servers(Path(sys.argv[1]))
