"""Commands by which a container is set up and watched."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from dashboard.management.commands.first_run import Command as FirstRun
from dashboard.management.commands.ready import Command as Ready
from scanner.storage.models import Beat, Team


def said(command: FirstRun | Ready) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_first_run_makes_an_administrator_once() -> None:
    found = re.fullmatch(r"user (\S+)  password (\S+)\n", said(FirstRun()))
    assert found is not None
    user = User.objects.get(username=found[1])

    assert user.is_superuser
    assert user.check_password(found[2])
    assert Team.objects.count() == 1
    assert said(FirstRun()).startswith("There are users already")


@pytest.mark.django_db
def test_an_instance_without_ticks_is_not_ready() -> None:
    Beat.objects.all().delete()

    with pytest.raises(CommandError, match="tick: none yet"):
        said(Ready())
