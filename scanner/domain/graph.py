"""Directed graphs: circles, the shortest way round one, and what reaches what.

A graph maps a node to the nodes it points at; a node that only others name counts too. Every
function is linear in the graph unless it says otherwise, gives the same answer whatever the order
of its input, and never recurses, so a chain of any length is safe.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

Graph = Mapping[str, Collection[str]]

SEARCH_STEPS: Final = 2_000_000
"""Edges that one search for a shortest cycle may follow; beyond, the best so far stands."""


class _Walk:
    """The state of one run of Tarjan's algorithm, with a stack of its own."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.open: list[str] = []
        self.is_open: set[str] = set()
        self.work: list[tuple[str, Iterator[str]]] = []
        self.found: list[tuple[str, ...]] = []

    def enter(self, node: str) -> None:
        """Number a node that is met for the first time."""
        self.index[node] = self.low[node] = len(self.index)
        self.open.append(node)
        self.is_open.add(node)
        self.work.append((node, iter(sorted(self.graph.get(node, ())))))

    def advance(self) -> None:
        """Follow one more edge of the node on top, or leave it."""
        node, targets = self.work[-1]
        for target in targets:
            if target not in self.index:
                self.enter(target)
                return
            if target in self.is_open:
                self.low[node] = min(self.low[node], self.index[target])
        self.leave(node)

    def leave(self, node: str) -> None:
        """Pass the lowest number down; close the component when the node is its root."""
        self.work.pop()
        if self.work:
            below = self.work[-1][0]
            self.low[below] = min(self.low[below], self.low[node])
        if self.low[node] != self.index[node]:
            return
        start = len(self.open) - 1
        while self.open[start] != node:
            start -= 1
        members = self.open[start:]
        del self.open[start:]
        self.is_open.difference_update(members)
        self.found.append(tuple(sorted(members)))


def components(graph: Graph) -> list[tuple[str, ...]]:
    """Every strongly connected component, members sorted, each after all that it points at."""
    walk = _Walk(graph)
    for root in sorted(graph):
        if root not in walk.index:
            walk.enter(root)
        while walk.work:
            walk.advance()
    return walk.found


def circles(graph: Graph) -> list[tuple[str, ...]]:
    """The components of two nodes or more, sorted."""
    return sorted(members for members in components(graph) if len(members) > 1)


class _Search:
    """Looks for the shortest cycle of one component, start by start.

    A start that is done with is taken out, and whatever no longer lies on a cycle goes with it:
    that keeps rings and chains of rings linear.
    """

    def __init__(self, graph: Graph, members: Collection[str]) -> None:
        inside = set(members)
        self.after = {node: inside.intersection(graph.get(node, ())) - {node} for node in members}
        self.before: dict[str, set[str]] = {node: set() for node in members}
        for node, targets in self.after.items():
            for target in targets:
                self.before[target].add(node)
        self.best: tuple[str, ...] = ()
        self.steps = 0

    def run(self) -> tuple[str, ...]:
        """The first of the shortest cycles, in the order of its smallest node."""
        for start in sorted(self.after):
            if start in self.after:
                self.look_from(start)
                self.remove(start)
            if len(self.best) == 2 or self.steps > SEARCH_STEPS:
                break
        return self.best

    def look_from(self, start: str) -> None:
        """Breadth first, no deeper than would beat the best cycle so far."""
        came_from = {start: ""}
        level = [start]
        depth = 1
        while level and (not self.best or depth < len(self.best)):
            following: list[str] = []
            for node in level:
                targets = self.after[node]
                self.steps += len(targets)
                if start in targets:
                    self.best = _way(came_from, node)
                    return
                fresh = sorted(target for target in targets if target not in came_from)
                came_from.update(dict.fromkeys(fresh, node))
                following.extend(fresh)
            level = following
            depth += 1

    def remove(self, node: str) -> None:
        """Take a node out, and all that now has no way in or no way out."""
        doomed = [node]
        while doomed:
            gone = doomed.pop()
            if gone not in self.after:
                continue
            targets, sources = self.after.pop(gone), self.before.pop(gone)
            for target in targets:
                self.before[target].discard(gone)
            for source in sources:
                self.after[source].discard(gone)
            doomed.extend(target for target in targets if not self.before[target])
            doomed.extend(source for source in sources if not self.after[source])


def _way(came_from: Mapping[str, str], last: str) -> tuple[str, ...]:
    way = [last]
    while came_from[way[-1]]:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


def shortest_cycle(graph: Graph, members: Collection[str]) -> tuple[str, ...]:
    """The shortest cycle within a component of two nodes or more, its first node not repeated.

    It begins with its smallest node; among equals the one with the smallest beginning wins. The
    search is bounded by `SEARCH_STEPS`; what it has by then is a cycle, if not the shortest.
    """
    return _Search(graph, members).run()


def reaching(graph: Graph, questions: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The (start, goal) pairs of `questions` with a way from start to goal.

    One pass over the condensed graph: each component carries the goals within its reach as the
    bits of one number.
    """
    asked = set(questions)
    bit = {goal: 1 << place for place, goal in enumerate(sorted({goal for _, goal in asked}))}
    reach: dict[str, int] = {}
    for members in components(graph):
        goals = 0
        for node in members:
            goals |= bit.get(node, 0)
            for target in graph.get(node, ()):
                goals |= reach.get(target, 0)
        for node in members:
            reach[node] = goals
    return {(start, goal) for start, goal in asked if reach.get(start, 0) & bit[goal]}


def shortest_way(graph: Graph, start: str, goal: str, steps: int) -> tuple[str, ...]:
    """The shortest way between two nodes, both included; nothing when `steps` edges do not do."""
    came_from = {start: ""}
    waiting = deque([start])
    while waiting:
        node = waiting.popleft()
        targets = sorted(graph.get(node, ()))
        steps -= len(targets)
        if steps < 0:
            return ()
        for target in targets:
            if target not in came_from:
                came_from[target] = node
                waiting.append(target)
            if target == goal:
                return _way(came_from, goal)
    return ()
