"""Every address of the dashboard. Each page adds its own line."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from dashboard.api.site import urls as api
from dashboard.config.repository_urls import repository_pages
from dashboard.views import (
    new_code,
    portfolio,
    rubric,
)
from dashboard.views.account import account
from dashboard.views.add_repository import add_repository
from dashboard.views.all_findings import all_findings
from dashboard.views.all_scans import all_scans
from dashboard.views.disk import disk
from dashboard.views.find import find
from dashboard.views.rubrics import (
    default_rubric,
    default_rubric_file,
)
from dashboard.views.sign_in import sign_in, sign_out
from dashboard.views.style import style
from dashboard.views.teams import team, teams
from dashboard.views.theme import theme
from dashboard.views.tokens import revoke, tokens
from dashboard.views.what_if import default_preview

handler500 = "dashboard.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", portfolio.show, name="portfolio"),
    path("portfolio/live/", portfolio.live, name="portfolio-live"),
    path("new-code/", new_code.show, name="new-code"),
    path("find/", find, name="find"),
    path("findings/", all_findings, name="all-findings"),
    path("scans/", all_scans, name="all-scans"),
    path("rubric/", rubric.catalogue, name="rubric"),
    path("rubric/default/", default_rubric, name="rubric-default"),
    path("rubric/default/file/", default_rubric_file, name="rubric-default-file"),
    path("rubric/default/preview/<int:preview>/", default_preview, name="rubric-default-preview"),
    path("rubric/<slug:code>/", rubric.rule, name="rule"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
    path("repositories/add/", add_repository, name="add-repository"),
    # "health", "health/ready"
    path("teams/", teams, name="teams"),
    path("teams/<slug:team>/", team, name="team"),
    path("account/", account, name="account"),
    path("disk/", disk, name="disk"),
    path("account/tokens/", tokens, name="tokens"),
    path("account/tokens/<int:token>/revoke/", revoke, name="revoke-token"),
    path("api/v1/", api),
    path("style/", style, name="style"),
    path("theme/", theme, name="theme"),
    path("r/<slug:team>/<slug:slug>/", include(repository_pages)),
]
