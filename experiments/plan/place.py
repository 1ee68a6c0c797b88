"""Where something stands in a plan, for messages and for files that are named from there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.scenario.messages import place
from sim.scenario.yaml_text import Node


@dataclass(frozen=True)
class Place:
    r"""Says where keys stand in a plan that is read from files.

    Attributes
    ----------
    tree : Node
        The plan as its files say it, merged.

    Examples
    --------
    >>> from sim.scenario.yaml_text import parse_yaml
    >>> Place(parse_yaml("name: a\nfactors:\n  training: {levels: [0, 1]}", "a.yaml"))("factors", "training")
    'a.yaml, line 3, factors.training'
    """

    tree: Node

    def __call__(self, *keys: str | int) -> str:
        """Return file, line and keys."""
        return place(self.tree, keys)

    def beside(self, file: str, *keys: str | int) -> Path:
        """Return the path of a file that is named at some keys: from the folder of the plan that says so.

        A plan that extends another may stand in another folder.
        """
        node = self.tree
        folder = node.folder
        for key in keys:
            found = node.value.get(key) if isinstance(node.value, dict) else None
            if found is None:
                break
            node, folder = found, found.folder or folder
        return (folder or Path()) / file
