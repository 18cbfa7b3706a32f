"""The whole verdict, from sources to points."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.analysis.extraction import module_facts
from scanner.assessment import NONE_ACCEPTED, Judgement, assess, compose, module_contexts
from scanner.domain.facts import Unmeasured
from scanner.domain.findings import Assessment, Finding
from scanner.domain.project import ProjectConfig, ProjectFacts
from scanner.domain.rubric import DEFAULT, KEYS
from scanner.domain.rubric_file import load
from scanner.domain.scope import sort_out
from scanner.rules.contexts import Survey
from scanner.rules.verdicts import judge_module, judge_survey
from tests.scanner.rules.harness import block, judge

LONG = "def settle(x):\n" + block(30, "if x == {}: return x") + "\n" + block(40) + "\n"
SHOP: Mapping[str, str] = {
    "shop/__init__.py": "",
    "shop/orders.py": "import shop.till\n\ndef total(lines, found=[]):\n    return found\n",
    "shop/till.py": "import shop.orders\n" + LONG,
    "shop/kinds.py": "def f(x: dict) -> int:  # type: ignore\n    return 1\n",
    "tests/test_shop.py": "def test_it(x): ...\n",
}


def points(verdict: Assessment) -> float:
    """The sum of the points of all findings."""
    return math.fsum(finding.points for finding in verdict.findings)


def the(verdict: Assessment, rule: str) -> Finding:
    """The one finding of a rule."""
    (finding,) = (each for each in verdict.findings if each.rule == rule)
    return finding


def test_every_lost_point_is_in_the_ledger() -> None:
    verdict = judge(SHOP)
    lost = 100 - verdict.score
    assert lost > 1
    assert points(verdict) == pytest.approx(lost, abs=1e-9)
    assert math.fsum(file.points_lost for file in verdict.files) == pytest.approx(lost, abs=1e-9)
    parts = [principle.points_lost for principle in verdict.principles]
    assert math.fsum(parts) == pytest.approx(lost, abs=1e-9)


def test_a_finding_costs_what_its_charges_cost() -> None:
    for finding in judge(SHOP).findings:
        assert finding.cost == sum(charge.cost for charge in finding.charges)
        assert finding.charges[0].path == finding.path


def test_all_ten_principles_are_listed_in_order() -> None:
    verdict = judge(SHOP)
    assert tuple(each.key for each in verdict.principles) == KEYS
    for each in verdict.principles:
        assert (each.score is None) == (not each.applicable)
        assert each.applicable or (each.points_lost, each.findings, each.tally.n) == (0.0, 0, 0)


@pytest.mark.parametrize(
    ("files", "applicable"),
    [
        ({"a.py": "x = 1\n"}, {"file-size", "fail-fast"}),
        ({"a.py": "x = 1\n", "b.py": "y = 1\n"}, {"file-size", "layering", "fail-fast"}),
        (
            {"a.py": "def f() -> None: ...\n", "test_a.py": "def test_f() -> None: ...\n"},
            {"file-size", "complexity", "typing", "fail-fast"},
        ),
        ({"tests/a.py": "def f(): ...\n", "b.py": "x = 1\n"}, {"file-size", "fail-fast"}),
    ],
)
def test_structure_decides_what_applies(files: Mapping[str, str], applicable: set[str]) -> None:
    verdict = judge(files)
    built = {each.key for each in verdict.principles[:5] if each.applicable}
    assert built == applicable
    assert verdict.score == 100.0


def test_findings_of_a_principle_that_does_not_apply_are_left_out() -> None:
    verdict = judge({"a.py": "import b  # type: ignore\n"})
    assert verdict.findings == ()


def test_lists_are_sorted_and_the_order_of_the_input_is_irrelevant() -> None:
    verdict = judge(SHOP)
    assert verdict == judge(dict(reversed(list(SHOP.items()))))
    assert repr(verdict) == repr(judge(dict(sorted(SHOP.items(), reverse=True))))
    places = [(each.path, each.line, each.rule) for each in verdict.findings]
    assert places == sorted(places)
    assert [file.path for file in verdict.files] == [
        "shop/__init__.py",
        "shop/kinds.py",
        "shop/orders.py",
        "shop/till.py",
    ]


def test_tests_are_listed_and_not_scored() -> None:
    verdict = judge(SHOP)
    assert [(each.path, each.reason) for each in verdict.excluded] == [
        ("tests/test_shop.py", "test")
    ]
    assert verdict.modules == 4
    assert verdict.lines == sum(SHOP[file.path].count("\n") for file in verdict.files)


@given(st.sets(st.integers(0, 30)))
def test_accepting_lowers_no_score_and_turns_points_off(picks: set[int]) -> None:
    before = judge(SHOP)
    chosen = {
        each.fingerprint: "by design"
        for number, each in enumerate(before.findings)
        if number in picks
    }
    after = judge(SHOP, accepted=chosen)
    assert after.score >= before.score
    assert after.strict_score == before.score
    for old, new in zip(before.files, after.files, strict=True):
        assert new.score >= old.score
    for finding in after.findings:
        assert finding.accepted == (finding.fingerprint in chosen)
        assert (finding.points == 0.0) == finding.accepted
    assert points(after) == pytest.approx(100 - after.score, abs=1e-9)


def test_with_everything_accepted_only_the_strict_score_is_below_a_hundred() -> None:
    every = {each.fingerprint: "by design" for each in judge(SHOP).findings}
    verdict = judge(SHOP, accepted=every)
    assert verdict.score == 100.0
    assert verdict.strict_score == judge(SHOP).score
    assert [each.findings for each in verdict.principles] == [0] * 10


def test_a_finding_keeps_its_fingerprint_when_lines_move_and_the_body_changes() -> None:
    before = the(judge({"a.py": LONG}), "CX01")
    after = the(judge({"a.py": "import x\n\n\n" + LONG + "    y = 3\n"}), "CX01")
    assert after.line == before.line + 3
    assert after.fingerprint == before.fingerprint
    assert the(judge({"b.py": LONG}), "CX01").fingerprint != before.fingerprint


def test_fingerprints_are_unique_even_among_equals() -> None:
    twice = "if x:\n    def f(a): ...\nelse:\n    def f(a): ...\n"
    found = [each for each in judge({"a.py": twice}).findings if each.rule == "TY01"]
    assert len(found) == 2
    assert len({each.fingerprint for each in found}) == 2
    assert all(len(each.fingerprint) == 16 for each in found)


def test_a_switched_off_rule_finds_nothing() -> None:
    rubric = load(b'[rules]\noff = ["CX01", "CX02"]\n')
    rules = {each.rule for each in judge(SHOP, rubric=rubric).findings}
    assert "CX01" not in rules
    assert "TY01" in rules
    assert judge(SHOP, rubric=rubric).rubric == rubric.version != DEFAULT.version


def test_a_weight_of_nought_takes_a_principle_out_of_the_score() -> None:
    rubric = load(b"[principles.complexity]\nweight = 0\n[rules]\noff = ['TE00', 'NM06']\n")
    verdict = judge({"a.py": LONG.replace("(x)", "(x: int) -> int")}, rubric=rubric)
    assert verdict.score == 100.0
    assert verdict.principles[1].score is not None
    assert verdict.principles[1].score < 100
    assert verdict.principles[1].points_lost == 0.0


class TestCoverage:
    """Modules that could not be read."""

    def verdict(self, lines: int, readable: int = 100) -> Assessment:
        """A tree with some readable lines and an unreadable module."""
        modules = {
            "a.py": module_facts(block(readable, indent=0).encode()),
            "b.py": Unmeasured("syntax error", 7, lines),
        }
        return assess(ProjectFacts(("a.py", "b.py")), modules)

    def test_lines_that_could_not_be_read_lower_it(self) -> None:
        verdict = self.verdict(25)
        assert verdict.coverage == 0.8
        assert verdict.is_partial
        assert [(each.path, each.line) for each in verdict.unmeasured] == [("b.py", 7)]
        assert [file.path for file in verdict.files] == ["a.py"]

    def test_from_95_percent_on_it_is_not_partial(self) -> None:
        assert not self.verdict(5, 95).is_partial
        assert self.verdict(6, 95).is_partial

    def test_nothing_readable_is_nothing_covered(self) -> None:
        verdict = assess(ProjectFacts(("b.py",)), {"b.py": Unmeasured("over 1 MB", None, 0)})
        assert verdict.coverage == 0.0
        assert verdict.modules == 0

    def test_an_empty_tree_lacks_nothing(self) -> None:
        assert assess(ProjectFacts(()), {}).coverage == 1.0


class TestSuppression:
    """Comments that accept a finding where it stands."""

    def test_with_a_reason_it_counts_as_accepted(self) -> None:
        source = LONG.replace(
            "def settle(x):", "def settle(x):  # codevitals: ignore[CX01] flat table of rates"
        )
        verdict = judge({"a.py": source})
        found = the(verdict, "CX01")
        assert (found.accepted_by, found.reason) == ("comment", "flat table of rates")
        assert not the(verdict, "TY01").accepted
        assert verdict.strict_score < verdict.score
        assert verdict.notices == judge({"a.py": LONG}).notices

    def test_without_a_reason_it_does_not_count_and_is_listed(self) -> None:
        source = LONG.replace("def settle(x):", "def settle(x):  # codevitals: ignore[CX01]")
        verdict = judge({"a.py": source})
        assert not the(verdict, "CX01").accepted
        (comment,) = verdict.uncounted
        assert (comment.path, comment.line) == ("a.py", 1)
        assert comment.why == "suppresses CX01 and gives no reason; it does not count"

    def test_on_another_line_it_covers_nothing(self) -> None:
        verdict = judge({"a.py": "# codevitals: ignore[CX01] too far up\n" + LONG})
        assert not the(verdict, "CX01").accepted

    def test_a_whole_file_is_suppressed_from_any_line(self) -> None:
        source = block(520, indent=0) + "\n# codevitals: ignore[FS01] one published table\n"
        assert the(judge({"a.py": source}), "FS01").accepted

    def test_unnamed_and_unknown_rules_are_listed(self) -> None:
        source = "x = 1  # codevitals: ignore because\ny = 1  # codevitals: ignore[ZZ99] because\n"
        assert [(each.line, each.why) for each in judge({"a.py": source}).uncounted] == [
            (1, "suppresses no rule by name; it does not count"),
            (2, "suppresses ZZ99, which is no rule"),
        ]


def test_what_is_wrong_with_the_declaration_is_said() -> None:
    config = ProjectConfig(unknown_keys=("weight",), problems=("exclude is no list of texts",))
    notices = judge({"a.py": "x = 1\n"}, config=config).notices
    assert "exclude is no list of texts." in notices
    assert "[tool.codevitals] has the unknown key weight." in notices


def test_verdicts_on_modules_can_be_kept_while_others_change() -> None:
    def parts(files: Mapping[str, str]) -> tuple[ProjectFacts, Judgement]:
        project = ProjectFacts(tuple(sorted(files)))
        modules = {path: module_facts(source.encode()) for path, source in files.items()}
        scope = sort_out(modules, project.config)
        survey = Survey(project, scope.production, scope.others, DEFAULT)
        contexts = module_contexts(scope, DEFAULT)
        kept = {path: judge_module(context) for path, context in contexts.items()}
        return project, Judgement(survey, scope, kept, judge_survey(survey))

    _, before = parts(SHOP)
    changed = {**SHOP, "shop/till.py": "def settle(x): ...\n"}
    _, after = parts(changed)
    mixed = {**before.modules, "shop/till.py": after.modules["shop/till.py"]}
    renewed = Judgement(after.survey, after.scope, mixed, after.whole)
    assert compose(renewed, NONE_ACCEPTED) == judge(changed)
