"""Ratios of CPU time, measured in one run: `make bench`."""
