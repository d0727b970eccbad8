"""The stack and the product must read the same ports and secrets from the settings."""

import json
from pathlib import Path

import pytest

from scribe.settings import (
    ApiSettings,
    DatabaseSettings,
    EngineSettings,
    JobSettings,
    LogSettings,
    S3Settings,
    Settings,
    StackSettings,
    WorkerSettings,
)
from stack.embedded import PRODUCT, SERVERS, WEB_APP, Ports, StackConfig, environment_for, new_credentials
from stack.embedded.addresses import free_port_advice
from stack.embedded.checks import check_credentials
from stack.embedded.credentials import Credentials
from stack.embedded.errors import CredentialUnusable, StackMisconfigured
from stack.embedded.layout import Layout
from stack.embedded.product import Api, Gpu, ProductService, Scheduler
from stack.embedded.program import Program
from stack.embedded.revision import revision_of
from stack.embedded.services import ServiceName
from stack.embedded.variables import as_variables

PORTS = Ports(postgres=21_001, redis=21_002, s3=21_003)
SECRET = "x" * 40


@pytest.fixture
def credentials() -> Credentials:
    return new_credentials()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, credentials: Credentials) -> dict[str, str]:
    variables = environment_for(PORTS, credentials) | {"SCRIBE_AUTH__SECRET": SECRET}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.mark.usefixtures("environment")
def test_what_is_written_to_the_environment_is_read_back(credentials: Credentials) -> None:
    config = StackConfig.from_settings(Settings(_env_file=None))

    assert config.ports == PORTS
    assert config.credentials == credentials
    assert config.services == SERVERS + PRODUCT + WEB_APP


@pytest.mark.usefixtures("environment")
def test_a_server_on_another_host_is_not_ours_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBE_S3__ENDPOINT", "https://s3.example.org")

    config = StackConfig.from_settings(Settings(_env_file=None))

    assert config.services == (*SERVERS[:2], *PRODUCT, *WEB_APP)


@pytest.mark.usefixtures("environment")
def test_the_web_app_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBE_WEB__ENABLED", "false")

    config = StackConfig.from_settings(Settings(_env_file=None))

    assert config.services == SERVERS + PRODUCT
    assert config.environment["SCRIBE_API__TRUSTED_PROXIES"] == "[]"


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("host", "named", "trusted"),
    [
        ("127.0.0.1", "[]", ["127.0.0.1", "::1"]),
        ("::", '["10.0.0.2"]', ["10.0.0.2", "127.0.0.1", "::1"]),
        ("192.0.2.7", "[]", ["127.0.0.1", "::1", "192.0.2.7"]),
        ("127.0.0.1", '["*"]', ["*"]),
    ],
)
def test_the_api_believes_the_web_app_and_the_web_app_only_whom_the_operator_named(
    monkeypatch: pytest.MonkeyPatch, host: str, named: str, trusted: list[str]
) -> None:
    monkeypatch.setenv("SCRIBE_API__HOST", host)
    monkeypatch.setenv("SCRIBE_API__TRUSTED_PROXIES", named)

    config = StackConfig.from_settings(Settings(_env_file=None))

    assert json.loads(config.environment["SCRIBE_API__TRUSTED_PROXIES"]) == trusted
    assert list(config.trusted_proxies) == json.loads(named)


@pytest.mark.usefixtures("environment")
def test_an_address_and_a_port_that_disagree_are_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBE_STACK__REDIS_PORT", "21999")

    with pytest.raises(StackMisconfigured, match="SCRIBE_STACK__REDIS_PORT is 21999"):
        StackConfig.from_settings(Settings(_env_file=None))


def test_credentials_differ_every_time_and_stay_out_of_logs() -> None:
    one, other = new_credentials(), new_credentials()

    assert one != other
    assert one.s3_secret_key not in repr(one)
    assert one.s3_access_key.split(":")[0] == other.s3_access_key.split(":")[0]
    check_credentials(one)


@pytest.mark.parametrize("secret", ["", "with space", "per%cent", "quo'te"])
def test_a_secret_that_would_break_a_server_file_is_reported(credentials: Credentials, secret: str) -> None:
    broken = Credentials(
        secret, credentials.redis_password, credentials.s3_access_key, credentials.s3_secret_key
    )

    with pytest.raises(CredentialUnusable, match="SCRIBE_DATABASE__URL"):
        check_credentials(broken)


def test_a_secret_of_somebody_elses_server_may_be_anything(credentials: Credentials) -> None:
    elsewhere = Credentials(
        credentials.postgres_password, credentials.redis_password, "AKIAEXAMPLE", "with/slash+plus"
    )

    check_credentials(elsewhere, [ServiceName.POSTGRES, ServiceName.REDIS, *PRODUCT])


@pytest.mark.parametrize(
    ("service", "settings"),
    [
        (ServiceName.POSTGRES, ["SCRIBE_STACK__POSTGRES_PORT", "SCRIBE_DATABASE__URL"]),
        (ServiceName.REDIS, ["SCRIBE_STACK__REDIS_PORT", "SCRIBE_REDIS__URL"]),
        (ServiceName.S3, ["SCRIBE_STACK__S3_PORT", "SCRIBE_S3__ENDPOINT"]),
        (ServiceName.API, ["SCRIBE_API__PORT"]),
        (ServiceName.WEB, ["SCRIBE_WEB__PORT"]),
    ],
)
def test_moving_a_port_takes_every_setting_that_names_it(service: ServiceName, settings: list[str]) -> None:
    assert [name for name in settings if name not in free_port_advice(service)] == []


@pytest.mark.usefixtures("environment")
def test_a_process_reads_back_the_very_settings_that_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    given = Settings(
        _env_file=None,
        log=LogSettings(level="DEBUG", format="console"),
        api=ApiSettings(trusted_proxies=["10.0.0.1", "192.0.2.0/24"]),
        jobs=JobSettings(lease_s=32.5),
        worker=WorkerSettings(work_dir=Path("/srv/work"), metrics_port=None),
        engines=EngineSettings(transcriber="dummy", threads=3),
    )
    monkeypatch.setenv("SCRIBE_WORKER__METRICS_PORT", "9100")  # of whoever first started the supervisor

    for name, value in as_variables(given).items():
        monkeypatch.setenv(name, value)

    assert Settings(_env_file=None) == given


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, env="development", stack=StackSettings(volumes=tmp_path))


def program(kind: type[ProductService], settings: Settings) -> Program:
    config = StackConfig.from_settings(settings)
    return kind(config, Layout(config.volumes)).programs()[0]


@pytest.mark.parametrize("kind", [Api, Gpu, Scheduler])
@pytest.mark.parametrize(
    "change",
    [
        {"log": LogSettings(level="DEBUG")},
        {"engines": EngineSettings(diariser="none")},
        {"database": DatabaseSettings(pool_size=3)},
        {"s3": S3Settings(secret_key="another")},
    ],
)
def test_a_changed_setting_changes_the_products_processes(
    settings: Settings, kind: type[ProductService], change: dict[str, object]
) -> None:
    changed = settings.model_copy(update=change)

    assert program(kind, settings) == program(kind, settings)
    assert program(kind, changed) != program(kind, settings)


def test_changed_code_changes_the_processes_that_run_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "fresh_package" / "part" / "module.py"
    source.parent.mkdir(parents=True)
    source.write_text("one = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(Gpu, "packages", ("fresh_package",))
    gpu, api = program(Gpu, settings), program(Api, settings)

    source.write_text("two = 2\n")

    assert program(Gpu, settings) != gpu
    assert program(Api, settings) == api


def test_code_that_was_only_touched_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "touched_package" / "module.py"
    source.parent.mkdir()
    source.write_text("one = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    before = revision_of(["touched_package"])

    source.touch()
    (source.parent / "notes.txt").write_text("no code")

    assert revision_of(["touched_package"]) == before


@pytest.mark.parametrize("kind", [Api, Gpu, Scheduler])
def test_the_code_that_is_watched_is_there(kind: type[ProductService]) -> None:
    nothing = revision_of([])

    assert all(revision_of([package]) != nothing for package in kind.packages)
