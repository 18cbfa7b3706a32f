"""What style and script weigh, all files of ours together."""

from __future__ import annotations

import gzip
from typing import Final

from dashboard.config.environment import HOME

STATIC: Final = HOME / "dashboard" / "static"
TARGETS: Final = {"css": 40_000, "js": 30_000}  # bytes, as they are sent


def weights(ending: str) -> tuple[int, int]:
    """Bytes of the files with this ending, as they are and as they are sent."""
    contents = [path.read_bytes() for path in sorted(STATIC.glob(f"*.{ending}"))]
    return sum(map(len, contents)), sum(len(gzip.compress(each, 6)) for each in contents)


def told() -> str:
    """Both in a sentence."""
    css, js = weights("css"), weights("js")
    return (
        f"All style sheets weigh {css[0] / 1e3:.0f} kB, {css[1] / 1e3:.1f} as sent (target "
        f"{TARGETS['css'] / 1e3:.0f}); our own JavaScript {js[0] / 1e3:.0f} kB, "
        f"{js[1] / 1e3:.1f} as sent (target {TARGETS['js'] / 1e3:.0f})."
    )
