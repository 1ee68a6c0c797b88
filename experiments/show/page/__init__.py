"""Pages that are one file: text in both languages, charts, switches, and nothing that asks a network."""
