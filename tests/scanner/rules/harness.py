"""Judge examples whose offending lines are marked in their own source.

    check("CX01", '''
        def f(x):  # offends 2.5
            ...
    ''')

A line that must be found ends in `# offends`, with the cost in the principle's unit where it is to
be compared. The marks are taken out before the source is analysed, since comments are facts too.
Every finding of the rule must be marked, and every mark must be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import dedent

from scanner.analysis.extraction import module_facts
from scanner.application.assess_tree import SUFFIXES
from scanner.assessment import NONE_ACCEPTED, assess
from scanner.domain.findings import MILLION, Assessment, Finding
from scanner.domain.project import ProjectConfig, ProjectFacts
from scanner.domain.rubric import DEFAULT, Rubric
from scanner.domain.secret_files import is_suspect, verdict

PATH = "shop/orders.py"
_MARK = re.compile(r"[ \t]*# offends(?: (?P<cost>[0-9.]+))?$", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """A source without its marks, and the marked lines with their costs; None: any cost."""

    source: str
    marks: Mapping[int, float | None]


def read_example(text: str) -> Example:
    """Take the marks out of an indented source."""
    source = dedent(text).strip("\n") + "\n"
    marks = {
        number: float(match["cost"]) if match["cost"] else None
        for number, line in enumerate(source.split("\n"), 1)
        if (match := _MARK.search(line))
    }
    return Example(_MARK.sub("", source), marks)


def judge(
    files: Mapping[str, str],
    *,
    rubric: Rubric = DEFAULT,
    config: ProjectConfig | None = None,
    accepted: Mapping[str, str] = NONE_ACCEPTED,
) -> Assessment:
    """The verdict on sources by path; what is no module is looked into as in a real tree."""
    modules = {
        path: module_facts(source.encode())
        for path, source in files.items()
        if path.endswith(SUFFIXES)
    }
    found = (verdict(path, files[path].encode()) for path in sorted(files) if is_suspect(path))
    secrets = tuple(each for each in found if each is not None)
    project = ProjectFacts(tuple(sorted(files)), config or ProjectConfig(), secrets)
    return assess(project, modules, rubric, accepted)


def check_tree(
    rule: str,
    files: Mapping[str, str],
    *,
    rubric: Rubric = DEFAULT,
    config: ProjectConfig | None = None,
) -> tuple[Finding, ...]:
    """The findings of a rule in these files, which must be exactly the marked ones."""
    examples = {path: read_example(text) for path, text in files.items()}
    sources = {path: example.source for path, example in examples.items()}
    findings = judge(sources, rubric=rubric, config=config).findings
    found = tuple(finding for finding in findings if finding.rule == rule)
    expected = {
        (path, line): cost
        for path, example in examples.items()
        for line, cost in example.marks.items()
    }
    assert [(finding.path, finding.line) for finding in found] == sorted(expected)
    for finding in found:
        cost = expected[finding.path, finding.line]
        if cost is not None:
            assert finding.cost == round(cost * MILLION), finding
    return found


def check(
    rule: str, text: str, *, path: str = PATH, rubric: Rubric = DEFAULT
) -> tuple[Finding, ...]:
    """The findings of a rule in one source, which must be exactly the marked ones."""
    return check_tree(rule, {path: text}, rubric=rubric)


def numbered(count: int, line: str = "x = {}") -> Iterator[str]:
    """Lines that differ by a number."""
    return (line.format(number) for number in range(count))


def block(count: int, line: str = "x = {}", indent: int = 4) -> str:
    """Many indented lines in one text, without the last line's end."""
    return "\n".join(" " * indent + item for item in numbered(count, line))
