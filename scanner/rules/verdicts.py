"""The rules applied: to one module, whose verdict holds while its context does; to the survey."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from scanner.domain.fingerprints import fingerprint
from scanner.rules.catalogue import CATALOGUE, Entry
from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.offences import Offence, Site
from scanner.rules.records import Principle, Rule

DETAIL_LENGTH = 1_000

Found: TypeAlias = tuple[Rule, str, Offence]
"""A rule, the path it found something in, and what it found."""


class Judged(NamedTuple):
    """An offence with the rule it breaks, the file it stands in, and its identity."""

    rule: Rule
    principle: str
    path: str
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

    def renewed(self, fresh: ModuleVerdict, keys: Collection[str]) -> ModuleVerdict:
        """This verdict with what was judged afresh of some principles, and of no others."""
        sites = {key: each for key, each in self.sites.items() if key not in keys}
        kept = [each for each in self.offences if each.principle not in keys]
        return ModuleVerdict(self.path, {**sites, **fresh.sites}, (*kept, *fresh.offences))


@dataclass(frozen=True, slots=True)
class SurveyVerdict:
    """What survey rules say: sites by principle and path, offences, notices."""

    sites: Mapping[str, Mapping[str, Sites]]
    offences: tuple[Judged, ...]
    notices: tuple[str, ...]

    def renewed(
        self, fresh: SurveyVerdict, keys: Collection[str], notices: Iterable[str]
    ) -> SurveyVerdict:
        """The same of all modules; notices are told anew, since their order is the principles'."""
        sites = {key: each for key, each in self.sites.items() if key not in keys}
        kept = [each for each in self.offences if each.principle not in keys]
        return SurveyVerdict({**sites, **fresh.sites}, (*kept, *fresh.offences), tuple(notices))


def judge_module(
    context: ModuleContext, entries: Sequence[Entry] = CATALOGUE, *, for_scores: bool = False
) -> ModuleVerdict:
    """Judge one module, by some principles or all. Depends on nothing but the context.

    With `for_scores`, offences have no fingerprints, and those that cost nothing may be missing.
    """
    sites: dict[str, Sites] = {}
    offences: list[Judged] = []
    for entry in entries:
        principle = entry.principle
        if principle.sites is not None:
            gathered = Sites()
            for site in principle.sites(context):
                gathered.take(site)
            if gathered.places:
                sites[principle.key] = gathered
        found = [
            (rule, context.path, offence)
            for rule in _on(entry, context.rubric.rules_off)
            if rule.module is not None
            for offence in rule.module(context)
        ]
        offences.extend((_nameless if for_scores else _identified)(principle, found))
    return ModuleVerdict(context.path, sites, tuple(offences))


def judge_survey(
    survey: Survey, entries: Sequence[Entry] = CATALOGUE, *, for_scores: bool = False
) -> SurveyVerdict:
    """Judge all modules together, by some principles or all.

    With `for_scores`, there are no notices, offences have no fingerprints, and those that cost
    nothing may be missing.
    """
    sites: dict[str, dict[str, Sites]] = {}
    offences: list[Judged] = []
    for entry in entries:
        principle = entry.principle
        if principle.survey_sites is not None:
            sites[principle.key] = {
                path: survey.lasting.of(_gathered, path, found)
                for path, found in principle.survey_sites(survey)
                if found
            }
        found = _found_together(entry, survey, for_scores=for_scores)
        offences.extend((_nameless if for_scores else _identified)(principle, found))
    notices = () if for_scores else tuple(notices_of(survey, entries))
    return SurveyVerdict(sites, tuple(offences), notices)


def notices_of(survey: Survey, entries: Sequence[Entry] = CATALOGUE) -> Iterator[str]:
    """What the reader should know of how it was judged."""
    for entry in entries:
        if entry.principle.notices is not None:
            yield from entry.principle.notices(survey)


def _found_together(entry: Entry, survey: Survey, *, for_scores: bool) -> list[Found]:
    return [
        (rule, offence.path, offence)
        for rule in _on(entry, survey.rubric.rules_off)
        if rule.survey is not None and not (for_scores and rule.is_advisory)
        for offence in rule.survey(survey)
    ]


def _gathered(path: str, found: Iterable[Site]) -> Sites:
    gathered = Sites()
    for site in found:
        gathered.take(site)
    return gathered


def _on(entry: Entry, rules_off: frozenset[str]) -> Iterable[Rule]:
    if not rules_off:
        return entry.rules
    return [rule for rule in entry.rules if rule.code not in rules_off]


def _nameless(principle: Principle, found: Iterable[Found]) -> Iterator[Judged]:
    """Offences without fingerprints."""
    for rule, path, offence in _worst_of_each_site(found) if principle.one_a_site else found:
        yield Judged(rule, principle.key, path, offence, "")


def _identified(principle: Principle, found: list[Found]) -> Iterator[Judged]:
    """Give each offence its fingerprint; equals are counted in the order of their lines."""
    if not found:
        return
    seen: Counter[tuple[str, str, str, str]] = Counter()
    if principle.one_a_site:
        found = list(_worst_of_each_site(found))
    for rule, path, offence in sorted(found, key=_in_order):
        identity = (rule.code, path, offence.symbol, offence.digest)
        known = fingerprint(*identity, seen[identity])
        yield Judged(rule, principle.key, path, offence, known)
        seen[identity] += 1


def _in_order(found: Found) -> tuple[str, int, str, str, int]:
    rule, path, offence = found
    return (path, offence.line, rule.code, offence.symbol, offence.end_line)


def _worst_of_each_site(found: Iterable[Found]) -> Iterator[Found]:
    """One offence a site: the dearest, then the first by code. The others go into its detail."""
    at: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for each in found:
        _, path, offence = each
        site = offence.costs[0].site if offence.costs else ""
        if site:
            at[path, site].append(each)
        else:
            yield each
    for there in at.values():
        there.sort(key=lambda each: (-each[2].total, each[0].code))
        rule, path, offence = there[0]
        others = "; ".join(f"{other.code} {other.name}" for other, _, _ in there[1:])
        detail = "; ".join(part for part in (offence.detail, others and f"also {others}") if part)
        yield rule, path, offence._replace(detail=detail[:DETAIL_LENGTH])
