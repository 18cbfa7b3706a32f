"""`manage.py check --deploy` has nothing to say about production settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from dashboard.config.environment import HOME
from dashboard.config.keys import new_key

PRODUCTION = {
    "CODEVITALS_SECRET_KEY": "".join(chr(33 + index) for index in range(60)),
    "CODEVITALS_ENCRYPTION_KEYS": new_key(),
    "CODEVITALS_DATABASE_URL": "postgresql://user:password@db.example/codevitals",
    "CODEVITALS_REDIS_URL": "redis://redis.example:6379/0",
    "CODEVITALS_HOSTS": "codevitals.example.org",
    "CODEVITALS_ORIGINS": "https://codevitals.example.org",
    "CODEVITALS_HTTPS": "true",
    "CODEVITALS_PROXIES": "1",
}


def _check(folder: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CODEVITALS_")}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=HOME,
        env={**own, **PRODUCTION, "CODEVITALS_DATA_DIR": str(folder), **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_are_clean(tmp_path: Path) -> None:
    done = _check(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_shared_database_with_keys_of_one_machine_is_told(tmp_path: Path) -> None:
    done = _check(tmp_path, CODEVITALS_ENCRYPTION_KEYS="", CODEVITALS_CHILDRN="3")
    assert done.returncode == 1
    assert "codevitals.W001" in done.stderr
    assert "codevitals.W002" in done.stderr
