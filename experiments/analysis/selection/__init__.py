"""Procedures that select the best of several alternatives and say how sure that is: docs/selection.md."""
