"""What is measured: the record of a run, its metrics and tables, and what each of their columns means."""
