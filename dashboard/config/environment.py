"""Settings from the environment, each named CODEVITALS_<NAME>.

The descriptions here are the ones of docs/settings.md, which is made from them.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dashboard.config.databases import database

HOME = Path(__file__).resolve().parents[2]
PREFIX = "CODEVITALS_"
LEAST_SECRET = 50  # characters, as Django's own check asks


class SettingsError(ImproperlyConfigured):
    """One plain sentence for each value of the environment that cannot be used."""


class Environment(BaseSettings):
    """One value per setting, judged at start-up. Lists are separated by commas."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Field(
        default=HOME / ".codevitals",
        description="The folder for mirrors, caches, logs, the SQLite database and generated keys."
        " Each machine has its own.",
    )
    static_dir: Path | None = Field(
        default=None,
        description="Where collected static files lie; without one, in the data directory.",
    )
    bind: str = Field(
        default="127.0.0.1:8000",
        description="Where the web server listens: an address and a port."
        " Other machines reach it only at an address that is not a loopback one.",
    )
    hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("127.0.0.1", "localhost", "[::1]"),
        description="The host names under which the pages may be asked for.",
    )
    origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Behind a proxy: the addresses that browsers use, such as"
        " `https://codevitals.example.org`, so that forms are accepted from them.",
    )
    https: bool = Field(
        default=False,
        description="Whether browsers come over https. Turns on secure cookies, HSTS and the"
        " redirect from http, and believes the proxy's X-Forwarded-Proto header.",
    )
    proxies: int = Field(
        default=0,
        ge=0,
        le=10,
        description="How many proxies of yours stand in front; tells from which place of"
        " X-Forwarded-For the address of a visitor is read. 0 ignores that header.",
    )
    web_processes: int = Field(
        default=2, ge=1, le=64, description="Processes of the web server, of 4 threads each."
    )
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="`postgresql://user:password@host:port/name`; without one, SQLite in the data"
        " directory. Parameters of libpq may follow: `?sslmode=require`.",
    )
    redis_url: SecretStr = Field(
        default=SecretStr(""),
        description="`redis://`, `rediss://` or `unix://` address of the broker; without one, the"
        " embedded Redis of `make run`.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="Signs sessions and forms; at least 50 characters. Without one, a key is made"
        " once and kept in the data directory.",
    )
    encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(),
        description="Fernet keys for the tokens and deploy keys of repositories; the first"
        " encrypts, all decrypt. Without one, a key is made once and kept in the data directory.",
    )
    local_roots: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(),
        description="Folders under which administrators may register repositories by their path.",
    )
    private_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Host names, addresses or networks (`10.0.0.0/8`) from which repositories may"
        " be fetched although they are not public.",
    )
    allow_http: bool = Field(
        default=False,
        description="Whether repositories may be fetched over http, without encryption.",
    )
    ca_bundle: str = Field(
        default="",
        description="A file of CA certificates for git hosts with certificates of their own.",
    )
    scans: int = Field(
        default=2, ge=1, le=64, description="Scans that a worker of `make run` runs side by side."
    )
    children: int = Field(
        default=2, ge=1, le=64, description="Processes that parse, for each running scan."
    )
    scan_seconds: int = Field(
        default=3_000,
        ge=10,
        le=3_300,
        description="How long one scan may take, fetching included, in seconds.",
    )
    lease_seconds: int = Field(
        default=30,
        ge=1,
        le=600,
        description="How long a worker may be silent before its scan is given to another, in"
        " seconds.",
    )
    cache_megabytes: int = Field(
        default=1_024,
        ge=1,
        le=1 << 20,
        description="How large the cache of one repository may grow: the facts of each version of"
        " each of its modules. Beyond it, what was not used for longest is dropped and parsed again"
        " when it is asked for.",
    )
    disk_gigabytes: int = Field(
        default=50,
        ge=1,
        le=1 << 20,
        description="How much the mirrors and caches of this machine may take together. Beyond it,"
        " those that were not used for longest are dropped; they are made again when needed.",
    )
    keep_days: int = Field(
        default=365,
        ge=7,
        le=36_500,
        description="For how many days every point of a trend is kept. Of older ones the last of"
        " each week and the releases stay for ever; scans that are older are forgotten.",
    )
    interpreter: str = Field(
        default="",
        description="The CPython that parses; without one, the newest that is found.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least severe log line that is written."
    )
    debug: bool = Field(
        default=False, description="Error pages with details. Never where others can reach it."
    )

    @field_validator(
        "encryption_keys", "hosts", "origins", "local_roots", "private_hosts", mode="before"
    )
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("data_dir", "static_dir")
    @classmethod
    def _absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value else None

    @field_validator("local_roots")
    @classmethod
    def _absolute_roots(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(path.expanduser().absolute() for path in value)

    @field_validator("bind")
    @classmethod
    def _bind(cls, value: str) -> str:
        split_bind(value)
        return value

    @field_validator("origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            parts = urlsplit(origin)
            if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
                raise ValueError("each one must read https://host, without a path")
        return value

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, value: SecretStr) -> SecretStr:
        database(value.get_secret_value(), HOME)
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_url(cls, value: SecretStr) -> SecretStr:
        address = value.get_secret_value()
        if address and urlsplit(address).scheme not in {"redis", "rediss", "unix"}:
            raise ValueError("it must begin with redis://, rediss:// or unix://")
        return value

    @field_validator("secret_key")
    @classmethod
    def _secret_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < LEAST_SECRET:
            raise ValueError(f"it must have at least {LEAST_SECRET} characters")
        return value

    @field_validator("encryption_keys")
    @classmethod
    def _encryption_keys(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for key in value:
            try:
                Fernet(key.get_secret_value())
            except ValueError as error:
                raise ValueError(
                    "each key must be 32 random bytes in URL-safe base64"
                    " (`manage.py rotate_keys --print` makes one)"
                ) from error
        return value

    @field_validator("ca_bundle", "interpreter")
    @classmethod
    def _file(cls, value: str) -> str:
        if value and not Path(value).is_file():
            raise ValueError("there is no such file")
        return value


def read_environment() -> Environment:
    """The settings of this process. Raises SettingsError with a sentence for each bad value."""
    try:
        return Environment()
    except ValidationError as error:
        sentences = [_sentence(problem) for problem in error.errors(include_url=False)]
        raise SettingsError("\n".join(sentences)) from None


def split_bind(value: str) -> tuple[str, int]:
    """Host and port of an address like "127.0.0.1:8000" or "[::1]:8000". Raises ValueError."""
    host, _, port = value.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 1 << 16:
        raise ValueError("it must be an address and a port, such as 127.0.0.1:8000")
    return host.strip("[]"), int(port)


def unknown_names(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """A sentence for each variable that begins like a setting and is none."""
    known = [PREFIX + name.upper() for name in Environment.model_fields]
    sentences = []
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Is {near[0]} meant?" if near else ""
            sentences.append(f"{name} is no setting of Codevitals and is ignored.{hint}")
    return tuple(sentences)


_PLAIN = {
    "int_parsing": "it must be a whole number",
    "bool_parsing": "it must be true or false",
    "greater_than_equal": "it must be at least {ge}",
    "less_than_equal": "it must be at most {le}",
    "literal_error": "it must be one of {expected}",
}
_SECRET = {"database_url", "redis_url", "secret_key", "encryption_keys"}


def _sentence(problem: ErrorDetails) -> str:
    name = str(problem["loc"][0]) if problem["loc"] else ""
    context = problem.get("ctx", {})
    if problem["type"] == "value_error":
        reason = str(context["error"])
    else:
        reason = _PLAIN.get(problem["type"], problem["msg"]).format(**context)
    shown = "" if name in _SECRET else f" ({str(problem['input'])[:100]!r})"
    return f"The setting {PREFIX}{name.upper()}{shown} cannot be used: {reason}."
