"""What it costs to write the result of a scan, whatever else the database holds."""

from __future__ import annotations

from typing import Final
from unittest.mock import patch

from scanner.application.records import Claim, Verdict
from scanner.storage.models import Repository, Team
from scanner.storage.verdicts import Verdicts
from tests.bench.visits import cpu_seconds
from tests.scanner.workbench import Workbench

MODULES: Final = 200
CHANGED: Final = 5  # modules of each commit; the points of every finding move with them
_FUNCTION: Final = """
def step_{number}(given, other, things=[], more={{}}):
    try:
        print(given.first.second, other)
    except Exception:
        pass
    if given and (other or things) and not more:
        return [one for one in things if one and one is not other or more]
"""


def written(rounds: str) -> dict[str, object]:
    """Scans of a repository of its own, a commit each: {"writes": CPU seconds, "findings": n}."""
    team = Team.objects.get_or_create(name="Writers", slug="writers")[0]
    name = f"written-{Repository.objects.filter(team=team).count()}"
    repository = Repository.objects.create(team=team, name=name, slug=name, address=name)
    seconds: list[float] = []
    save = Verdicts.save

    def timed(self: Verdicts, claim: Claim, verdict: Verdict) -> None:
        began = cpu_seconds()
        save(self, claim, verdict)
        seconds.append(cpu_seconds() - began)

    bench = Workbench()
    texts = {f"shop/part_{number}.py": _module(2) for number in range(MODULES)}
    with patch.object(Verdicts, "save", timed):
        for turn in range(int(rounds) + 1):
            start = turn * CHANGED % MODULES
            texts |= {
                f"shop/part_{number}.py": _module(3 + turn % 2)
                for number in range(start, start + CHANGED)
            }
            bench.branch.commit(texts)
            bench.scan(repository.pk)
    found = repository.findings.filter(fixed_in=None).count()
    return {"first": seconds[0], "writes": seconds[1:], "findings": found}


def _module(functions: int) -> str:
    return "".join(_FUNCTION.format(number=number) for number in range(functions))
