"""Performing many runs at once, and keeping what they yield."""
