"""The rules applied: to one module, whose verdict holds while its context does; to the survey."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from scanner.domain.fingerprints import fingerprint
from scanner.rules.catalogue import CATALOGUE, Entry
from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.offences import Offence, Site
from scanner.rules.records import Principle, Rule

DETAIL_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class Judged:
    """An offence with the rule it breaks and its identity."""

    rule: Rule
    principle: str
    offence: Offence
    fingerprint: str


@dataclass(slots=True)
class Sites:
    """The sites of one principle in one file."""

    mass: int = 0
    places: int = 0
    masses: dict[str, int] = field(default_factory=dict)

    def take(self, site: Site) -> None:
        """Count a site. Raises ValueError when its key is taken: a mistake in the principle."""
        if site.key in self.masses:
            raise ValueError(f"two sites share the key {site.key!r}")
        self.masses[site.key] = site.mass
        self.mass += site.mass
        self.places += site.places


@dataclass(frozen=True, slots=True)
class ModuleVerdict:
    """What module rules say of one module: its sites by principle, and its offences."""

    path: str
    sites: Mapping[str, Sites]
    offences: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class SurveyVerdict:
    """What survey rules say: sites by principle and path, offences, notices."""

    sites: Mapping[str, Mapping[str, Sites]]
    offences: tuple[Judged, ...]
    notices: tuple[str, ...]


def judge_module(context: ModuleContext) -> ModuleVerdict:
    """Judge one module. Depends on nothing but the context."""
    sites: dict[str, Sites] = {}
    offences: list[Judged] = []
    for entry in CATALOGUE:
        principle = entry.principle
        if principle.sites is not None:
            gathered = Sites()
            for site in principle.sites(context):
                gathered.take(site)
            if gathered.places:
                sites[principle.key] = gathered
        found = [
            (rule, replace(offence, path=context.path))
            for rule in _on(entry, context.rubric.rules_off)
            if rule.module is not None
            for offence in rule.module(context)
        ]
        offences.extend(_identified(principle, found))
    return ModuleVerdict(context.path, sites, tuple(offences))


def judge_survey(survey: Survey) -> SurveyVerdict:
    """Judge all modules together."""
    sites: dict[str, dict[str, Sites]] = {}
    offences: list[Judged] = []
    notices: list[str] = []
    for entry in CATALOGUE:
        principle = entry.principle
        if principle.survey_sites is not None:
            gathered: dict[str, Sites] = defaultdict(Sites)
            for path, site in principle.survey_sites(survey):
                gathered[path].take(site)
            sites[principle.key] = dict(gathered)
        found = [
            (rule, offence)
            for rule in _on(entry, survey.rubric.rules_off)
            if rule.survey is not None
            for offence in rule.survey(survey)
        ]
        offences.extend(_identified(principle, found))
        if principle.notices is not None:
            notices.extend(principle.notices(survey))
    return SurveyVerdict(sites, tuple(offences), tuple(notices))


def _on(entry: Entry, rules_off: frozenset[str]) -> Iterator[Rule]:
    return (rule for rule in entry.rules if rule.code not in rules_off)


def _identified(principle: Principle, found: Iterable[tuple[Rule, Offence]]) -> Iterator[Judged]:
    """Give each offence its fingerprint; equals are counted in the order of their lines."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    if principle.one_a_site:
        found = _worst_of_each_site(found)
    for rule, offence in sorted(found, key=_in_order):
        identity = (rule.code, offence.path, offence.symbol, offence.digest)
        yield Judged(rule, principle.key, offence, fingerprint(*identity, seen[identity]))
        seen[identity] += 1


def _in_order(pair: tuple[Rule, Offence]) -> tuple[str, int, str, str, int]:
    rule, offence = pair
    return (offence.path, offence.line, rule.code, offence.symbol, offence.end_line)


def _worst_of_each_site(
    found: Iterable[tuple[Rule, Offence]],
) -> Iterator[tuple[Rule, Offence]]:
    """One offence a site: the dearest, then the first by code. The others go into its detail."""
    at: dict[tuple[str, str], list[tuple[Rule, Offence]]] = defaultdict(list)
    for rule, offence in found:
        site = offence.costs[0].site if offence.costs else ""
        if site:
            at[offence.path, site].append((rule, offence))
        else:
            yield rule, offence
    for pairs in at.values():
        pairs.sort(key=lambda pair: (-pair[1].total, pair[0].code))
        rule, offence = pairs[0]
        others = "; ".join(f"{other.code} {other.name}" for other, _ in pairs[1:])
        detail = "; ".join(part for part in (offence.detail, others and f"also {others}") if part)
        yield rule, replace(offence, detail=detail[:DETAIL_LENGTH])
