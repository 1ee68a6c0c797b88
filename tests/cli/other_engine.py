"""A second engine for tests: the reference's record, doctored in the replications that are to differ."""

from sim.engines import reference

DIFFERS: set[int] = set()
"""Replications in which it is wrong."""


def run(world, seed, replication, **wanted):
    record = reference.run(world, seed, replication, **wanted)
    if replication in DIFFERS:
        record.log = [*record.log[:20], (record.log[20][0] + 1, *record.log[20][1:]), *record.log[21:]]
        record.orders["value"] *= 2
    return record
