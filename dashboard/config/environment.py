"""Settings from the environment, each named CODEVITALS_<NAME>; docs/settings.md tells them all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

HOME = Path(__file__).resolve().parents[2]


class Environment(BaseSettings):
    """One value per setting, judged at start-up. Lists are separated by commas."""

    model_config = SettingsConfigDict(env_prefix="CODEVITALS_", extra="ignore", frozen=True)

    data_dir: Path = HOME / ".codevitals"
    secret_key: SecretStr | None = None  # None: made once and kept in the data directory
    encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    debug: bool = False
    hosts: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "localhost", "[::1]")
    origins: Annotated[tuple[str, ...], NoDecode] = ()  # for CSRF behind a proxy: https://host
    https: bool = False
    database_url: str = ""  # postgresql://user:password@host:port/name; "" is SQLite
    redis_url: str = ""  # "" is the embedded Redis of `make run`
    bind: str = "127.0.0.1:8000"
    local_roots: Annotated[tuple[Path, ...], NoDecode] = ()
    private_hosts: Annotated[tuple[str, ...], NoDecode] = ()
    allow_http: bool = False
    children: int = Field(default=2, ge=1, le=64)
    interpreter: str = ""
    ca_bundle: str = ""
    log_level: str = "INFO"

    @field_validator(
        "encryption_keys", "hosts", "origins", "local_roots", "private_hosts", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("data_dir", "local_roots")
    @classmethod
    def _absolute(cls, value: Path | tuple[Path, ...]) -> Path | tuple[Path, ...]:
        if isinstance(value, Path):
            return value.expanduser().absolute()
        return tuple(path.expanduser().absolute() for path in value)
