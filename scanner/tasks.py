"""Celery entry points: a few lines each, ids as arguments."""
