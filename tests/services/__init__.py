"""The pytest plugin that points the settings at a data directory of this run.

pytest-django reads the settings before any conftest, so this is loaded with `-p tests.services`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="codevitals-tests-")
atexit.register(shutil.rmtree, _FOLDER, True)
os.environ["CODEVITALS_DATA_DIR"] = _FOLDER
os.environ.setdefault("CODEVITALS_HOSTS", "127.0.0.1,localhost,testserver")
