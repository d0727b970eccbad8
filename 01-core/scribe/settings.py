"""Every setting of the product in one class; the only place that reads the environment."""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

REPOSITORY = Path(__file__).resolve().parents[2]
PLACEHOLDERS = ("change-me", "changeme", "placeholder", "secret", "password", "example")
SHORTEST_SECRET = 32


class LogSettings(BaseModel):
    """How processes log."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    format: Literal["json", "console"] = "json"


class DatabaseSettings(BaseModel):
    """PostgreSQL 16: the state."""

    url: SecretStr = SecretStr("postgresql+asyncpg://scribe:change-me@127.0.0.1:15432/scribe")
    pool_size: int = Field(default=10, ge=1)
    max_overflow: int = Field(default=20, ge=0)


class RedisSettings(BaseModel):
    """Redis: the bell and the events."""

    url: SecretStr = SecretStr("redis://:change-me@127.0.0.1:16379/0")


class S3Settings(BaseModel):
    """Any S3 server: the truth."""

    endpoint: str = "http://127.0.0.1:19000"
    public_endpoint: str | None = None
    region: str = "us-east-1"
    bucket: str = "scribe"
    access_key: SecretStr = SecretStr("change-me")
    secret_key: SecretStr = SecretStr("change-me")
    part_mib: int = Field(default=8, ge=5, le=512)
    stale_upload_hours: int = Field(default=24, ge=1)


class AuthSettings(BaseModel):
    """Sign-in: tokens and cookies."""

    secret: SecretStr = SecretStr("change-me")
    access_minutes: int = Field(default=15, ge=1)
    refresh_days: int = Field(default=30, ge=1)
    audience: str = "scribe"
    cookie_secure: bool = False
    internal_key: SecretStr | None = None


class ThrottleSettings(BaseModel):
    """How many wrong passwords are free, how long the next try then waits, and when they are forgotten."""

    free_tries: int = Field(default=5, ge=1)
    address_free_tries: int = Field(default=30, ge=1)
    first_delay_s: float = Field(default=2.0, gt=0)
    longest_delay_s: float = Field(default=900.0, gt=0)
    account_delay_s: float = Field(default=10.0, gt=0)
    forget_s: float = Field(default=600.0, gt=0)


class AuditSettings(BaseModel):
    """The audit log."""

    days: int = Field(default=365, ge=1)


class ApiSettings(BaseModel):
    """The HTTP gateway."""

    host: str = "127.0.0.1"
    port: int = Field(default=5000, ge=1, le=65535)
    max_upload_mib: int = Field(default=20_480, ge=1)
    trusted_origins: list[str] = []
    cors_origins: list[str] = []
    trusted_proxies: list[str] = []
    answer_s: float = Field(default=60.0, gt=0)
    stall_s: float = Field(default=60.0, gt=0)


class WebSettings(BaseModel):
    """The web app: where browsers find it."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = Field(default=3000, ge=1, le=65535)


class NetSettings(BaseModel):
    """Addresses that users give: where this instance may connect to on somebody's word."""

    allowed: list[str] = []
    timeout_s: float = Field(default=30.0, gt=0)
    max_redirects: int = Field(default=5, ge=0)


class UploadSettings(BaseModel):
    """Resumable uploads (tus)."""

    expire_hours: int = Field(default=24, ge=1)
    lease_s: float = Field(default=5.0, gt=0)
    wait_s: float = Field(default=2.0, ge=0)
    stall_s: float = Field(default=1.5, gt=0)


class OpenAiSettings(BaseModel):
    """The endpoints for programs that were written for OpenAI's API."""

    max_wait_s: float = Field(default=590.0, gt=0)


class QuotaSettings(BaseModel):
    """What a project and a person may use where nothing else is set for them; None: no limit."""

    max_bytes: int | None = Field(default=None, ge=1)
    max_minutes_month: int | None = Field(default=None, ge=1)
    max_jobs: int | None = Field(default=None, ge=1)
    max_upload_bytes: int | None = Field(default=None, ge=1)
    max_duration_s: int | None = Field(default=None, ge=1)
    retention_days: int | None = Field(default=None, ge=1)


class MediaSettings(BaseModel):
    """Limits on the recordings that strangers hand in."""

    max_duration_hours: float = Field(default=12.0, gt=0)
    min_duration_s: float = Field(default=0.3, ge=0)
    probe_timeout_s: float = Field(default=30.0, gt=0)
    convert_timeout_s: float = Field(default=3600.0, gt=0)
    memory_mib: int = Field(default=2048, ge=256)


class JobSettings(BaseModel):
    """How long a worker may be silent, and how often a job is tried."""

    lease_s: float = Field(default=30.0, gt=0)
    heartbeat_s: float = Field(default=8.0, gt=0)
    max_attempts: int = Field(default=3, ge=1)
    sweep_s: int = Field(default=5, ge=1)
    ring_after_s: float = Field(default=10.0, ge=0)
    retry_delay_s: float = Field(default=2.0, ge=0)
    outage_delay_s: float = Field(default=10.0, ge=0)

    @model_validator(mode="after")
    def _several_heartbeats_fit_into_a_lease(self) -> Self:
        if self.heartbeat_s * 2 > self.lease_s:
            raise ValueError("jobs.lease_s must be at least twice jobs.heartbeat_s")
        return self


class WorkerSettings(BaseModel):
    """One worker process."""

    concurrency: int = Field(default=8, ge=1)
    work_dir: Path | None = None
    metrics_port: int | None = None


class EngineSettings(BaseModel):
    """Which engines transcribe and diarise, with which models, and how long they may take.

    A model is the name of an installed one, or a folder.
    """

    transcriber: str = "auto"
    diariser: str = "auto"
    transcriber_model: str | None = None
    diariser_model: str | None = None
    device: Literal["auto", "cpu", "cuda"] = "auto"
    compute_type: str = "auto"
    batch_size: int | None = Field(default=None, ge=1)
    start_timeout_s: float = Field(default=300.0, gt=0)
    idle_timeout_s: float = Field(default=300.0, gt=0)
    silent_timeout_s: float = Field(default=300.0, gt=0)
    total_timeout_factor: float = Field(default=10.0, gt=0)
    max_wait_s: float = Field(default=600.0, gt=0)
    threads: int | None = None
    memory_mib: int | None = None
    file_mib: int = Field(default=1024, ge=1)


class GpuSettings(BaseModel):
    """The GPU: how much of its memory models may take, and who shares it."""

    vram_gb: float | None = Field(default=None, gt=0)
    policy: Literal["one", "fit"] = "one"
    ollama_url: str | None = None


class ModelSettings(BaseModel):
    """Where models lie, and where they come from when somebody asks for one."""

    folder: Path | None = None
    hub: str | None = None
    token: SecretStr | None = None


class DataSettings(BaseModel):
    """Where all data lie; a relative path counts from the repository, whoever reads it from wherever."""

    volumes: Path = REPOSITORY / "volumes"

    @field_validator("volumes")
    @classmethod
    def _from_the_repository(cls, volumes: Path) -> Path:
        return REPOSITORY / volumes


class StackSettings(DataSettings):
    """The embedded servers: where their data lie and the loopback ports they listen on."""

    postgres_port: int = 15432
    redis_port: int = 16379
    s3_port: int = 19000


class _FromEnvironment(BaseSettings):
    """The environment (``SCRIBE_GROUP__NAME``) and ``.env``; an empty variable is one that is not set."""

    model_config = SettingsConfigDict(
        env_prefix="SCRIBE_",
        env_nested_delimiter="__",
        env_file=REPOSITORY / ".env",
        env_ignore_empty=True,
        extra="ignore",
    )


class DataPlace(_FromEnvironment):
    """Only where the data lie, for commands that must work whatever else is wrong with the settings."""

    stack: DataSettings = DataSettings()


class StackPlace(_FromEnvironment):
    """Only the embedded servers, for writing credentials while there are none yet."""

    stack: StackSettings = StackSettings()


class Settings(_FromEnvironment):
    """All settings."""

    env: Literal["development", "production"] = "production"
    log: LogSettings = LogSettings()
    database: DatabaseSettings = DatabaseSettings()
    redis: RedisSettings = RedisSettings()
    s3: S3Settings = S3Settings()
    auth: AuthSettings = AuthSettings()
    throttle: ThrottleSettings = ThrottleSettings()
    audit: AuditSettings = AuditSettings()
    api: ApiSettings = ApiSettings()
    web: WebSettings = WebSettings()
    net: NetSettings = NetSettings()
    uploads: UploadSettings = UploadSettings()
    openai: OpenAiSettings = OpenAiSettings()
    quotas: QuotaSettings = QuotaSettings()
    media: MediaSettings = MediaSettings()
    jobs: JobSettings = JobSettings()
    worker: WorkerSettings = WorkerSettings()
    engines: EngineSettings = EngineSettings()
    gpu: GpuSettings = GpuSettings()
    models: ModelSettings = ModelSettings()
    stack: StackSettings = StackSettings()

    @property
    def root(self) -> Path:
        """The repository's folder."""
        return REPOSITORY

    @property
    def models_folder(self) -> Path:
        """Where installed models lie; a relative path counts from the repository."""
        return REPOSITORY / (self.models.folder or self.stack.volumes / "huggingface_cache")

    @model_validator(mode="after")
    def _no_placeholder_secrets(self) -> Self:
        """Refuse to run in production with a secret that anybody can guess."""
        if self.env == "development":
            return self
        guessable = [name for name, value in self._secrets().items() if _is_placeholder(value)]
        if guessable:
            names = ", ".join(guessable)
            raise ValueError(
                f"placeholder secrets in {names}: remove those lines from .env and run `./manage.sh setup`, "
                "which generates them, or set SCRIBE_ENV=development on a machine of your own"
            )
        for name in ("SCRIBE_AUTH__SECRET", "SCRIBE_AUTH__INTERNAL_KEY"):
            secret = self._secrets().get(name)
            if secret is not None and len(secret.get_secret_value()) < SHORTEST_SECRET:
                raise ValueError(f"{name} is shorter than {SHORTEST_SECRET} characters: generate one")
        return self

    def _secrets(self) -> dict[str, SecretStr]:
        internal = {"SCRIBE_AUTH__INTERNAL_KEY": self.auth.internal_key} if self.auth.internal_key else {}
        return internal | {
            "SCRIBE_DATABASE__URL": self.database.url,
            "SCRIBE_REDIS__URL": self.redis.url,
            "SCRIBE_S3__ACCESS_KEY": self.s3.access_key,
            "SCRIBE_S3__SECRET_KEY": self.s3.secret_key,
            "SCRIBE_AUTH__SECRET": self.auth.secret,
        }


def _is_placeholder(secret: SecretStr) -> bool:
    value = secret.get_secret_value().lower()
    return value in PLACEHOLDERS or any(f":{word}@" in value for word in PLACEHOLDERS) or "change-me" in value


@cache
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()
