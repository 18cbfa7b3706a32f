"""What the first start of an instance makes: an administrator, a team, and this checkout in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction

from dashboard.config.environment import HOME
from dashboard.passwords import new_password
from scanner.application.registration import RegistrationRequest
from scanner.bootstrap import founding, registration
from scanner.domain.errors import UserError

NAME = "admin"
TEAM = "First team"
OWN_NAME = "codevitals"


@dataclass(frozen=True, slots=True)
class Administrator:
    """The first one, whose password is shown once and kept nowhere."""

    name: str
    password: str
    team_id: int


def first_administrator() -> Administrator | None:
    """Make an administrator and the team it owns; None when there are users already."""
    users = get_user_model()
    with transaction.atomic():
        if users.objects.exists():
            return None
        password = new_password()
        user = users.objects.create_superuser(NAME, password=password)
        return Administrator(NAME, password, founding().found(TEAM, user.pk))


def administrator_name() -> str:
    """The name of the longest-serving administrator; empty when there is none."""
    users = get_user_model().objects.filter(is_superuser=True, is_active=True)
    return users.order_by("pk").values_list("username", flat=True).first() or ""


def administrator_id() -> int:
    """The id of the longest-serving administrator. Raises UserError when there is none."""
    users = get_user_model().objects.filter(is_superuser=True, is_active=True)
    found: int | None = users.order_by("pk").values_list("pk", flat=True).first()
    if found is None:
        raise UserError(
            "user.no-administrator",
            "There are users, but no administrator among them.",
            "manage.py createsuperuser makes one.",
        )
    return found


def register_own_code(team_id: int) -> int:
    """Register the checkout that this code runs from. The id of its first scan.

    Raises UserError when it cannot be read.
    """
    request = RegistrationRequest(team_id, str(HOME), name=OWN_NAME, may_use_paths=True)
    return registration().register(request).scan_id
