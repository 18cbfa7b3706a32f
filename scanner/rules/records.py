"""A principle and a rule, as the catalogue holds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from scanner.rules.contexts import ModuleContext, Survey
from scanner.rules.offences import Offence, Site


@dataclass(frozen=True, slots=True)
class Structure:
    """What decides whether a principle applies to a repository: never its findings."""

    modules: int  # measured, in scope
    functions: int
    async_functions: int


def always(structure: Structure) -> bool:
    """Applies to every repository."""
    return structure.modules >= 0


def with_functions(structure: Structure) -> bool:
    """Applies where there is a function."""
    return structure.functions > 0


def with_async_functions(structure: Structure) -> bool:
    """Applies where there is an async function."""
    return structure.async_functions > 0


@dataclass(frozen=True, slots=True)
class Principle:
    """What is judged, in which unit. Sites come from each module, or from the survey.

    `survey_sites` yields each path with its sites, for a principle whose sites depend on other
    modules. `surveyed` names the fields of modules that its surveys look at; where modules lie, and
    what is no module, all of them may see.
    With `one_a_site`, only the worst offence at a site becomes a finding and the others are named
    in its detail. `notices` says in plain words what the reader should know of how it was judged.
    """

    key: str
    title: str
    unit: str
    why: str
    applies: Callable[[Structure], bool] = always
    sites: Callable[[ModuleContext], Iterable[Site]] | None = None
    survey_sites: Callable[[Survey], Iterable[tuple[str, tuple[Site, ...]]]] | None = None
    surveyed: frozenset[str] = frozenset()
    one_a_site: bool = False
    notices: Callable[[Survey], Iterable[str]] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Exactly one of `module` and `survey` judges.

    `page` is the docstring of the rule's file: a summary, then the sections named in
    `scanner.rules.pages`.
    """

    code: str
    name: str
    effort: int  # minutes that a fix usually takes
    page: str
    module: Callable[[ModuleContext], Iterable[Offence]] | None = None
    survey: Callable[[Survey], Iterable[Offence]] | None = None
    is_advisory: bool = False  # none of its offences ever costs anything


def module_rule(
    code: str,
    name: str,
    *,
    effort: int,
    page: str | None,
    judge: Callable[[ModuleContext], Iterable[Offence]],
) -> Rule:
    """A rule that judges one module at a time; its offences need no path."""
    return Rule(code, name, effort, page or "", module=judge)


def survey_rule(
    code: str,
    name: str,
    *,
    effort: int,
    page: str | None,
    judge: Callable[[Survey], Iterable[Offence]],
    is_advisory: bool = False,
) -> Rule:
    """A rule that judges all modules together; its offences name their path."""
    return Rule(code, name, effort, page or "", None, judge, is_advisory)
