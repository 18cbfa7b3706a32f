"""Circles, shortest cycles and reach, against what brute force says."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.domain import graph
from scanner.domain.graph import circles, components, reaching, shortest_cycle, shortest_way

NODES = "abcdefgh"
Drawn = Mapping[str, frozenset[str]]

graphs = st.dictionaries(
    st.sampled_from(NODES), st.frozensets(st.sampled_from(NODES), max_size=4), max_size=8
)


def reachable(drawn: Drawn, start: str) -> set[str]:
    """Every node with a way of one edge or more from the start."""
    seen: set[str] = set()
    waiting = list(drawn.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(drawn.get(node, ()))
    return seen


def ring(size: int) -> dict[str, list[str]]:
    """Each node points at the next one, the last at the first."""
    return {f"n{place:05}": [f"n{(place + 1) % size:05}"] for place in range(size)}


@given(graphs)
def test_components_are_the_nodes_that_reach_each_other(drawn: Drawn) -> None:
    found = components(drawn)
    nodes = {*drawn, *(target for targets in drawn.values() for target in targets)}
    assert sorted(node for members in found for node in members) == sorted(nodes)
    for members in found:
        for node in members:
            mutual = {other for other in reachable(drawn, node) if node in reachable(drawn, other)}
            assert set(members) == mutual | {node}


@given(graphs)
def test_a_component_comes_after_all_that_it_points_at(drawn: Drawn) -> None:
    found = components(drawn)
    place = {node: index for index, members in enumerate(found) for node in members}
    for node, targets in drawn.items():
        assert all(place[target] <= place[node] for target in targets)


@given(graphs)
def test_a_shortest_cycle_is_a_cycle_and_none_is_shorter(drawn: Drawn) -> None:
    for members in circles(drawn):
        cycle = shortest_cycle(drawn, members)
        assert all(after in drawn[node] for node, after in pairwise((*cycle, cycle[0])))
        assert cycle[0] == min(cycle)
        assert len(set(cycle)) == len(cycle) == shortest_length(drawn, members)


def shortest_length(drawn: Drawn, members: tuple[str, ...]) -> int:
    """The length of the shortest way from any node back to itself, over another one."""
    best = len(members)
    for start in members:
        level, steps = {start}, 0
        while level and steps < best:
            steps += 1
            level = {to for node in level for to in drawn.get(node, ()) if to != node}
            if start in level and steps > 1:
                best = min(best, steps)
                break
    return best


@given(graphs, st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=6))
def test_reaching_says_who_has_a_way_to_whom(drawn: Drawn, asked: list[tuple[str, str]]) -> None:
    nodes = {*drawn, *(target for targets in drawn.values() for target in targets)}
    expected = {
        (start, goal)
        for start, goal in asked
        if start in nodes and (goal in reachable(drawn, start) or goal == start)
    }
    assert reaching(drawn, asked) == expected


@given(graphs)
def test_the_order_of_the_input_does_not_matter(drawn: Drawn) -> None:
    turned = {node: sorted(drawn[node], reverse=True) for node in reversed(list(drawn))}
    assert components(turned) == components(drawn)
    assert [shortest_cycle(turned, members) for members in circles(turned)] == [
        shortest_cycle(drawn, members) for members in circles(drawn)
    ]


def test_a_graph_without_circles_has_none() -> None:
    assert circles({"a": "bc", "b": "c", "c": ""}) == []
    assert circles({}) == []


def test_a_node_that_points_at_itself_is_no_circle() -> None:
    assert circles({"a": "a"}) == []
    assert shortest_cycle({"a": "ab", "b": "ab"}, ("a", "b")) == ("a", "b")


def test_circles_apart_are_told_apart() -> None:
    assert circles({"d": "c", "c": "d", "b": "ac", "a": "b"}) == [("a", "b"), ("c", "d")]


def test_the_smallest_beginning_wins_among_equals() -> None:
    drawn = {"a": "z", "z": "ab", "b": "cz", "c": "b"}
    assert shortest_cycle(drawn, "abcz") == ("a", "z")


def test_a_ring_longer_than_the_stack_is_one_cycle() -> None:
    size = 4 * sys.getrecursionlimit()
    drawn = ring(size)
    (members,) = circles(drawn)
    assert len(members) == size
    assert shortest_cycle(drawn, members) == tuple(sorted(drawn))
    assert reaching(drawn, [("n00007", "n00003")]) == {("n00007", "n00003")}


def test_the_search_follows_each_edge_of_a_ring_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = ring(3_000)
    search = graph._Search(drawn, list(drawn))
    search.run()
    assert search.steps == 3_000
    monkeypatch.setattr(graph, "SEARCH_STEPS", 10)
    assert len(shortest_cycle(drawn, list(drawn))) == 3_000


def test_a_search_that_runs_out_of_steps_keeps_its_best(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {"a": "bc", "b": "d", "c": "a", "d": "e", "e": "ac"}
    assert shortest_cycle(drawn, "abcde") == ("a", "c")
    far = {"a": "b", "b": "c", "c": "ad", "d": "e", "e": "cd"}
    assert shortest_cycle(far, "abcde") == ("d", "e")
    monkeypatch.setattr(graph, "SEARCH_STEPS", 1)
    assert shortest_cycle(far, "abcde") == ("a", "b", "c")


def test_a_large_graph_is_walked_once() -> None:
    """5,000 modules, 40,000 edges: the work is counted, not timed."""
    size, step = 5_000, 613
    names = [f"m{place:04}" for place in range(size)]
    drawn = {
        name: [names[(place * 7 + turn * step) % size] for turn in range(1, 9)]
        for place, name in enumerate(names)
    }
    walk = graph._Walk(drawn)
    for root in names:
        if root not in walk.index:
            walk.enter(root)
        while walk.work:
            walk.advance()
    assert len(walk.index) == size
    assert sum(len(members) for members in walk.found) == size
    search = graph._Search(drawn, max(walk.found, key=len))
    search.run()
    assert search.steps <= 40_000


@given(graphs, st.sampled_from(NODES), st.sampled_from(NODES))
def test_a_shortest_way_is_one_and_none_is_shorter(drawn: Drawn, start: str, goal: str) -> None:
    way = shortest_way(drawn, start, goal, 1_000)
    level, steps = {start}, 0
    while goal not in level and steps <= len(NODES):
        steps += 1
        level = {target for node in level for target in drawn.get(node, ())}
    if start == goal:
        return
    assert bool(way) == (goal in level)
    if way:
        assert (way[0], way[-1], len(way)) == (start, goal, steps + 1)
        assert all(after in drawn[node] for node, after in pairwise(way))


def test_a_way_beyond_the_steps_is_not_found() -> None:
    assert shortest_way(ring(9), "n00000", "n00004", 4) == tuple(f"n0000{n}" for n in range(5))
    assert shortest_way(ring(9), "n00000", "n00004", 3) == ()
