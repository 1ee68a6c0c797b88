"""The neutral model against queueing theory: cases, formulas, estimates. `python -m benchmarks.validate` runs all."""
