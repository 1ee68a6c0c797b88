"""What a sweep costs beside the runs in it: time, memory, a cluster. `python -m benchmarks.sweeps`."""
