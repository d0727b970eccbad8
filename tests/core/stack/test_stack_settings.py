"""The stack and the product must read the same ports and secrets from the settings."""

import pytest

from scribe.settings import Settings
from stack.embedded import PRODUCT, SERVERS, Ports, StackConfig, environment_for, new_credentials
from stack.embedded.checks import check_credentials
from stack.embedded.credentials import Credentials
from stack.embedded.errors import CredentialUnusable, StackMisconfigured

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
    assert config.services == SERVERS + PRODUCT


@pytest.mark.usefixtures("environment")
def test_a_server_on_another_host_is_not_ours_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBE_S3__ENDPOINT", "https://s3.example.org")

    config = StackConfig.from_settings(Settings(_env_file=None))

    assert config.services == (*SERVERS[:2], *PRODUCT)


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
