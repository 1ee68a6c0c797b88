"""Texts for people by subject: pure tables, id -> English, Spanish."""
