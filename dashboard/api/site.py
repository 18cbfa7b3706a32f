"""The API put together."""

from __future__ import annotations

from django.urls import URLPattern
from ninja import NinjaAPI

from dashboard.api import compare, repositories, verdicts
from dashboard.api.problems import tell_problems

api = NinjaAPI(
    title="Codevitals",
    version="1",
    description="Scores, scans and findings. Send a token as Authorization: Bearer.",
    urls_namespace="api",
    docs_url=None,
)
tell_problems(api)
api.add_router("/repositories", repositories.router)
api.add_router("", verdicts.router)
api.add_router("", compare.router)

urls = api.urls
for _address in urls[0]:
    if isinstance(_address, URLPattern):
        # A token opens these, not a session: without one they answer 401, not a page to sign in.
        vars(_address.callback)["login_required"] = False
