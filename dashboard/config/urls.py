"""Every address of the dashboard. Each page adds its own line."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from dashboard.api.site import urls as api
from dashboard.views import (
    hotspots,
    layers,
    new_code,
    portfolio,
    principle,
    repository,
    rubric,
    trend,
)
from dashboard.views.acceptance import accept, withdraw
from dashboard.views.account import account
from dashboard.views.add_repository import add_repository
from dashboard.views.file import file
from dashboard.views.files import files
from dashboard.views.findings import findings
from dashboard.views.rubrics import (
    default_rubric,
    default_rubric_file,
    repository_rubric,
    repository_rubric_file,
    rubric_change,
)
from dashboard.views.scans import (
    backfill_cancel,
    backfill_now,
    scan,
    scan_now,
    scan_progress,
    scans,
)
from dashboard.views.settings import repository_settings
from dashboard.views.sign_in import sign_in, sign_out
from dashboard.views.style import style
from dashboard.views.teams import team, teams
from dashboard.views.theme import theme
from dashboard.views.tokens import revoke, tokens

handler500 = "dashboard.views.errors.server_error"

repository_pages: list[URLPattern | URLResolver] = [
    path("", repository.show, name="repository"),
    path("live/", repository.live, name="repository-live"),
    path("principles/<slug:key>/", principle.show, name="principle"),
    path("trend/", trend.show, name="trend"),
    path("trend/points/", trend.points, name="trend-points"),
    path("layers/", layers.show, name="layers"),
    path("hotspots/", hotspots.show, name="hotspots"),
    path("findings/", findings, name="findings"),
    path("findings/accept/", accept, name="accept"),
    path("findings/withdraw/", withdraw, name="withdraw"),
    path("files/", files, name="files"),
    path("scans/", scans, name="scans"),
    path("scans/<int:scan>/", scan, name="scan"),
    path("scans/<int:scan>/progress/", scan_progress, name="scan-progress"),
    path("scans/<int:scan>/cancel/", backfill_cancel, name="backfill-cancel"),
    path("file/<path:path>", file, name="file"),
    path("scan-now/", scan_now, name="scan-now"),
    path("backfill-now/", backfill_now, name="backfill-now"),
    path("rubric/", repository_rubric, name="repository-rubric"),
    path("rubric/file/", repository_rubric_file, name="repository-rubric-file"),
    path("rubric/<slug:before>/<slug:after>/", rubric_change, name="rubric-change"),
    path("settings/", repository_settings, name="repository-settings"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", portfolio.show, name="portfolio"),
    path("portfolio/live/", portfolio.live, name="portfolio-live"),
    path("new-code/", new_code.show, name="new-code"),
    path("rubric/", rubric.catalogue, name="rubric"),
    path("rubric/default/", default_rubric, name="rubric-default"),
    path("rubric/default/file/", default_rubric_file, name="rubric-default-file"),
    path("rubric/<slug:code>/", rubric.rule, name="rule"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
    path("repositories/add/", add_repository, name="add-repository"),
    # "health", "health/ready"
    path("teams/", teams, name="teams"),
    path("teams/<slug:team>/", team, name="team"),
    path("account/", account, name="account"),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<int:token>/revoke/", revoke, name="revoke-token"),
    path("api/v1/", api),
    path("style/", style, name="style"),
    path("theme/", theme, name="theme"),
    path("r/<slug:team>/<slug:slug>/", include(repository_pages)),
]
