"""Any two points: the parts reconcile, and each finding is told of by the commit that did it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from scanner.application.compare_document import compare_document
from scanner.application.comparing import Side
from scanner.application.comparison_record import ComparisonRecord, packed, unpacked
from scanner.application.document import rendered
from scanner.application.steps import route
from scanner.domain.rubric import DEFAULT
from scanner.rules.catalogue import read_rubric
from tests.scanner.pairs import AUTHORS, Shop, drawn_history

STRICT = read_rubric(b"[limits]\nfile_lines = 20\n[rules]\noff = ['TY01']\n")
UNTYPED = "def total(prices):\n    return sum(prices)\n"
TYPED = "def total(prices: list[int]) -> int:\n    return sum(prices)\n"
PLAIN = Side(DEFAULT)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """An empty repository."""
    return Shop(tmp_path / "shop.git")


def assert_reconciled(found: ComparisonRecord) -> None:
    """All that adds up must add up."""
    assert sum(found.parts.values()) == pytest.approx(found.moved, abs=1e-9)
    by_commits = sum(step.points for step in found.steps)
    assert by_commits + found.beside_commits == pytest.approx(found.moved, abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_random_pairs_reconcile(shop: Shop, seed: int) -> None:
    random = Random(seed)
    made = drawn_history(shop, random, 14)
    for _ in range(6):
        before, after = random.choice(made), random.choice(made)
        rubrics = [random.choice((DEFAULT, STRICT)) for _ in range(2)]
        verdicts = [shop.judge(commit) for commit in (before, after)]
        accepted = [
            {each.fingerprint: "a sketch" for each in verdict.findings if random.random() < 0.3}
            for verdict in verdicts
        ]
        sides = [
            Side(rubric, words, shop.judge(commit, rubric, words).score, shop.reader.engine())
            for commit, rubric, words in zip((before, after), rubrics, accepted, strict=True)
        ]

        found = shop.compare(before, after, *sides)

        assert_reconciled(found)
        assert (found.before.score, found.after.score) == (sides[0].score, sides[1].score)
        if rubrics[0] == rubrics[1]:
            assert found.parts["rubric"] == 0


@pytest.mark.parametrize("seed", range(4))
def test_each_step_did_what_is_told_of_it(shop: Shop, seed: int) -> None:
    random = Random(100 + seed)
    made = drawn_history(shop, random, 12)
    before, after = made[0], made[-1]

    found = shop.compare(before, after, PLAIN, PLAIN)

    chain = [link.revision.commit for link in shop.past(after).past.chain(after)]
    for effect in found.effects:
        if effect.step is None or found.steps[effect.step].is_back:
            continue
        place = chain.index(found.steps[effect.step].commit)
        then, now = (
            {each.fingerprint: each.cost for each in shop.judge(commit).findings}
            for commit in chain[place - 1 : place + 1]
        )
        assert (
            then.get(effect.fingerprint) != now.get(effect.fingerprint) or then.keys() != now.keys()
        )
    told = [effect for effect in found.effects if effect.kind in {"new", "fixed"}]
    assert all(effect.step is not None for effect in told)
    assert found.beside_commits == pytest.approx(0, abs=1e-9)


def test_commits_are_told_with_what_they_did(shop: Shop) -> None:
    start = shop.builder.commit({"a.py": UNTYPED, "b.py": TYPED}, "Start")
    broke = shop.builder.commit({"c.py": UNTYPED}, "Break", author=AUTHORS[0])
    fixed = shop.builder.commit({"a.py": TYPED}, "Fix", author=AUTHORS[1])

    found = shop.compare(start, fixed, PLAIN, PLAIN)

    assert [(step.commit, step.authors, step.files) for step in found.steps] == [
        (broke, ("Ann Author",), 1),
        (fixed, ("Ben Builder",), 1),
    ]
    kinds = {(each.kind, each.path, each.step) for each in found.effects if each.rule == "TY01"}
    assert kinds == {("new", "c.py", 0), ("fixed", "a.py", 1)}
    assert found.steps[0].points < 0 < found.steps[1].points


def test_a_merge_names_those_who_wrote_it(shop: Shop) -> None:
    start = shop.builder.commit({"a.py": TYPED})
    side = start
    for author in AUTHORS:
        side = shop.builder.commit(
            {f"{author[:3]}.py": UNTYPED}, author=author, branch="side", parents=[side]
        )
    merged = shop.builder.commit({"Ann.py": UNTYPED, "Ben.py": UNTYPED}, parents=[start, side])

    (step,) = shop.compare(start, merged, PLAIN, PLAIN).steps

    assert step.commits == 3
    assert step.authors == ("Ann Author", "Ben Builder", "Test Author")


def test_a_renamed_file_is_followed_to_its_fix(shop: Shop) -> None:
    start = shop.builder.commit({"a.py": UNTYPED})
    shop.builder.commit({"a.py": None, "b.py": UNTYPED}, "Rename")
    fixed = shop.builder.commit({"b.py": TYPED}, "Fix")

    found = shop.compare(start, fixed, PLAIN, PLAIN)

    assert [
        found.steps[each.step or 0].subject for each in found.effects if each.rule == "TY01"
    ] == ["Fix"]


def test_a_force_push_takes_commits_back(shop: Shop) -> None:
    start = shop.builder.commit({"a.py": TYPED})
    vanished = shop.builder.commit({"b.py": UNTYPED}, "Vanish")
    shop.builder.branch("main", start)
    anew = shop.builder.commit({"c.py": UNTYPED}, "Anew")

    found = shop.compare(vanished, anew, PLAIN, PLAIN)

    assert [(step.subject, step.is_back) for step in found.steps] == [
        ("Vanish", True),
        ("Anew", False),
    ]
    assert found.steps[0].points > 0 > found.steps[1].points
    assert_reconciled(found)


def test_histories_that_never_meet_have_no_steps(shop: Shop) -> None:
    one = shop.builder.commit({"a.py": UNTYPED})
    other = shop.builder.commit({"a.py": TYPED}, branch="orphan")

    found = shop.compare(one, other, PLAIN, PLAIN)

    assert found.steps == ()
    assert found.beside_commits == found.moved != 0


def test_many_commits_are_told_by_the_week(shop: Shop) -> None:
    made = [shop.builder.commit({f"part{n}.py": UNTYPED}) for n in range(5)]
    chain = shop.past(made[-1]).past.chain(made[-1])

    way = route(chain[:1], chain, most=3)

    assert way is not None
    assert way.is_weekly
    assert [link.revision.commit for link in way.stations] == [made[0], made[-1]]


def test_what_cannot_be_told_is_the_engine(shop: Shop) -> None:
    only = shop.builder.commit({"a.py": UNTYPED})
    old = Side(DEFAULT, score=50.0, engine="0.9.0+cpython-3.11")

    found = shop.compare(only, only, old, PLAIN)

    assert found.parts["rubric"] == found.engine == found.moved != 0
    assert found.before.score == 50.0


def test_a_record_is_stored_and_printed(shop: Shop) -> None:
    start = shop.builder.commit({"a.py": TYPED})
    found = shop.compare(start, shop.builder.commit({"b.py": UNTYPED}), PLAIN, PLAIN)

    assert unpacked(packed(found)) == found
    assert unpacked(b'{"schema": "another"}') is None
    assert '"commit": "' + found.after.commit in rendered(compare_document(found))
