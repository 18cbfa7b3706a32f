"""Which pages are taken, of which repositories of the demonstration."""

from __future__ import annotations

from typing import Final

RICH: Final = "{checkout-api}"
WORSE: Final = "{ledger-core}"

PAGES: Final[dict[str, str]] = {
    "portfolio": "/",
    "portfolio-matrix": "/?view=matrix",
    "new-code": "/new-code/",
    "all-findings": "/findings/",
    "all-scans": "/scans/",
    "find": "/find/?q=ledger&kind=everything",
    "find-nothing": "/find/?q=zebra+stripes",
    "disk": "/disk/",
    "repository": RICH,
    "repository-worse": WORSE,
    "repository-partial": "{customs-forms}",
    "repository-failed": "{loyalty-points}",
    "repository-new": "{gift-cards}",
    "principle": f"{RICH}principles/typing/",
    "trend": f"{RICH}trend/",
    "trend-each": f"{RICH}trend/?show=each",
    "hotspots": f"{RICH}hotspots/",
    "ageing": f"{RICH}ageing/",
    "folders": f"{RICH}folders/?by=testability",
    "compare": f"{RICH}compare/",
    "past": f"{RICH}past/",
    "layers": f"{RICH}layers/",
    "findings": f"{RICH}findings/",
    "findings-accepted": f"{RICH}findings/?state=accepted",
    "files": f"{RICH}files/",
    "scans": f"{RICH}scans/",
    "repository-rubric": f"{RICH}rubric/",
    "settings": f"{RICH}settings/",
    "rubric": "/rubric/",
    "rubric-default": "/rubric/default/",
    "rule": "/rubric/FF01/",
    "teams": "/teams/",
    "account": "/account/",
    "tokens": "/account/tokens/",
    "add-repository": "/repositories/add/",
    "not-found": "/no/such/page/",
}
"""Name of the picture: address, where {name} is the page of a repository."""

REPOSITORIES: Final = (
    "checkout-api",
    "ledger-core",
    "customs-forms",
    "loyalty-points",
    "gift-cards",
)

FOUND: Final = (
    ("file", f"{RICH}findings/", 'main tbody a[href*="/file/"]'),
    ("accept", "{file}", 'main a[href*="/findings/accept/"]'),
    ("scan", f"{RICH}scans/", 'main a[href*="/scans/"]'),
    ("scan-failed", "{loyalty-points}scans/", 'main tbody a[href*="/scans/"]'),
    ("team", "/teams/", 'main tbody a[href*="/teams/"]'),
    ("compare-file", f"{RICH}compare/", 'main a[href*="/compare/file/"]'),
    ("findings-then", f"{RICH}compare/?from=v1.1.0", 'main a[href*="/findings/?at="]'),
    ("file-then", "{findings-then}", 'main tbody a[href*="/findings/"][href*=".py"]'),
)
"""Name of the picture: the page it is found on, and which link there leads to it; in turn."""

ASKED: Final = (("repository-rubric-preview", f"{RICH}rubric/", "limits.function_lines", "12"),)
"""Name of the picture: the form it comes of, the field that is changed there, and to what."""

SIGN_IN: Final = "sign-in"
"""Taken on the way in."""

IN_DOCS: Final = {"portfolio": 1_300, "repository": 1_900, "compare": 1_000, "file": 1_000}
"""Those that the README shows, with the height of what is shown."""
