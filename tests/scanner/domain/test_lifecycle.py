"""New, open, fixed, and what only moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.fingerprints import fingerprint
from scanner.domain.lifecycle import Changes, Surroundings, Trace, match

trace_parts = st.tuples(
    st.sampled_from(["CX01", "FF01"]),
    st.sampled_from(["a.py", "b.py"]),
    st.sampled_from(["<module>", "f", "g"]),
    st.sampled_from(["", "d1", "d2"]),
    st.integers(1, 30),
)


Place: TypeAlias = tuple[str, str, str, str, int]  # rule, path, symbol, digest, line


def found(*places: Place) -> list[Trace]:
    """Traces as an assessment gives them: equals are counted in the order of their lines."""
    seen: dict[tuple[str, str, str, str], int] = {}
    traces = []
    for rule, path, symbol, digest, line in sorted(places, key=lambda each: each[4]):
        identity = (rule, path, symbol, digest)
        name = fingerprint(*identity, seen.get(identity, 0))
        seen[identity] = seen.get(identity, 0) + 1
        traces.append(Trace(name, *identity, line))
    return traces


def counts(changes: Changes) -> tuple[int, int, int]:
    """New, still open, fixed."""
    return len(changes.new), len(changes.still_open), len(changes.fixed)


def paths(*names: str) -> dict[str, str]:
    """A tree whose files all differ."""
    return {name: f"blob of {name}" for name in names}


@given(st.lists(trace_parts, max_size=12), st.lists(trace_parts, max_size=12))
def test_each_finding_is_in_exactly_one_group(one: list[Place], other: list[Place]) -> None:
    before, after = found(*one), found(*other)
    trees = Surroundings({"a.py": "b.py"}, paths("a.py"), paths("b.py"))
    for around in (None, trees):
        changes = match(before, after, around)
        olds = [old for old, _ in changes.still_open]
        news = [new for _, new in changes.still_open]
        assert sorted((*changes.new, *news)) == sorted(each.fingerprint for each in after)
        assert sorted((*changes.fixed, *olds)) == sorted(each.fingerprint for each in before)


@given(st.lists(trace_parts, max_size=12))
def test_nothing_changes_where_nothing_changed(
    places: list[Place],
) -> None:
    traces = found(*places)
    assert match(traces, traces).still_open == tuple(
        (each.fingerprint, each.fingerprint) for each in traces
    )


def test_of_one_more_equal_exactly_one_is_new() -> None:
    before = found(("FF01", "a.py", "f", "d", 10), ("FF01", "a.py", "f", "d", 20))
    after = found(*(("FF01", "a.py", "f", "d", line) for line in (5, 10, 20)))
    assert counts(match(before, after)) == (1, 2, 0)
    assert counts(match(after, before)) == (0, 2, 1)


def test_a_renamed_file_takes_all_its_findings_along() -> None:
    before = found(("FS01", "a.py", "<module>", "", 1), ("FF01", "a.py", "f", "d", 9))
    after = found(("FS01", "b.py", "<module>", "", 1), ("FF01", "b.py", "f", "d", 7))
    assert counts(match(before, after)) == (2, 0, 2)
    assert counts(match(before, after, Surroundings({"a.py": "b.py"}))) == (0, 2, 0)


def test_files_may_change_names_in_a_circle() -> None:
    before = found(("FS01", "a.py", "<module>", "", 1), ("FS02", "b.py", "B", "", 1))
    after = found(("FS01", "b.py", "<module>", "", 1), ("FS02", "a.py", "B", "", 1))
    around = Surroundings({"a.py": "b.py", "b.py": "a.py"})
    assert counts(match(before, after, around)) == (0, 2, 0)


def test_without_git_a_file_is_known_by_its_content() -> None:
    before = found(("FS01", "a.py", "<module>", "", 1))
    after = found(("FS01", "b.py", "<module>", "", 1))
    same = Surroundings({}, {"a.py": "x", "c.py": "y"}, {"b.py": "x", "c.py": "y"})
    other = Surroundings({}, {"a.py": "x"}, {"b.py": "y"})
    assert counts(match(before, after, same)) == (0, 1, 0)
    # One finding of one is half of them, too.
    assert counts(match(before, after, other)) == (0, 1, 0)


def test_a_file_is_known_by_half_of_its_findings() -> None:
    held: list[Place] = [("CX01", "a.py", name, "", 1) for name in "fghi"]
    whole: list[Place] = [("FS01", "a.py", "<module>", "", 1)]
    around = Surroundings({}, paths("a.py"), paths("b.py"))
    for kept, pairs in ((4, 5), (2, 3), (1, 1)):
        after: list[Place] = [("CX01", "b.py", name, "", 1) for name in "fghi"[:kept]]
        after += [("FS01", "b.py", "<module>", "", 1)] if kept > 1 else []
        changes = match(found(*held, *whole), found(*after), around)
        assert counts(changes) == (0, pairs, 5 - pairs)


def test_a_definition_moves_where_it_is_gone_and_comes_once() -> None:
    before = found(("CX01", "a.py", "f", "", 5), ("FF01", "a.py", "f", "d", 8))
    after = found(("CX01", "b.py", "f", "", 25), ("FF01", "b.py", "f", "d", 28))
    tree = paths("a.py", "b.py")
    assert counts(match(before, after, Surroundings({}, tree, tree))) == (0, 2, 0)
    stays = Surroundings({}, tree, tree, lambda path, symbol: (path, symbol) == ("a.py", "f"))
    assert counts(match(before, after, stays)) == (2, 0, 2)
    twice = after + found(("CX01", "c.py", "f", "", 1))
    tree = paths("a.py", "b.py", "c.py")
    assert counts(match(before, twice, Surroundings({}, tree, tree))) == (2, 1, 1)


def test_what_stands_at_the_top_of_a_module_never_moves_alone() -> None:
    before = found(("OB01", "a.py", "<module>", "d", 5), ("FS01", "a.py", "<module>", "", 1))
    after = found(("OB01", "b.py", "<module>", "d", 5), ("FS01", "b.py", "<module>", "", 1))
    tree = paths("a.py", "b.py")
    assert counts(match(before, after, Surroundings({}, tree, tree))) == (2, 0, 2)


def test_another_scheme_is_bridged_by_place_and_order() -> None:
    old = found(("FF01", "a.py", "f", "", 3), ("FF01", "a.py", "f", "", 9))
    before = [each._replace(scheme=0, fingerprint=f"old {n}") for n, each in enumerate(old)]
    after = found(("FF01", "b.py", "f", "d1", 4), ("FF01", "b.py", "f", "d2", 8))
    changes = match(before, after, Surroundings({"a.py": "b.py"}))
    assert changes.still_open == tuple(
        (one.fingerprint, other.fingerprint) for one, other in zip(before, after, strict=True)
    )


def ring(*members: str, name: str = "") -> Trace:
    """A circle of imports among these files."""
    first = min(members)
    known = name or fingerprint("LA03", first, "<module>", "", 0)
    return Trace(known, "LA03", first, "<module>", "", 1, frozenset(members))


def groups(before: Iterable[Trace], after: Iterable[Trace], **renames: str) -> Changes:
    """Match circles; files are given without their ending."""
    return match(list(before), list(after), Surroundings(renames))


def test_a_circle_stays_the_same_when_members_come_and_go() -> None:
    assert counts(groups([ring("a", "b")], [ring("a", "b", "c")])) == (0, 1, 0)
    assert counts(groups([ring("a", "b", "c")], [ring("b", "c")])) == (0, 1, 0)
    assert counts(groups([ring("a", "b")], [ring("b", "x")], a="x")) == (0, 1, 0)


def test_circles_with_one_file_in_common_are_two() -> None:
    assert counts(groups([ring("a", "b")], [ring("a", "c")])) == (1, 0, 1)


def test_the_largest_part_goes_on_and_the_others_are_split_off() -> None:
    whole = ring("a", "b", "c", "d", "e", name="whole")
    small, large = ring("a", "b", name="small"), ring("c", "d", "e", name="large")
    changes = groups([whole], [small, large])
    assert changes == Changes((), (("whole", "large"),), (), (("whole", "small"),))
    assert groups([small, large], [whole]) == Changes(
        (), (("large", "whole"),), (), (), (("small", "whole"),)
    )
