"""`make run`: looks at the machine first, then runs everything until Ctrl-C."""

from __future__ import annotations

import os
import sys

import django

from dashboard.config.environment import (
    Environment,
    SettingsError,
    read_environment,
    unknown_names,
)
from dashboard.supervisor.checks import check_bind, check_data_dir, check_git, only_supervisor
from dashboard.supervisor.console import warn
from dashboard.supervisor.signals import Signals, StopRequestedError
from scanner.domain.errors import UserError


def main() -> int:
    """Run the instance; 0 when it was asked to stop, 1 when something kept it from starting."""
    signals = Signals()
    os.umask(0o077)
    try:
        environment = read_environment()
        _look_around(environment)
        _run(environment, signals)
    except (SettingsError, UserError) as error:
        warn(str(error))
        return 1
    except StopRequestedError:
        return 0
    return 0


def _look_around(environment: Environment) -> None:
    for sentence in unknown_names():
        warn(sentence)
    check_git()
    check_data_dir(environment.data_dir)
    only_supervisor(environment.data_dir)
    check_bind(environment.bind)


def _run(environment: Environment, signals: Signals) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "dashboard.config.settings"
    django.setup()
    from dashboard.supervisor.supervisor import Supervisor  # it needs the models

    Supervisor(environment, signals).run()


if __name__ == "__main__":
    sys.exit(main())
