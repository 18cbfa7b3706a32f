"""What rules may look at: one module with its surroundings, or the whole survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from scanner.domain.command_line import is_command_line
from scanner.domain.facts import Function, Module
from scanner.domain.for_tests import supports_tests
from scanner.domain.import_graph import GraphMemory
from scanner.domain.lasting import Lasting
from scanner.domain.project import ProjectFacts
from scanner.domain.rubric import DEFAULT, Limits, Rubric

S = TypeVar("S")
T = TypeVar("T")


class Memory:
    """What was worked out once and is shared by all rules that look at the same thing."""

    def __init__(self) -> None:
        self._kept: dict[Callable[..., object], object] = {}

    def once(self, build: Callable[[S], T], subject: S) -> T:
        """What `build` makes of the subject; made at the first call."""
        if build not in self._kept:
            self._kept[build] = build(subject)
        return cast("T", self._kept[build])


@dataclass(frozen=True)
class ModuleContext:
    """One production module and what a rule may know of its surroundings.

    `stubs` are the functions of the type stub that speaks for this module, by qualified name;
    overloads of one name stand together.
    """

    path: str
    module: Module
    rubric: Rubric = DEFAULT
    stubs: Mapping[str, tuple[Function, ...]] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory, init=False, repr=False, compare=False)

    def once(self, build: Callable[[ModuleContext], T]) -> T:
        """What `build` makes of this module, made once and shared by all rules."""
        return self.memory.once(build, self)

    @property
    def limits(self) -> Limits:
        """The rubric's thresholds."""
        return self.rubric.limits

    @property
    def file_name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def is_package(self) -> bool:
        """Whether this is a package's `__init__`."""
        return self.file_name == "__init__.py"

    @cached_property
    def is_command_line(self) -> bool:
        """Whether it is run by a person at a terminal."""
        return is_command_line(self.path, self.module)

    @cached_property
    def supports_tests(self) -> bool:
        """Whether it is there for tests, though it lies beside production code."""
        return supports_tests(self.module)


@dataclass(frozen=True)
class Survey:
    """All measured modules of one tree. Tests and other excluded modules are in `others`."""

    project: ProjectFacts
    modules: Mapping[str, Module]  # production, by path, sorted
    others: Mapping[str, Module] = field(default_factory=dict)
    rubric: Rubric = DEFAULT
    graphs: GraphMemory = field(default_factory=GraphMemory, repr=False, compare=False)
    memory: Memory = field(default_factory=Memory, init=False, repr=False, compare=False)

    @property
    def lasting(self) -> Lasting:
        """Results that outlive this survey, file by file."""
        return self.graphs.lasting

    def once(self, build: Callable[[Survey], T]) -> T:
        """What `build` makes of this survey, made once and shared by all rules: a graph, layers."""
        return self.memory.once(build, self)
