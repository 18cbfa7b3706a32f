"""Where a trend leads to in one repository."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from dashboard.trend_window import WHOLE, Window

EACH: Final = "each"
"""What `show` is for the small trends of all principles side by side."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The addresses of one repository."""

    team: str
    slug: str

    def principle(self, key: str) -> str:
        """The page of a principle."""
        return reverse("principle", args=[self.team, self.slug, key])

    def rubric_change(self, before: str, after: str) -> str:
        """What differs between two rubrics that judged one after the other."""
        return reverse("rubric-change", args=[self.team, self.slug, before, after])

    def trend(self, show: str = "", window: Window = WHOLE) -> str:
        """The whole page of the trend; `show` is a principle, EACH, or "" for the overall score."""
        return self._at("trend", show, window)

    def points(self, show: str = "", window: Window = WHOLE) -> str:
        """Every point that is drawn, for the script that reads them."""
        return self._at("trend-points", show, window)

    def compare(self, before: str = "", after: str = "") -> str:
        """Two commits side by side; by default the last scan and the one before it."""
        address = reverse("compare", args=[self.team, self.slug])
        return f"{address}?{urlencode({'from': before, 'to': after})}" if before else address

    def _at(self, route: str, show: str, window: Window) -> str:
        address = reverse(route, args=[self.team, self.slug])
        parts = (urlencode({"show": show} if show else {}), window.query())
        query = "&".join(part for part in parts if part)
        return f"{address}?{query}" if query else address
