"""Facts and a rubric in, an assessment out; pure.

`assess` is the whole of it. Its parts stand alone, so that a caller who judges many commits can
keep the verdict on each module (`scanner.rules.verdicts.judge_module`) while its context stays the
same, and only `compose` again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import Final, NamedTuple

from scanner.domain.facts import MODULE, Module, Unmeasured
from scanner.domain.findings import Assessment, Charge, Finding, RewrittenFile
from scanner.domain.import_graph import GraphMemory
from scanner.domain.ledger import Book, Ledger
from scanner.domain.project import ProjectFacts
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.scope import Scope, sort_out
from scanner.domain.scoring import SiteCost, grade
from scanner.domain.stubs import Signatures, stubs_for
from scanner.domain.suppressions import Suppressions, complaints, suppressions
from scanner.rules.catalogue import CATALOGUE, RULES
from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.dependence import entries_of, judged_otherwise
from scanner.rules.offences import Cost, Offence
from scanner.rules.records import Structure
from scanner.rules.verdicts import (
    Judged,
    ModuleVerdict,
    Sites,
    SurveyVerdict,
    judge_module,
    judge_survey,
    notices_of,
)

MAX_NOTICES = 100
MAX_UNCOUNTED = 1_000
NOTICE_LENGTH = 300
SYMBOL_LENGTH = 500
NONE_ACCEPTED: Final[Mapping[str, str]] = MappingProxyType({})


def assess(
    project: ProjectFacts,
    modules: Mapping[str, Module | Unmeasured],
    rubric: Rubric = DEFAULT,
    accepted: Mapping[str, str] = NONE_ACCEPTED,
) -> Assessment:
    """Judge a tree.

    `modules` holds every `.py` and `.pyi` file by path; `accepted` the findings that a team
    accepted, each fingerprint with the reason.
    """
    return compose(judge(project, modules, rubric), accepted)


def judge(
    project: ProjectFacts,
    modules: Mapping[str, Module | Unmeasured],
    rubric: Rubric,
    last: Judgement | None = None,
) -> Judgement:
    """Apply all rules; what is accepted plays no part in it.

    What was judged `last` of a tree much like this one is used again where it holds; the caller
    gives it away.
    """
    scope = sort_out(modules, project.config)
    contexts = module_contexts(scope, rubric)
    verdicts = {
        path: (last and last.still(context)) or judge_module(context)
        for path, context in contexts.items()
    }
    survey = Survey(project, scope.production, scope.others, rubric, _graphs(last, scope))
    stubs = {path: context.stubs for path, context in contexts.items() if context.stubs}
    return Judgement(survey, scope, verdicts, judge_survey(survey), stubs)


def _graphs(last: Judgement | None, scope: Scope) -> GraphMemory:
    """What is known of imports, but for the files that went."""
    if last is None:
        return GraphMemory()
    graphs = last.survey.graphs
    for path in (*last.scope.production, *last.scope.others):
        if path not in scope.production and path not in scope.others:
            graphs.forget(path)
    return graphs


def judge_again(known: Judgement, rubric: Rubric) -> Judgement:
    """The same files by another rubric; what it leaves as it is, is not judged again."""
    keys = judged_otherwise(known.survey.rubric, rubric)
    entries = entries_of(keys)
    verdicts = {
        path: known.modules[path].renewed(judge_module(context, entries), keys)
        for path, context in module_contexts(known.scope, rubric).items()
    }
    survey = replace(known.survey, rubric=rubric)
    whole = known.whole.renewed(judge_survey(survey, entries), keys, notices_of(survey))
    return Judgement(survey, known.scope, verdicts, whole, known.stubs)


def module_contexts(scope: Scope, rubric: Rubric) -> dict[str, ModuleContext]:
    """What the module rules are given of each production module."""
    stubs = stubs_for({**scope.production, **scope.others})
    return {
        path: ModuleContext(path, module, rubric, stubs.get(path, {}))
        for path, module in scope.production.items()
    }


def score_alone(path: str, module: Module, rubric: Rubric) -> float | None:
    """The score of one module by the rules that look at one module; None where none applies."""
    project = ProjectFacts((path,))
    scope = sort_out({path: module}, project.config)
    verdicts = {at: judge_module(context) for at, context in module_contexts(scope, rubric).items()}
    survey = Survey(project, scope.production, scope.others, rubric)
    whole = SurveyVerdict({}, (), ())
    files = compose(Judgement(survey, scope, verdicts, whole), NONE_ACCEPTED).files
    return next((file.score for file in files if file.scores), None)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that was judged, before it is added up."""

    survey: Survey
    scope: Scope
    modules: Mapping[str, ModuleVerdict]
    whole: SurveyVerdict
    stubs: Mapping[str, Signatures] = field(default_factory=dict)  # that speak for a module

    def still(self, context: ModuleContext) -> ModuleVerdict | None:
        """What was judged of a module, where its facts and all around it are the same."""
        path = context.path
        if self.scope.production.get(path) is not context.module:
            return None
        if self.survey.rubric != context.rubric or self.stubs.get(path, {}) != context.stubs:
            return None
        return self.modules[path]

    @property
    def offences(self) -> Iterator[Judged]:
        """All offences, of modules first."""
        for verdict in self.modules.values():
            yield from verdict.offences
        yield from self.whole.offences

    def mass(self, path: str, principle: str, site: str) -> int:
        """The mass of a site. Raises KeyError for one that its principle did not list."""
        return mass_of(site, principle, self.modules.get(path), self.whole.sites, path)


def mass_of(
    site: str,
    principle: str,
    verdict: ModuleVerdict | None,
    whole: Mapping[str, Mapping[str, Sites]],
    path: str,
) -> int:
    """The mass of a site of a path, listed by its module or by the survey; 0 for pure debt."""
    if not site:
        return 0
    listed = verdict.sites if verdict else {}
    if principle in listed:
        return listed[principle].masses[site]
    return whole[principle][path].masses[site]


def compose(judgement: Judgement, accepted: Mapping[str, str]) -> Assessment:
    """Add up what was judged."""
    rubric = judgement.survey.rubric
    applicable = applicable_to(structure_of(judgement.scope.production.values()))
    entries = _entries(judgement, applicable, accepted)
    ledger = _ledger(judgement, applicable, entries)
    findings = sorted(
        (_finding(entry, ledger) for entry in entries),
        key=lambda finding: (finding.path, finding.line, finding.rule, finding.fingerprint),
    )
    open_costs = Counter(f.principle for f in findings if f.cost and not f.accepted)
    scope = judgement.scope
    lines = {path: module.lines for path, module in scope.production.items()}
    score = ledger.score_of(ledger.totals)
    return Assessment(
        score=score,
        strict_score=ledger.strict_score_of(ledger.totals),
        grade=grade(score),
        lines=sum(lines.values()),
        modules=len(lines),
        coverage=coverage_of(
            sum(lines.values()),
            sum(file.lines for file in scope.unmeasured),
            bool(scope.unmeasured) and not scope.production,
        ),
        rubric=rubric.version,
        principles=tuple(ledger.principle_scores(open_costs)),
        files=tuple(ledger.file_scores(lines)),
        findings=tuple(findings),
        excluded=scope.excluded,
        unmeasured=scope.unmeasured,
        notices=tuple(
            notice[:NOTICE_LENGTH] for notice in islice(_notices(judgement), MAX_NOTICES)
        ),
        uncounted=tuple(islice(complaints(scope.production, RULES), MAX_UNCOUNTED)),
        rewritten=tuple(_rewritten(scope)),
    )


def _rewritten(scope: Scope) -> Iterator[RewrittenFile]:
    for path, module in scope.production.items():
        if module.rewritten:
            yield RewrittenFile(path, module.rewritten)


def structure_of(modules: Collection[Module]) -> Structure:
    """What decides which principles apply to these production modules."""
    functions = [function for module in modules for function in module.functions]
    return Structure(
        modules=len(modules),
        functions=len(functions),
        async_functions=sum(function.is_async for function in functions),
    )


def applicable_to(structure: Structure) -> frozenset[str]:
    """The keys of the principles that apply."""
    return frozenset(e.principle.key for e in CATALOGUE if e.principle.applies(structure))


class _Entry(NamedTuple):
    """An offence with what it costs, and who left it out of the score for which reason."""

    item: Judged
    charges: tuple[Charge, ...]
    accepted_by: str  # "comment" | "team" | ""
    reason: str


def _entries(
    judgement: Judgement, applicable: frozenset[str], accepted: Mapping[str, str]
) -> list[_Entry]:
    """The offences against principles that apply."""
    said = {
        path: suppressions(module)
        for path, module in judgement.scope.production.items()
        if module.pragmas
    }
    return [
        _Entry(
            item,
            tuple([_charge(judgement, item, cost) for cost in item.offence.costs if cost.amount]),
            *acceptance_of(item, said.get(item.path), accepted),
        )
        for item in judgement.offences
        if item.principle in applicable
    ]


def acceptance_of(
    item: Judged, said: Suppressions | None, accepted: Mapping[str, str]
) -> tuple[str, str]:
    """Who accepted an offence, and why; a comment in its file speaks first."""
    if said is not None:
        reason = said.reason(item.rule.code, _lines(item.offence))
        if reason is not None:
            return "comment", reason
    reason = accepted.get(item.fingerprint)
    return ("", "") if reason is None else ("team", reason)


def _charge(judgement: Judgement, item: Judged, cost: Cost) -> Charge:
    path = cost.path or item.path
    mass = judgement.mass(path, item.principle, cost.site)
    return Charge(path, cost.line or item.offence.line, cost.amount, cost.site, mass)


def _lines(offence: Offence) -> tuple[int, ...] | None:
    """Where a suppression comment may stand; None, which is anywhere, for a whole file."""
    if offence.digest:
        return (offence.line, offence.end_line)
    return None if offence.symbol == MODULE else (offence.line,)


def _ledger(judgement: Judgement, applicable: frozenset[str], entries: list[_Entry]) -> Ledger:
    book = Book(applicable)
    for path, verdict in judgement.modules.items():
        book.open_file(path)
        for key, sites in verdict.sites.items():
            book.place(path, key, sites.mass, sites.places)
    for key, by_path in judgement.whole.sites.items():
        for path, sites in by_path.items():
            book.place(path, key, sites.mass, sites.places)
    for item, charges, accepted_by, _ in entries:
        for charge in charges:
            cost = SiteCost(charge.site, charge.mass, charge.cost, bool(accepted_by))
            book.charge(charge.path, item.principle, cost)
    return book.close(judgement.survey.rubric)


def _finding(entry: _Entry, ledger: Ledger) -> Finding:
    item, charges, accepted_by, reason = entry
    offence, rule = item.offence, item.rule
    cost = sum([charge.cost for charge in charges])
    return Finding(
        rule=rule.code,
        name=rule.name,
        principle=item.principle,
        path=item.path,
        line=offence.line,
        end_line=offence.end_line,
        symbol=offence.symbol[:SYMBOL_LENGTH],
        message=offence.message,
        cost=cost,
        points=0.0 if accepted_by else ledger.rates[item.principle] * cost,
        fingerprint=item.fingerprint,
        effort=offence.effort or rule.effort,
        digest=offence.digest,
        accepted=bool(accepted_by),
        related=offence.related,
        charges=charges,
        detail=offence.detail,
        accepted_by=accepted_by,
        reason=reason,
    )


def coverage_of(measured: int, lost: int, is_blind: bool) -> float:
    """Measured lines of the lines in scope, from 0 to 1.

    A module without lines cannot change it; `is_blind` says that nothing at all could be read.
    """
    if measured + lost:
        return measured / (measured + lost)
    return 0.0 if is_blind else 1.0


def _notices(judgement: Judgement) -> Iterator[str]:
    config = judgement.survey.project.config
    for problem in config.problems:
        yield f"{problem}." if not problem.endswith(".") else problem
    for key in config.unknown_keys:
        yield f"[tool.codevitals] has the unknown key {key}."
    yield from judgement.whole.notices
