"""Tests of what terminals show."""
