"""Counts points of a past in a process beside the worker's, so that two cores share them.

`process` starts `python -m scanner.apart` and hears its answers; `task` is what they say to each
other. Celery's workers may not start pools, so it is a plain process with two pipes.
"""
