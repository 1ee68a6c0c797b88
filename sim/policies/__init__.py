"""What an organisation can choose to do: policies as data, and how they compose."""

from sim.policies.catalogue import load_cause, load_policy, portfolio, the_sixteen
from sim.policies.policy import InForce, Policy, Portfolio

__all__ = ["InForce", "Policy", "Portfolio", "load_cause", "load_policy", "portfolio", "the_sixteen"]
