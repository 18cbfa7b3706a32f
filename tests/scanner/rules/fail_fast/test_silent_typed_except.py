"""FF04 silent-typed-except."""

from __future__ import annotations

import pytest

from tests.scanner.rules.harness import check, judge

TRIED = "    data = read(path)\n    store(data)\n"


@pytest.mark.parametrize(
    "clause",
    ["except OSError:", "except (ValueError, RuntimeError):", "except requests.HTTPError:"],
)
def test_a_wide_error_passed_over_in_silence(clause: str) -> None:
    (finding,) = check("FF04", f"try:\n{TRIED}{clause}  # offends 0\n    pass\n")
    assert finding.message.endswith(
        " around `read` and `store` does nothing, whatever the fault was. "
        "Name the narrowest error you expect."
    )


def test_it_costs_nothing() -> None:
    found = judge({"shop/a.py": f"try:\n{TRIED}except OSError:\n    pass\n"})
    principle = next(item for item in found.principles if item.key == "fail-fast")
    assert (principle.score, principle.findings, principle.tally.n) == (100.0, 0, 1)
    assert [f.rule for f in found.findings if f.principle == "fail-fast"] == ["FF04"]


@pytest.mark.parametrize(
    "source",
    [
        f"try:\n{TRIED}except FileNotFoundError:\n    pass\n",
        f"try:\n{TRIED}except OSError:\n    return_nothing()\n",
        f"try:\n{TRIED}except OSError:\n    pass  # it may be gone by now\n",
        f"try:\n{TRIED}except OSError:\n    pass\nelse:\n    go()\n",
        "try:\n    store(data)\nexcept OSError:\n    pass\n",
        "try:\n    import a\n    a.b()\nexcept OSError:\n    pass\n",
        "def close():\n    try:\n        a()\n        b()\n    except OSError:\n        pass\n",
        "for x in y:\n    try:\n        a()\n        b()\n    except OSError:\n        pass\n",
        "try:\n    a.stop()\n    a.close()\nexcept OSError:\n    pass\n",
    ],
)
def test_what_is_usual_is_left_out(source: str) -> None:
    check("FF04", source)


def test_a_broad_clause_is_another_rule() -> None:
    check("FF04", f"try:\n{TRIED}except (OSError, Exception):\n    pass\n")
