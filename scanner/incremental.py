"""The verdict on one commit after another: the cost of a step follows the files that changed.

Only what a trend needs is kept: scores, tallies, coverage, lines. Every step gives the figures that
`scanner.assessment.assess` gives of the same files, to the last bit, for all sums are integers and
a score is one division at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from scanner.assessment import (
    NONE_ACCEPTED,
    acceptance_of,
    applicable_to,
    coverage_of,
    mass_of,
)
from scanner.domain.facts import Module, counts_of
from scanner.domain.findings import PARTIAL_BELOW, Tally
from scanner.domain.import_graph import GraphMemory
from scanner.domain.project import ProjectFacts
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.scoring import NOTHING, SiteCost, add, overall, score, settle, subtract
from scanner.domain.sorting import Facts, Sorting
from scanner.domain.stubs import Signatures, stubs_for
from scanner.domain.suppressions import Suppressions, suppressions
from scanner.domain.survey_view import survey_view
from scanner.rules.catalogue import CATALOGUE, Entry
from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.records import Structure
from scanner.rules.verdicts import Judged, ModuleVerdict, Sites, judge_module, judge_survey
from scanner.witness import WHOLE, Witness

_NO_STUBS: Final[Signatures] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """What one commit scores. Principles that do not apply have no score."""

    score: float
    coverage: float
    lines: int  # measured, in scope
    principles: Mapping[str, float | None]  # all ten, in the order of the rubric
    modules: int = 0
    tallies: Mapping[str, Tally] = field(default_factory=dict)  # of the principles that apply

    @property
    def is_partial(self) -> bool:
        """Too little was measured for the score to pass a gate."""
        return self.coverage < PARTIAL_BELOW

    @property
    def is_empty(self) -> bool:
        """Whether there is no module in scope, so that a score would say nothing."""
        return not self.modules and self.coverage == 1.0


class _Levy(NamedTuple):
    """What an offence costs at one site of a file."""

    principle: str
    site: str
    amount: int
    accepted: bool


class _Part(NamedTuple):
    """What the survey says of one file."""

    sites: tuple[tuple[str, Sites], ...] = ()  # by principle
    levies: tuple[_Levy, ...] = ()


_NO_PART: Final = _Part()


class _Size(NamedTuple):
    """How much production code there is."""

    modules: int = 0
    lines: int = 0
    functions: int = 0
    async_functions: int = 0

    def plus(self, other: _Size, sign: int = 1) -> _Size:
        """Both together; with a sign of -1, this without the other."""
        return _Size(*(one + sign * more for one, more in zip(self, other, strict=True)))

    def structure(self) -> Structure:
        """What decides which principles apply."""
        return Structure(self.modules, self.functions, self.async_functions)


def _size_of(module: Module) -> _Size:
    return _Size(1, module.lines, *counts_of(module))


class _Totals:
    """The tallies of all files, and their sums by principle."""

    def __init__(self) -> None:
        self._files: dict[str, Mapping[str, Tally]] = {}
        self._sums: dict[str, Tally] = {}

    def put(self, path: str, after: Mapping[str, Tally]) -> None:
        """Replace what a file had."""
        before = self._files.pop(path, {})
        if after:
            self._files[path] = after
        for key in before.keys() | after.keys():
            rest = subtract(self.of(key), before.get(key, NOTHING))
            self._sums[key] = add([rest, after.get(key, NOTHING)])

    def of(self, key: str) -> Tally:
        """The sum of a principle."""
        return self._sums.get(key, NOTHING)


class Course:
    """A repository on its way through its commits.

    With fewer `entries` than all, only the tallies of their principles mean anything. A `witness`
    is shown what is judged.
    """

    def __init__(
        self,
        rubric: Rubric = DEFAULT,
        entries: Sequence[Entry] = CATALOGUE,
        witness: Witness | None = None,
    ) -> None:
        self._rubric = rubric
        self._witness = witness
        self._entries = entries
        self._surveys = [entry for entry in entries if entry.surveys]
        self._surveyed = tuple(sorted(frozenset().union(*[each.surveyed for each in entries])))
        self._sorting = Sorting()
        self._stubs: Mapping[str, Signatures] = {}
        self._verdicts: dict[str, ModuleVerdict] = {}
        self._said: dict[str, Suppressions] = {}
        self._levies: dict[str, tuple[_Levy, ...]] = {}
        self._views: dict[str, object] = {}
        self._project: ProjectFacts | None = None
        self._graphs = GraphMemory()
        self._parts: dict[str, _Part] = {}
        self._totals = _Totals()
        self._sizes: dict[str, _Size] = {}
        self._size = _Size()

    def advance(self, project: ProjectFacts, changed: Mapping[str, Facts | None]) -> Standing:
        """Go to the commit that `project` describes.

        `changed` holds the facts of each `.py` and `.pyi` file that differs from the commit before,
        None for one that is gone.
        """
        touched = self._sorting.take(changed, project.config)
        dirty = self._judge_modules(touched)
        if self._surveys and self._survey_differs(project, touched):
            dirty |= self._judge_survey(project)
        for path in dirty:
            self._settle(path)
        return self._standing()

    def _judge_modules(self, touched: Iterable[str]) -> set[str]:
        """Judge what is new or differs; the paths whose verdicts may be others now."""
        production = self._sorting.production
        stubs = self._supplied()
        dirty = {path for path in touched if path in production or path in self._verdicts}
        for path in stubs.keys() | self._stubs.keys():
            if path in production and stubs.get(path) != self._stubs.get(path):
                dirty.add(path)
        self._stubs = stubs
        for path in dirty:
            self._forget(path)
            if path in production:
                self._judge(path, production[path])
        return dirty

    def _forget(self, path: str) -> None:
        for mapping in (self._verdicts, self._said, self._levies):
            mapping.pop(path, None)
        self._size = self._size.plus(self._sizes.pop(path, _Size()), -1)
        if self._witness is not None:
            self._witness.see(path, ())

    def _supplied(self) -> Mapping[str, Signatures]:
        sorting = self._sorting
        if not any(path.endswith(".pyi") for path in sorting.others):
            return {}
        return stubs_for({**sorting.production, **sorting.others})

    def _judge(self, path: str, module: Module) -> None:
        stubs = self._stubs.get(path, _NO_STUBS)
        verdict = judge_module(
            ModuleContext(path, module, self._rubric, stubs),
            self._entries,
            for_scores=self._witness is None,
        )
        if module.pragmas:
            self._said[path] = suppressions(module)
        self._levies[path] = tuple(levy for _, levy in self._levied(verdict.offences))
        if self._witness is not None:
            self._witness.see(path, verdict.offences)
        self._verdicts[path] = replace(verdict, offences=())
        self._sizes[path] = _size_of(module)
        self._size = self._size.plus(self._sizes[path])

    def _levied(self, offences: Iterable[Judged]) -> Iterator[tuple[str, _Levy]]:
        """What offences cost, each with the path that bears it."""
        for item in offences:
            costs = [cost for cost in item.offence.costs if cost.amount]
            if costs:
                said = self._said.get(item.path)
                accepted, _ = acceptance_of(item, said, NONE_ACCEPTED)
                for cost in costs:
                    yield (
                        cost.path or item.path,
                        _Levy(item.principle, cost.site, cost.amount, bool(accepted)),
                    )

    def _survey_differs(self, project: ProjectFacts, touched: Iterable[str]) -> bool:
        """Whether anything differs that a rule over all modules could see."""
        differs = project != self._project
        self._project = project
        sorting = self._sorting
        for path in touched:
            module = sorting.production.get(path) or sorting.others.get(path)
            view = module and (path in sorting.production, survey_view(module, self._surveyed))
            if view != self._views.get(path):
                differs = True
            self._views[path] = view
            if module is None:
                self._graphs.forget(path)
        return differs

    def _judge_survey(self, project: ProjectFacts) -> set[str]:
        """Judge all modules together; the paths for which that says something else now."""
        sorting = self._sorting
        survey = Survey(project, sorting.production, sorting.others, self._rubric, self._graphs)
        whole = judge_survey(survey, self._surveys, for_scores=self._witness is None)
        if self._witness is not None:
            self._witness.see(WHOLE, whole.offences)
        sites: dict[str, list[tuple[str, Sites]]] = defaultdict(list)
        for principle, by_path in whole.sites.items():
            for path, there in by_path.items():
                if there.places:
                    sites[path].append((principle, there))
        levies: dict[str, list[_Levy]] = defaultdict(list)
        for path, levy in self._levied(whole.offences):
            levies[path].append(levy)
        parts = {
            path: _Part(tuple(sites.get(path, ())), tuple(levies.get(path, ())))
            for path in sites.keys() | levies.keys()
        }
        before, self._parts = self._parts, parts
        return {
            path
            for path in before.keys() | parts.keys()
            if before.get(path, _NO_PART) != parts.get(path, _NO_PART)
        }

    def _settle(self, path: str) -> None:
        """Add up one file, and bring the totals up to date."""
        verdict, part = self._verdicts.get(path), self._parts.get(path, _NO_PART)
        whole = {principle: {path: sites} for principle, sites in part.sites}
        placed: dict[str, tuple[int, int]] = {}
        for key, sites in (*part.sites, *(verdict.sites.items() if verdict else ())):
            mass, places = placed.get(key, (0, 0))
            placed[key] = (mass + sites.mass, places + sites.places)
        costs: dict[str, list[SiteCost]] = defaultdict(list)
        for levy in (*self._levies.get(path, ()), *part.levies):
            mass = mass_of(levy.site, levy.principle, verdict, whole, path)
            costs[levy.principle].append(SiteCost(levy.site, mass, levy.amount, levy.accepted))
        after = {
            key: settle(*placed.get(key, (0, 0)), costs.get(key, ()))
            for key in placed.keys() | costs.keys()
        }
        self._totals.put(path, after)

    def _standing(self) -> Standing:
        sorting = self._sorting
        applicable = applicable_to(self._size.structure())
        scores = {
            terms.key: score(self._totals.of(terms.key), terms) if terms.key in applicable else None
            for terms in self._rubric.principles
        }
        lost = sum([file.lines for file in sorting.unmeasured.values()])
        is_blind = bool(sorting.unmeasured) and not sorting.production
        coverage = coverage_of(self._size.lines, lost, is_blind)
        return Standing(
            score=_overall(scores, self._rubric),
            coverage=coverage,
            lines=self._size.lines,
            principles=scores,
            modules=self._size.modules,
            tallies={key: self._totals.of(key) for key in scores if key in applicable},
        )


def _overall(scores: Mapping[str, float | None], rubric: Rubric) -> float:
    weights = {terms.key: terms.weight_millionths for terms in rubric.principles}
    return overall([(value, weights[key]) for key, value in scores.items() if value is not None])
