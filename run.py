"""Relevo without installing the command: `python run.py` is the same as `relevo`."""

from experiments.cli.main import main

if __name__ == "__main__":
    main(prog_name="run.py")
