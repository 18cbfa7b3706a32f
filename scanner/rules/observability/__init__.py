"""Observability: whether what a program does can be seen from its output."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.findings import MILLION
from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.observability.instruments import notice
from scanner.rules.observability.places import logs, prints
from scanner.rules.offences import Site
from scanner.rules.records import Principle


def _sites(context: ModuleContext) -> Iterator[Site]:
    for site, _ in logs(context):
        yield Site(site, MILLION)
    for site, _ in prints(context):
        yield Site(site, MILLION)


def _notices(survey: Survey) -> Iterator[str]:
    said = notice(survey)
    if said:
        yield said


PRINCIPLE = Principle(
    key="observability",
    title="Observability",
    unit="output sites",
    why=(
        "When something goes wrong in production, the log is what is left. It helps when every "
        "line goes through a named logger, keeps its values apart from its text, carries the "
        "traceback, and gives no secret away."
    ),
    sites=_sites,
    one_a_site=True,
    notices=_notices,
)
