"""docs/settings.md tells every setting, and no other."""

from __future__ import annotations

import re

from dashboard.config.environment import HOME, Environment
from dashboard.config.settings_page import settings_page


def test_the_page_is_the_one_that_the_settings_make() -> None:
    written = (HOME / "docs" / "settings.md").read_text()
    assert written == settings_page(), "run: manage.py settings_page > docs/settings.md"


def test_every_setting_is_told_once() -> None:
    told = re.findall(r"^### CODEVITALS_(\w+)$", settings_page(), re.MULTILINE)
    assert sorted(told) == sorted(name.upper() for name in Environment.model_fields)


def test_no_path_of_this_machine_is_told() -> None:
    assert str(HOME) not in settings_page()
