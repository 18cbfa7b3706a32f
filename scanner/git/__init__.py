"""Git, driven through GitPython's command driver: addresses, mirrors, trees and bytes.

GitPython looks for git when it is first imported and raises when there is none. A missing git has
a sentence of its own here (`scanner.git.command.executable`), so that check is told to be quiet.
"""

from __future__ import annotations

import os

os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")
