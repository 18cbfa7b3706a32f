"""Stretches of findings: whatever comes and goes, each known point has what was found in it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.strands import BEGINNING, END, Named, Strand, Stretch

NAMES = {name: Named("CX01", f"{name}.py", "f") for name in "abcd"}
found = st.sets(st.sampled_from("abcd"))
places = st.integers(0, 12)
steps = st.lists(st.tuples(places, st.none() | found), max_size=30)


def put(strand: Strand, place: int, names: set[str]) -> None:
    """Put what was found at a place."""
    strand.put(place, {name: NAMES[name] for name in names})


@given(steps)
def test_every_known_point_has_what_was_found_there(
    history: list[tuple[int, set[str] | None]],
) -> None:
    known, stored, last = dict[int, set[str]](), dict[int, Stretch](), 0
    for place, names in history:
        if names is None:
            known.pop(place, None)  # thinned out; what it left behind may stay
            continue
        copies = [
            Stretch(each.fingerprint, each.after, each.before, key) for key, each in stored.items()
        ]
        strand = Strand(known, copies)
        put(strand, place, names)
        known[place] = names
        for key in strand.gone:
            del stored[key]
        for after, key in strand.afters:
            stored[key].after = after
        for before, key in strand.befores:
            stored[key].before = before
        for each in strand.made:
            last += 1
            stored[last] = each
        for point, there in known.items():
            held = [each.fingerprint for each in stored.values() if each.holds(point)]
            assert sorted(held) == sorted(there)
        _never_cross(list(stored.values()))


def _never_cross(stretches: list[Stretch]) -> None:
    """Of one finding no two lie over each other."""
    of = defaultdict[str, list[tuple[int, int]]](list)
    for each in stretches:
        of[each.fingerprint].append((each.after, each.before))
    for several in of.values():
        several.sort()
        assert all(one[1] <= other[0] + 1 for one, other in pairwise(several))


@given(st.dictionaries(places, found, min_size=1))
def test_from_new_to_old_a_life_is_one_row(points: dict[int, set[str]]) -> None:
    strand, order = Strand((), ()), sorted(points)
    for place in reversed(order):
        put(strand, place, points[place])

    lives = 0
    for before, now in zip([None, *order], order, strict=False):
        lives += len(points[now] - (points[before] if before is not None else set()))
    assert len(strand.made) == lives


def test_what_is_found_everywhere_reaches_from_end_to_end() -> None:
    strand = Strand((), ())
    for place in (9, 3, 6):
        put(strand, place, {"a"})
    assert [(each.after, each.before) for each in strand.made] == [(BEGINNING, END)]


def test_a_point_between_others_parts_what_it_lacks() -> None:
    strand = Strand([2, 8], [Stretch("a", BEGINNING, END, 7)])
    put(strand, 5, {"b"})
    assert strand.befores == [(5, 7)]
    assert sorted((each.fingerprint, each.after, each.before) for each in strand.made) == [
        ("a", 5, END),
        ("b", 2, 8),
    ]
