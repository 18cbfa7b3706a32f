"""Tests of the framework of rules, and one module per rule."""

import pytest

pytest.register_assert_rewrite("tests.scanner.rules.harness")
