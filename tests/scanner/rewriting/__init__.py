"""Newer syntax, read by an older parser."""
