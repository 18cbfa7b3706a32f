"""The colours of tokens.css as numbers: OKLCH to sRGB, and the contrast of two."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).resolve().parents[2] / "dashboard" / "static"
_OKLCH: Final = r"oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"
_PAIR: Final = re.compile(rf"--([\w-]+):\s*light-dark\({_OKLCH},\s*{_OKLCH}\)")


@dataclass(frozen=True, slots=True)
class Colour:
    """Linear light, red, green and blue from 0 to 1."""

    red: float
    green: float
    blue: float

    @property
    def hex(self) -> str:
        """As #rrggbb in sRGB."""
        return "#" + "".join(f"{round(255 * _encoded(part)):02x}" for part in self._parts)

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG defines it."""
        return 0.2126 * self.red + 0.7152 * self.green + 0.0722 * self.blue

    @property
    def _parts(self) -> tuple[float, float, float]:
        return self.red, self.green, self.blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((one.luminance, other.luminance), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """A colour of OKLCH, clipped to what sRGB can show."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return Colour(
        _clipped(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _clipped(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _clipped(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def tokens(css: str) -> dict[str, tuple[Colour, Colour]]:
    """Each colour of the style sheet, in the light and in the dark."""
    found = {}
    for name, *numbers in _PAIR.findall(css):
        values = [float(number) for number in numbers]
        found[name] = (oklch(*values[:3]), oklch(*values[3:]))
    return found


def fallback(css: str) -> str:
    """The same colours for browsers that know no `light-dark()`, as rules of a style sheet."""
    found = tokens(css)
    light = ";".join(f"--{name}:{pair[0].hex}" for name, pair in found.items())
    dark = ";".join(f"--{name}:{pair[1].hex}" for name, pair in found.items())
    return (
        f":root{{{light}}}\n"
        f':root[data-theme="dark"]{{{dark}}}\n'
        f'@media (prefers-color-scheme: dark){{:root:not([data-theme="light"]){{{dark}}}}}\n'
    )


def _clipped(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _encoded(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
