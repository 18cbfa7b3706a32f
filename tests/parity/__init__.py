"""Judgement held against ruff and against independent counts, on code that nobody here wrote.

What is compared lies in `areas`, one file each; `test_ruff` compares on packages installed beside
the tests, `python -m tests.bench --parity FOLDER...` on whatever is named.
"""
