"""Lessons as data: a question, a prediction, a change, and what to look at when the result is there."""
