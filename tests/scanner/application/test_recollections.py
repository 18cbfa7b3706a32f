"""What a worker remembers changes no verdict, is bounded, and is nobody's twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.application.ports import Facts
from scanner.application.recollections import Recollection, Recollections, RememberedFacts
from scanner.assessment import NONE_ACCEPTED, Judgement, assess, compose, judge
from scanner.domain.project import ProjectFacts
from scanner.domain.rubric import DEFAULT
from scanner.domain.rubric_values import settled
from tests.scanner.test_incremental import CONFIGS, PATHS, TEXTS, Commit, commits, facts_of, parsed

OTHER = settled(DEFAULT, {"limits.file_lines": 3, "rules.TY01": False})


@settings(max_examples=60)
@given(commits, st.lists(st.booleans(), min_size=6, max_size=6))
def test_every_verdict_is_the_one_from_scratch(history: list[Commit], turns: list[bool]) -> None:
    last: Judgement | None = None
    for (files, config), turn in zip(history, turns, strict=False):
        rubric = OTHER if turn else DEFAULT
        project, facts = ProjectFacts(tuple(sorted(files)), config), facts_of(files)
        last = judge(project, facts, rubric, last)
        assert compose(last, NONE_ACCEPTED) == assess(project, facts, rubric)


def judged(files: Mapping[str, str], last: Judgement | None = None) -> Judgement:
    return judge(ProjectFacts(tuple(files), CONFIGS[0]), facts_of(files), DEFAULT, last)


def test_what_did_not_change_is_not_judged_again() -> None:
    files = dict.fromkeys(PATHS[:6], TEXTS[3])
    first = judged(files)
    again = judged({**files, PATHS[0]: TEXTS[2]}, first)
    same = {path for path in again.modules if again.modules[path] is first.modules[path]}
    assert again.modules.keys() - same == {PATHS[0]}


class Shelf:
    """A cache that holds some blobs, and notes which it decoded."""

    def __init__(self, blobs: Iterable[str]) -> None:
        self.blobs = set(blobs)
        self.decoded: set[str] = set()

    def get(self, blobs: Iterable[str]) -> dict[str, Facts]:
        found = {blob: parsed(TEXTS[2]) for blob in blobs if blob in self.blobs}
        self.decoded |= found.keys()
        return found

    def known(self, blobs: Iterable[str]) -> set[str]:
        return self.blobs & set(blobs)

    def put(self, facts: Mapping[str, Facts]) -> None:
        self.blobs |= facts.keys()


def test_facts_are_remembered_while_the_cache_holds_them() -> None:
    shelf = Shelf(["a", "b"])
    cache = RememberedFacts(shelf, {"a": parsed(TEXTS[3]), "lost": parsed(TEXTS[4])})
    assert cache.get(["a", "b", "lost"]) == {"a": parsed(TEXTS[3]), "b": parsed(TEXTS[2])}
    assert shelf.decoded == {"b"}
    cache.put({"lost": parsed(TEXTS[4])})
    assert cache.known(["lost", "c"]) == {"lost"}


def remembered(*blobs: str) -> Recollection:
    return Recollection({blob: parsed(TEXTS[2]) for blob in blobs}, judged({}))


def test_what_is_taken_is_gone_and_another_engine_is_asked_in_vain() -> None:
    kept, found = Recollections(), remembered("a")
    kept.keep(1, "1+x", found)
    assert kept.take(1, "2+x") == Recollection()
    assert kept.take(1, "1+x") is found
    assert kept.take(1, "1+x") == Recollection()


def test_the_oldest_is_forgotten_first_and_what_is_too_large_is_never_kept() -> None:
    kept = Recollections(most_modules=3)
    kept.keep(1, "", remembered("a", "b"))
    kept.keep(2, "", remembered("c"))
    kept.keep(3, "", remembered("d", "e", "f", "g"))
    kept.keep(4, "", remembered("h"))
    assert [bool(kept.take(key, "").facts) for key in (1, 2, 3, 4)] == [False, True, False, True]
