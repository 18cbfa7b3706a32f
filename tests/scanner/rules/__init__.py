"""Tests of the framework of rules, and one module per rule."""
