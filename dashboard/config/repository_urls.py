"""The addresses of one repository's pages, below /r/<team>/<slug>/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from dashboard.config.rubric_urls import rubric_pages
from dashboard.views import (
    ageing,
    compare,
    compare_file,
    findings_then,
    folders,
    hotspots,
    layers,
    past,
    principle,
    repository,
    trend,
)
from dashboard.views.acceptance import accept, withdraw
from dashboard.views.file import file
from dashboard.views.file_history import file_history
from dashboard.views.files import files
from dashboard.views.findings import findings
from dashboard.views.past import backfill_now
from dashboard.views.scans import (
    backfill_cancel,
    scan,
    scan_now,
    scan_progress,
    scans,
)
from dashboard.views.settings import repository_settings

repository_pages: list[URLPattern | URLResolver] = [
    path("", repository.show, name="repository"),
    path("live/", repository.live, name="repository-live"),
    path("principles/<slug:key>/", principle.show, name="principle"),
    path("ageing/", ageing.show, name="ageing"),
    path("trend/", trend.show, name="trend"),
    path("trend/points/", trend.points, name="trend-points"),
    path("layers/", layers.show, name="layers"),
    path("folders/", folders.show, name="folders"),
    path("hotspots/", hotspots.show, name="hotspots"),
    path("compare/", compare.show, name="compare"),
    path("compare/steps/", compare.steps, name="compare-steps"),
    path("compare/again/", compare.again, name="compare-again"),
    path("compare/file/<path:path>", compare_file.show, name="compare-file"),
    path("findings/", findings, name="findings"),
    path("findings/<slug:commit>/<path:path>", findings_then.file, name="file-then"),
    path("findings/accept/", accept, name="accept"),
    path("findings/withdraw/", withdraw, name="withdraw"),
    path("files/", files, name="files"),
    path("past/", past.show, name="past"),
    path("scans/", scans, name="scans"),
    path("scans/<int:scan>/", scan, name="scan"),
    path("scans/<int:scan>/progress/", scan_progress, name="scan-progress"),
    path("scans/<int:scan>/cancel/", backfill_cancel, name="backfill-cancel"),
    path("file/<path:path>", file, name="file"),
    path("file-history/<path:path>", file_history, name="file-history"),
    path("scan-now/", scan_now, name="scan-now"),
    path("backfill-now/", backfill_now, name="backfill-now"),
    path("rubric/", include(rubric_pages)),
    path("settings/", repository_settings, name="repository-settings"),
]
