"""Made-up ledgers for property tests: sites with masses in files, and findings that charge them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from scanner.domain.findings import MILLION, Charge
from scanner.domain.ledger import Book, Ledger
from scanner.domain.rubric import DEFAULT, KEYS, Rubric
from scanner.domain.scoring import SiteCost

PATHS = ("a/x.py", "a/y.py", "b/z.py")
SITES = ("one", "two")


@dataclass(frozen=True)
class Spot:
    """A site of a principle in a file."""

    path: str
    principle: str
    site: str
    mass: int


@dataclass(frozen=True)
class Flaw:
    """A finding with its charges."""

    fingerprint: str
    principle: str
    charges: tuple[Charge, ...]
    effort: int = 10
    accepted: bool = False


@dataclass(frozen=True)
class Case:
    """Sites and findings of one tree, and the rubric."""

    spots: tuple[Spot, ...]
    flaws: tuple[Flaw, ...]
    rubric: Rubric = DEFAULT

    @property
    def applicable(self) -> frozenset[str]:
        """By structure: the principles with sites, and the first one always."""
        return frozenset({KEYS[0], *(spot.principle for spot in self.spots)})


def ledger(
    case: Case, *, fixed: Iterable[str] = (), accepted: Iterable[str] = (), backwards: bool = False
) -> Ledger:
    """Settle a case, with some findings fixed or accepted; in either order."""
    fixed, accepted = set(fixed), set(accepted)
    book = Book(case.applicable)
    turn = -1 if backwards else 1
    for spot in case.spots[::turn]:
        book.place(spot.path, spot.principle, spot.mass, 1)
    for flaw in case.flaws[::turn]:
        if flaw.fingerprint in fixed or flaw.principle not in case.applicable:
            continue
        is_accepted = flaw.accepted or flaw.fingerprint in accepted
        for charge in flaw.charges[::turn]:
            cost = SiteCost(charge.site, charge.mass, charge.cost, is_accepted)
            book.charge(charge.path, flaw.principle, cost)
    for path in PATHS[::turn]:
        book.open_file(path)
    return book.close(case.rubric)


def scopes(book: Ledger) -> Sequence[float]:
    """Scores at every scope: the whole, each folder, each file; open, then strict."""
    groups = [PATHS, *([path for path in PATHS if path.startswith(top)] for top in ("a/", "b/"))]
    tallies = [book.roll_up(group) for group in groups] + [book.files[path] for path in PATHS]
    return [book.score_of(each) for each in tallies] + [
        book.strict_score_of(each) for each in tallies
    ]


masses = st.integers(0, 400 * MILLION)
costs = st.integers(1, 600 * MILLION)
keys = st.sampled_from(KEYS[:6])


@st.composite
def cases(draw: st.DrawFn, least: int = 0) -> Case:
    """Any sites and findings; a finding may charge several sites, files and pure debt."""
    placed = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(PATHS), keys, st.sampled_from(SITES)), masses, max_size=12
        )
    )
    spots = tuple(Spot(*place, mass) for place, mass in placed.items())
    flaws = draw(st.lists(flaws_at(spots), min_size=least, max_size=10))
    named = tuple(
        Flaw(f"{number:016x}", each.principle, each.charges, each.effort, each.accepted)
        for number, each in enumerate(flaws)
    )
    return Case(spots, named)


@st.composite
def flaws_at(draw: st.DrawFn, spots: Sequence[Spot]) -> Flaw:
    """A finding of one principle, at its sites or none."""
    key = draw(keys)
    places = [(spot.path, spot.site, spot.mass) for spot in spots if spot.principle == key]
    places += [(path, "", 0) for path in PATHS]
    chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=3, unique=True))
    charges = tuple(Charge(path, 1, draw(costs), site, mass) for path, site, mass in chosen)
    return Flaw("", key, charges, draw(st.integers(1, 240)), draw(st.booleans()))
