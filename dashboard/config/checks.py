"""What `manage.py check` says about the settings beyond Django's own checks."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from dashboard.config.environment import unknown_names
from dashboard.config.settings import ENVIRONMENT


def check_names(**_: Any) -> list[CheckMessage]:
    """W001: variables that begin like a setting and are none."""
    return [Warning(sentence, id="codevitals.W001") for sentence in unknown_names()]


def check_shared_keys(**_: Any) -> list[CheckMessage]:
    """W002: several machines share a database, but each would make keys of its own."""
    shared = ENVIRONMENT.database_url.get_secret_value()
    if not shared or (ENVIRONMENT.secret_key and ENVIRONMENT.encryption_keys):
        return []
    return [
        Warning(
            "The database may be shared by several machines, but the keys are not: one machine"
            " cannot read what another has signed or encrypted.",
            hint="Set CODEVITALS_SECRET_KEY and CODEVITALS_ENCRYPTION_KEYS, the same everywhere.",
            id="codevitals.W002",
        )
    ]


def register_checks() -> None:
    """Let Django run them."""
    register(check_names, Tags.compatibility)
    register(check_shared_keys, Tags.security, deploy=True)
