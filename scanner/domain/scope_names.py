"""The names that decide what is production code, and the reasons given for the rest.

The lists came from reading false verdicts on real repositories.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TEST: Final = "test"
VENDORED: Final = "vendored"
MIGRATION: Final = "migration"
DOCS: Final = "docs"
EXAMPLE: Final = "example"
GENERATED: Final = "generated"
TOOLING: Final = "tooling"
TEMPLATE: Final = "template"
STUB: Final = "stub"
CONFIGURED: Final = "excluded in pyproject.toml"

FOLDERS: Final[Mapping[str, frozenset[str]]] = {
    TEST: _words(
        "tests test testing testsuite unittests functional_tests integration_tests test_utils "
        "unit_tests e2e testdata fixtures test_apps typing_tests type_tests"
    ),
    VENDORED: _words(
        "_vendor vendor vendored _vendored third_party thirdparty extern _external "
        "site-packages node_modules"
    ),
    MIGRATION: _words("migrations alembic_versions"),
    DOCS: _words("docs doc docs_src"),
    EXAMPLE: _words(
        "examples example samples sample demo demos tutorial tutorials benchmarks benchmark"
    ),
}
"""Folder names, in any case and at any depth; the first reason that fits is given."""

TOOL_FOLDERS: Final = _words(
    "scripts script tools tool bench perf fuzzing fuzz release packaging ci dev devtools extras "
    "hack bin lab docker scripts-dev sandbox build_tools maintainer maint admin infra-scripts "
    "notebooks experiments bash action web-scripts templates benchmarking profiling gallery "
    "devscripts dummyserver wasm-preview doctests extra"
)
"""Top-level folders that are tooling when they are no package."""

TOOL_FILES: Final = _words(
    "setup.py noxfile.py fabfile.py tasks.py dodo.py conf.py versioneer.py igor.py hubconf.py "
    "runtests.py"
)
"""Files that are tooling at the top of the tree."""

SOURCE_FOLDERS: Final = _words("src lib")
TEST_FILE: Final = re.compile(r"(?:test_.*|.*_test|conftest|tests?)\.pyi?")
GENERATED_FILE: Final = re.compile(r".*_pb2(?:_grpc)?\.pyi?|.+_generated\.pyi?")
GENERATED_HEADER: Final = re.compile(
    r"@generated\b"
    r"|^\W*auto(?:matically)?[- ]?generated\b"
    r"|\b(?:auto(?:matically)?[- ]?|is a )generated (?:code|data|file|module)\b"
    r"|\bthis (?:code|file|module|package|script|stub)\b.{0,20}"
    r"\b(?:auto(?:matically)?[- ]?|machine[- ])?generated\b"
    r"|^\W*(?:code|file) generated (?:by|from|using|with)\b"
    r"|^\W*(?-i:Generated|GENERATED) (?:by|from|using|with)\b"
    r"|^\W*(?-i:DO NOT EDIT)\b"
    r"|\bgenerated\b.*\bdo not (?:edit|modify)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""What generators write at the top of a file; a sentence that only mentions output is none."""
