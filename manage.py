"""The command line of Codevitals."""

import os
import sys

from django.core.management import execute_from_command_line

from dashboard.config.environment import SettingsError

UNUSABLE_SETTINGS = 2


def main() -> None:
    """Run one management command with the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dashboard.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(UNUSABLE_SETTINGS)


if __name__ == "__main__":
    main()
