"""What all charts share, and the forest plot."""

from __future__ import annotations

CHARTS: dict[str, tuple[str, str]] = {
    "way mixed": ("{label} at {share} %", "{label} al {share} %"),
    "short churn_per_year": ("customers lost", "clientes perdidos"),
    "short wait_mean": ("customer's wait", "espera del cliente"),
    "short wait_p90": ("wait that nine of ten stay within", "espera que nueve de cada diez no superan"),
    "short promise_kept_share": ("promises kept", "promesas cumplidas"),
    "short profit": ("profit", "beneficio"),
    "short policy_cost": ("cost of the policies", "coste de las políticas"),
    "short cost": ("cost", "coste"),
    "short customers_end": ("customers at the end", "clientes al final"),
    "short customers_left": ("customers who left", "clientes que se fueron"),
    "short satisfaction_mean": ("customers' satisfaction", "satisfacción de los clientes"),
    "short morale_mean": ("morale", "moral"),
    "short standard_mean": ("working standard", "estándar de trabajo"),
    "short resignations_per_year": ("resignations", "bajas voluntarias"),
    "short reported_share": ("causes of faults reported", "causas de fallos comunicadas"),
    "short problem_share": ("orders with a defect", "pedidos con un defecto"),
    "short right_first_time_share": ("right first time", "bien a la primera"),
    "short customer_base_value": ("worth of the customers at the end", "valor de los clientes al final"),
    "short workaround_share": ("time spent on workarounds", "tiempo dedicado a rodeos"),
    "short failure_demand_share": ("time spent on failures", "tiempo dedicado a fallos"),
    "way of working": ("way of working", "forma de trabajar"),
    "change": ("change from today", "cambio respecto a hoy"),
    "from": ("from", "desde"),
    "up to": ("to", "hasta"),
    "verdict": ("verdict", "veredicto"),
    "verdict better": ("better", "mejor"),
    "verdict worse": ("worse", "peor"),
    "verdict open": ("not told apart from today", "no se distingue de hoy"),
    "runs compared": ("pairs of runs", "pares de simulaciones"),
    "forest title": ("{name}: change from today", "{name}: cambio respecto a hoy"),
    "forest reading": (
        "Each mark is the mean change from today with its 95 % interval, same customers and same luck; all "
        "intervals of this chart hold together. Filled: better or worse than today. Hollow: cannot be told apart "
        "from today, which is the upright line.",
        "Cada marca es el cambio medio respecto a hoy con su intervalo del 95 %, con los mismos clientes y la misma "
        "suerte; todos los intervalos de este gráfico valen a la vez. Rellena: mejor o peor que hoy. Hueca: no se "
        "distingue de hoy, que es la línea vertical.",
    ),
}
"""Text by id: English, Spanish."""
