"""Plans of experiments, and their designs."""
