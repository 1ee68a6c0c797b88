"""Results in words and tables for people, in English and Spanish."""
