"""The areas of comparison, found by walking: each module here holds a `PARITY`."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Final

from tests.parity.records import Parity


def _areas() -> tuple[Parity, ...]:
    names = sorted(found.name for found in pkgutil.iter_modules(__path__, f"{__name__}."))
    return tuple(importlib.import_module(name).PARITY for name in names)


AREAS: Final = _areas()
