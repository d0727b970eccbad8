"""The files that Swift reads: one server a kind, one folder as the only device, S3 in front."""

import hashlib
import json
import os
import pwd
from pathlib import Path

from stack.embedded.config import StackConfig
from stack.embedded.errors import UserWithoutName

REGION = "us-east-1"
DEVICE = "d1"
STORAGE = {"object": 1, "container": 2, "account": 3}
"""The storage servers, and how far their ports are from the proxy's."""
STAMP = "rings.json"
RESERVE_BYTES = 256 << 20
"""Uploads are refused below this much free space, so that the database still has some."""
CHUNK_BYTES = 1 << 20
UPDATE_EVERY_S = 15
"""How long a listing may miss an object that was written while the container server was away."""
NEVER_SHUN = 1_000_000_000
"""Errors after which the proxy would avoid a storage server for a minute; there is no other to turn to."""
MOST_PARTS = 10_000

# Where an object lies follows from its name and from these two: were they lost, so were all objects.
# They are secret in a cluster of many tenants only, so here they are constants that cannot be lost.
CLUSTER = """\
[swift-hash]
swift_hash_path_prefix = scribe
swift_hash_path_suffix = embedded
"""


def configuration(folder: Path, data: Path, config: StackConfig) -> dict[str, str]:
    """The content of every file by its name; they lie in ``folder`` and hold the secret key."""
    files = {"swift.conf": CLUSTER, "proxy-server.conf": _proxy(folder, config)}
    for kind, offset in STORAGE.items():
        files[f"{kind}-server.conf"] = _storage(kind, folder, data, config.ports.s3 + offset)
    return files


def rings_stand(folder: Path, ports: dict[str, int]) -> bool:
    """Whether the rings were written whole, for these ports, and are still as they were written."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        sums = {kind: hashlib.sha256((folder / f"{kind}.ring.gz").read_bytes()).hexdigest() for kind in ports}
    except (FileNotFoundError, ValueError):
        return False
    return bool(stamp == {"ports": ports, "sums": sums})


def _common(folder: Path, port: int) -> str:
    return f"""\
[DEFAULT]
swift_dir = {folder}
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {_user()}
log_level = WARNING
log_address = /dev/null
log_custom_handlers = stack.swift.console_log.without_syslog
client_timeout = 60
fallocate_reserve = {RESERVE_BYTES}
recon_cache_path = {folder}
"""


def _user() -> str:
    """The user that Swift "changes" to: whoever runs it, since it insists on a name."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        raise UserWithoutName(user_id=os.getuid()) from None


def _storage(kind: str, folder: Path, data: Path, port: int) -> str:
    return f"""\
{_common(folder, port)}devices = {data}
mount_check = false

[pipeline:main]
pipeline = {kind}-server

[app:{kind}-server]
use = egg:swift#{kind}
replication_server = false
network_chunk_size = {CHUNK_BYTES}
disk_chunk_size = {CHUNK_BYTES}

[{kind}-updater]
interval = {UPDATE_EVERY_S}
"""


def _proxy(folder: Path, config: StackConfig) -> str:
    """The S3 face; the parts of a deleted object go with it, since no daemon would remove them later."""
    account, user = config.credentials.s3_access_key.split(":", 1)
    return f"""\
{_common(folder, config.ports.s3)}
[pipeline:main]
pipeline = catch_errors cache s3api tempauth slo dlo proxy-server

[app:proxy-server]
use = egg:swift#proxy
allow_account_management = true
account_autocreate = true
client_chunk_size = {CHUNK_BYTES}
object_chunk_size = {CHUNK_BYTES}
error_suppression_limit = {NEVER_SHUN}

[filter:catch_errors]
use = egg:swift#catch_errors

[filter:cache]
paste.filter_factory = stack.swift.memory_cache:filter_factory

[filter:s3api]
use = egg:swift#s3api
location = {REGION}
s3_acl = false
max_upload_part_num = {MOST_PARTS}

[filter:tempauth]
use = egg:swift#tempauth
user_{account}_{user} = {config.credentials.s3_secret_key} .admin

[filter:slo]
use = egg:swift#slo
min_segment_size = 1
allow_async_delete = false
delete_concurrency = 8
max_manifest_segments = {MOST_PARTS}
max_manifest_size = {64 << 20}

[filter:dlo]
use = egg:swift#dlo
"""
