"""What is said about a selection."""

from __future__ import annotations

SELECTED: dict[str, tuple[str, str]] = {
    "select title": (
        "{label}: the best of {points} points in {response} ({weeks})",
        "{label}: el mejor de {points} puntos en {response} ({weeks})",
    ),
    "select replications": ("repli-\ncations", "répli-\ncas"),
    "select mean": ("mean while\nselecting", "media al\nseleccionar"),
    "select standing": ("standing", "estado"),
    "select best": ("selected", "seleccionado"),
    "select left": ("not ruled out", "no descartado"),
    "select out": ("out, by point {by}", "fuera, por el punto {by}"),
    "select note": (
        "Means while selecting are for orientation: points were kept or taken out because of them, so they flatter "
        "the winner.",
        "Las medias al seleccionar son orientativas: por ellas se conservaron o descartaron puntos, así que favorecen "
        "al ganador.",
    ),
    "select decided": (
        "Point {best} is selected. With probability at least {share} % that is correct whenever the best point is "
        "better than all others by at least {amount}. It took {runs} runs.",
        "Se selecciona el punto {best}. Con probabilidad de al menos el {share} % es correcto siempre que el mejor "
        "punto supere a los demás en al menos {amount}. Hicieron falta {runs} simulaciones.",
    ),
    "select ocba": (
        "Point {best} has the best mean after {runs} runs, spent where they tell most. Estimated probability that it "
        "is the best: {share} %. That is an estimate, no guarantee.",
        "El punto {best} tiene la mejor media tras {runs} simulaciones, gastadas donde más dicen. Probabilidad "
        "estimada de que sea el mejor: {share} %. Es una estimación, no una garantía.",
    ),
    "select undecided": (
        "Not decided after {runs} runs: nothing is promised of the points {left}. Allow more with --most, or ask for "
        "a larger --indifference.",
        "Sin decidir tras {runs} simulaciones: nada se promete de los puntos {left}. Permita más con --most, o pida "
        "una --indifference mayor.",
    ),
    "select fresh": (
        "Against today, on {fresh} replications that had no part in selecting it, point {best} changes it by {change} "
        "(95 %).",
        "Frente a hoy, en {fresh} réplicas que no participaron en la selección, el punto {best} lo cambia en {change} "
        "(95 %).",
    ),
    "select tied": (
        "The points {points} gave the same numbers in every run: they are tied.",
        "Los puntos {points} dieron los mismos números en cada simulación: están empatados.",
    ),
    "select today": (
        "The selected point is today's way of working.",
        "El punto seleccionado es la forma de trabajar de hoy.",
    ),
}
"""Text by id: English, Spanish."""
