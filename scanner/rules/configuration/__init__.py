"""Configuration: whether what differs between machines comes from outside, through one door."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.findings import MILLION
from scanner.rules.configuration.endpoints import costly
from scanner.rules.configuration.environment import reads
from scanner.rules.configuration.files import SETTINGS, committed_secrets
from scanner.rules.configuration.modules import settings
from scanner.rules.configuration.secrets import secrets
from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.offences import Site
from scanner.rules.records import Principle


def _sites(context: ModuleContext) -> Iterator[Site]:
    for site, fields in settings(context):
        yield Site(site, fields * MILLION, fields)
    for places in (reads(context), secrets(context), costly(context)):
        for site, _ in places:
            yield Site(site, MILLION)


def _survey_sites(survey: Survey) -> Iterator[tuple[str, tuple[Site, ...]]]:
    for site, file in committed_secrets(survey):
        if file.kind != SETTINGS:
            yield file.path, (Site(site, MILLION),)


PRINCIPLE = Principle(
    key="configuration",
    title="Configuration",
    unit="settings and reads of the environment",
    why=(
        "What differs between a laptop, a test and production is configuration. Where it comes "
        "from the environment, and is read in one place, the same code runs everywhere, what it "
        "needs can be listed, and no secret lies in the repository, where everyone who ever "
        "cloned it keeps a copy."
    ),
    sites=_sites,
    survey_sites=_survey_sites,
)
