"""docs/settings.md, made from the settings themselves."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic.fields import FieldInfo

from dashboard.config.environment import HOME, PREFIX, Environment

_HEAD = """\
# Settings

Every setting is a variable of the environment. `make run` needs none of them. Values are judged
at the start: what cannot be used is named in one sentence, and nothing is started. A variable
that begins with `CODEVITALS_` and is none of these is ignored with a notice. An empty value counts
as no value; lists are separated by commas; switches are `true` or `false`.

This page is made by `python manage.py settings_page`, from `dashboard/config/environment.py`.
"""

_GROUPS = (
    (
        "Where and for whom",
        ("data_dir", "static_dir", "bind", "hosts", "origins", "https", "proxies"),
    ),
    ("Databases and keys", ("database_url", "redis_url", "secret_key", "encryption_keys")),
    (
        "What may be fetched",
        ("local_roots", "private_hosts", "allow_http", "ca_bundle"),
    ),
    (
        "Work",
        ("scans", "children", "interpreter", "scan_seconds", "lease_seconds", "web_processes"),
    ),
    ("What is kept", ("cache_megabytes", "disk_gigabytes", "keep_days")),
    ("Watching", ("log_level", "debug")),
)


def settings_page() -> str:
    """The page in Markdown."""
    parts = [_HEAD]
    for title, names in _GROUPS:
        parts.append(f"\n## {title}\n")
        parts.extend(_entry(name, Environment.model_fields[name]) for name in names)
    return "".join(parts)


def _entry(name: str, field: FieldInfo) -> str:
    return f"\n### {PREFIX}{name.upper()}\n\n{field.description}\n\nDefault: {_default(field)}\n"


def _default(field: FieldInfo) -> str:
    value = field.default
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if value is None or value in ("", ()):
        return "none."
    if isinstance(value, bool):
        return f"`{str(value).lower()}`."
    if isinstance(value, tuple):
        value = ",".join(map(str, value))
    return f"`{str(value).replace(str(HOME), '<checkout>')}`."
