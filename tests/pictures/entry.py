"""`python -m tests.pictures.entry PASSWORD`: gives the administrator of a new site a password."""

from __future__ import annotations

import os
import sys

import django


def main(password: str) -> None:
    """Set it, for the longest-serving administrator."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "dashboard.config.settings"
    django.setup()
    from django.contrib.auth import get_user_model  # needs the settings

    users = get_user_model().objects
    user = users.filter(is_superuser=True).earliest("pk")
    user.set_password(password)
    user.save()


if __name__ == "__main__":
    main(sys.argv[1])
