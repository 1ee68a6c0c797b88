"""What the numbers of many runs say, and how sure one may be of it. Reads tables; never runs a model."""
