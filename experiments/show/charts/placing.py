"""Where labels of marks go, so that they cover neither one another nor marks: beside them, on a line if need be."""

from __future__ import annotations

import math
from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""Left, top, right, bottom [pixels]."""
RADII = (17.0, 26.0, 38.0, 54.0, 74.0)
ANGLES = (-45, -90, 0, -135, 180, 45, 90, 135, -20, -70, 20, 70, -160, 160, 110, -110)
"""Right and above first; [degrees], downwards."""
MARK = 7.0
"""Half the size of a mark [pixels]."""
WIDTHS = (560.0, 1040.0)
"""Widths of the plot in a narrow and in a wide page [pixels]."""


def placed(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    height: float,
    bars: Sequence[Box] = (),
) -> list[tuple[float, float]]:
    """Return for each label how far the middle of its text is from its mark [pixels], right and down.

    Parameters
    ----------
    points : sequence of (x, y)
        [1] -- places of the marks in the plot, 0 to 1 from its left and from its top.
    sizes : sequence of (width, height)
        [pixels] -- of the texts.
    height : float
        [pixels] -- of the plot.
    bars : sequence of Box
        [1] -- lines upright or level that are better not covered: left, top, right, bottom, as places of the marks.

    Notes
    -----
    One after the other, each the nearest place that is free in a narrow plot and in a wide one; if none is, the one
    that covers least. Labels that come first have the better places.

    Examples
    --------
    >>> placed([(0.5, 0.5), (0.5, 0.5)], [(20.0, 12.0)] * 2, 300.0)
    [(18.5, -14.5), (22.0, 0.0)]
    """
    marks = [[_around(x * width, y * height, MARK, MARK) for x, y in points] for width in WIDTHS]
    taken: list[list[Box]] = [list(own) for own in marks]
    lines = [[(a * w - 2, b * height - 2, c * w + 2, d * height + 2) for a, b, c, d in bars] for w in WIDTHS]
    found = []
    for (x, y), (wide, high) in zip(points, sizes, strict=True):
        best, least = (0.0, 0.0), math.inf
        for right, down in _offsets(wide, high):
            cost = 0.0
            for width, boxes, thin in zip(WIDTHS, taken, lines, strict=True):
                box = _around(x * width + right, y * height + down, wide / 2, high / 2)
                cost += sum(_shared(box, other) for other in boxes) + 3 * _outside(box, width, height)
                cost += sum(_shared(box, other) for other in thin) / 2
            if cost < least:
                best, least = (right, down), cost
            if not cost:
                break
        found.append(best)
        for width, boxes in zip(WIDTHS, taken, strict=True):
            boxes.append(_around(x * width + best[0], y * height + best[1], wide / 2, high / 2))
    return found


def _offsets(wide: float, high: float) -> list[tuple[float, float]]:
    """Return where the middle of a text may be: its nearest edge at each radius, in each direction."""
    found = []
    for radius in RADII:
        for angle in ANGLES:
            across, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            gap = radius - 5
            x = across * gap + (wide / 2 if across > 0.3 else -wide / 2 if across < -0.3 else 0.0)
            y = down * gap + (high / 2 if down > 0.3 else -high / 2 if down < -0.3 else 0.0)
            found.append((round(x * 2) / 2, round(y * 2) / 2))
    return found


def _around(x: float, y: float, half_wide: float, half_high: float) -> Box:
    return x - half_wide, y - half_high, x + half_wide, y + half_high


def _shared(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def _outside(box: Box, width: float, height: float) -> float:
    beyond = max(0.0, -box[0]) + max(0.0, box[2] - width) + max(0.0, -box[1]) + max(0.0, box[3] - height)
    return beyond * 20
