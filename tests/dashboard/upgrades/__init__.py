"""Installations of earlier releases, and what an upgrade makes of them."""
