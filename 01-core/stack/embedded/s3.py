"""OpenStack Swift with its S3 face, as the S3 server."""

import http.client
import json
import subprocess
from pathlib import Path
from typing import ClassVar

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as SigningCredentials

from stack.embedded import swift_files
from stack.embedded.checks import check_extended_attributes
from stack.embedded.errors import RingsNotBuilt, ServerMissing
from stack.embedded.files import write_private
from stack.embedded.loopback import LoopbackConnection
from stack.embedded.program import Program, digest_of
from stack.embedded.service import NotAnswering, Service, Tell
from stack.embedded.services import ServiceName

PROBE_BUCKET = "scribe-readiness"
PROBE = b"ready"
CHECK_TIMEOUT_S = 5.0
RINGS_TIMEOUT_S = 60
GREENLET_ENVIRONMENT = {"EVENTLET_NO_GREENDNS": "yes"}


PROCESSES = {
    "s3-account": "account-server",
    "s3-container": "container-server",
    "s3-object": "object-server",
    "s3-updater": "object-server",
    "s3-proxy": "proxy-server",
}
"""Each process with the name of its configuration; a server's is also the name of its script."""


class S3(Service):
    """Three storage servers, the updater that brings lagging listings up to date, and the S3 face."""

    name: ClassVar[ServiceName] = ServiceName.S3
    start_timeout_s: ClassVar[float] = 100.0
    """Longer than the minute for which a closed connection can keep a port."""
    program_names: ClassVar[tuple[str, ...]] = tuple(PROCESSES)

    @property
    def _folder(self) -> Path:
        return self._layout.configuration / "swift"

    def programs(self) -> tuple[Program, ...]:
        """The storage servers, the updater and the proxy."""
        self._layout.s3_data.mkdir(mode=0o700, exist_ok=True)
        files = swift_files.configuration(self._folder, self._layout.s3_data, self._config)
        for name, text in files.items():
            write_private(self._folder / name, text)
        return tuple(
            Program(
                name=name,
                command=(*self._interpreter(name), str(self._folder / f"{kind}.conf"), "--verbose"),
                folder=self._layout.volumes,
                environment=GREENLET_ENVIRONMENT,
                lock=self._layout.lock(name),
                nice=10 if name == "s3-updater" else 0,
                digest=digest_of(files["swift.conf"], files[f"{kind}.conf"]),
            )
            for name, kind in PROCESSES.items()
        )

    def _interpreter(self, program: str) -> tuple[str, ...]:
        """What runs it: Swift's script, whose own first line may name an interpreter that has moved."""
        python = self._config.python
        if program == "s3-updater":
            return (str(python), "-P", "-m", "stack.swift.updater")
        script = python.parent / f"swift-{PROCESSES[program]}"
        if not script.is_file():
            raise ServerMissing(service="the S3 server", path=script)
        return (str(python), str(script))

    def ports(self) -> tuple[int, ...]:
        """The S3 port and the three after it."""
        return tuple(self._config.ports.s3 + offset for offset in range(1 + len(swift_files.STORAGE)))

    def prepare(self, tell: Tell) -> None:
        """Check the file system and write the rings where they are missing, damaged or for other ports."""
        device = self._layout.s3_data / swift_files.DEVICE
        device.mkdir(mode=0o700, exist_ok=True)
        check_extended_attributes(device)
        wanted = {kind: self._config.ports.s3 + offset for kind, offset in swift_files.STORAGE.items()}
        if swift_files.rings_stand(self._folder, wanted):
            return
        tell("writing the rings (the map of its folders)")
        done = subprocess.run(
            [self._config.python, "-m", "stack.swift.rings", self._folder, json.dumps(wanted)],
            capture_output=True,
            text=True,
            check=False,
            timeout=RINGS_TIMEOUT_S,
        )
        if done.returncode != 0:
            raise RingsNotBuilt(path=self._folder, output=(done.stderr or done.stdout).strip()[-2000:])

    def check(self, pid: int | None) -> None:  # noqa: ARG002  (it answers for itself)
        """Write a small object and read it back, through proxy and storage."""
        key = f"/{PROBE_BUCKET}/probe"
        status, _ = self._request("PUT", key, PROBE)
        if status == http.HTTPStatus.NOT_FOUND:
            self._request("PUT", f"/{PROBE_BUCKET}")
            status, _ = self._request("PUT", key, PROBE)
        if status != http.HTTPStatus.OK:
            raise NotAnswering(f"writing an object answers {status}")
        status, body = self._request("GET", key)
        if status != http.HTTPStatus.OK or body != PROBE:
            raise NotAnswering(f"reading an object answers {status}")

    def _request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        credentials = self._config.credentials
        address = f"127.0.0.1:{self._config.ports.s3}"
        request = AWSRequest(method=method, url=f"http://{address}{path}", data=body)
        signer = S3SigV4Auth(
            SigningCredentials(credentials.s3_access_key, credentials.s3_secret_key), "s3", swift_files.REGION
        )
        signer.add_auth(request)
        connection = LoopbackConnection(self._config.ports.s3, CHECK_TIMEOUT_S)
        try:
            connection.request(method, path, body, dict(request.headers.items()))
            response = connection.getresponse()
            return response.status, response.read(1024)
        except (OSError, http.client.HTTPException) as error:
            raise NotAnswering(str(error) or type(error).__name__) from error
        finally:
            connection.close()
