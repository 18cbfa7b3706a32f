"""No test reaches a module.

## What it finds
Modules with functions that no test module imports, neither itself nor by way of other modules, and
after which no test file is named: 1 for each function. Functions without a body of their own do not
count, nor does what lies in a top-level folder for developers (tools, scripts, ci, dev). What tests
reach only by way of others is told at TE05 and costs nothing.

Test modules are all those in test folders or with a test's name, `conftest.py` and helpers too. A
test that imports a name from a package imports the module which hands it on there; one that imports
a package as a whole imports all that its `__init__` hands on. Imports in functions count, those
under `if TYPE_CHECKING:` do not. A management command that a test runs with Django's
`call_command` counts as imported.

By way of others also come modules whose names stand in a text, such as `"shop.urls"` in settings,
in Django's `include`, in `pytest_plugins` or in `mock.patch`; so the views behind a route count as
reached where a test only sends requests. So do modules of a package that is walked with pkgutil,
and what Django loads by its place in an app (`apps.py`, `admin.py`, `models.py`, `templatetags`).

A test file is named after a module when all words of the module's name stand in its own:
`test_api_bulk_download.py` is named after `bulk_download.py`. For a name of a single word the rest
must be the same, or name its folder: `test_copy_page.py` is named after `pages/copy.py`.

## Why it matters
No test can fail when this module breaks, whatever breaks in it. The first who notices is a user.

## How to fix it
Write a test file named after the module, and begin with what callers rely on. If it is hard to
write, see what the functions build or fetch for themselves, and let them be handed it.

Bad:

    # shop/taxes.py, which no test imports
    def vat_of(net):
        return net * RATES[today().year]

Good:

    # tests/test_taxes.py
    from shop.taxes import vat_of

    def test_vat_is_19_percent():
        assert vat_of(100, year=2024) == 19

## When to accept it
When it is tested from outside, by a test that starts the program and never imports it.
"""

from __future__ import annotations

from collections.abc import Iterator

from scanner.domain.facts import MODULE
from scanner.domain.findings import MILLION
from scanner.rules.contexts import Survey
from scanner.rules.offences import WHOLE_FILE, Cost, Offence
from scanner.rules.records import survey_rule
from scanner.rules.testability.reach import tests_of, untested
from scanner.rules.wording import brief, counted


def _judge(survey: Survey) -> Iterator[Offence]:
    reached = survey.once(tests_of).reached
    for path, count in survey.once(untested).items():
        if path not in reached:
            name = brief(path.rpartition("/")[2])
            yield Offence(
                path=path,
                line=1,
                end_line=survey.modules[path].lines,
                symbol=MODULE,
                message=f"No test reaches {name}: {counted(count, 'function')}.",
                costs=(Cost(count * MILLION, WHOLE_FILE),),
            )


RULE = survey_rule("TE01", "untested-module", effort=60, page=__doc__, judge=_judge)
