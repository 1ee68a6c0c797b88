"""How fast the engines are, beside a C program and the peers, as ratios in one run: `python -m benchmarks.engines`."""
