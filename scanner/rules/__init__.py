"""The rules: one folder per principle, one small file per rule, found by walking.

A principle's folder holds a `PRINCIPLE` in its `__init__`; each other module in it holds a `RULE`,
and the docstring of that module is the rule's page everywhere. To add a rule, add one file and its
test. Rules read facts, never source.
"""
