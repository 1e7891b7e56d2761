"""Frozen values and pure rules. Standard library only: no database, no web, nothing of ours beside it."""
