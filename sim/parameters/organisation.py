"""Parameters of time, departments, service and money."""

from __future__ import annotations

from sim.parameters.parameter import Parameter

ASSUMPTION = "assumption"
DEFINITION = "definition"
BIG = 1e12

TABLE = (
    Parameter("time.warm_up", "calendar time", 0, 20 * 8766, 0.0, "-", DEFINITION,
              "Time simulated before measuring begins, in today's way of working; policies start after it.",
              "Tiempo simulado antes de medir, con la forma de trabajar de hoy; las políticas empiezan después.",
              scale="linear"),
    Parameter("time.horizon", "calendar time", 1, 100 * 8766, None, "-", DEFINITION,
              "Measured time: orders placed in it are the ones that count.",
              "Tiempo medido: cuentan los pedidos hechos dentro de él.", scale="linear"),
    Parameter("time.drain", "calendar time", 0, 20 * 8766, 26 * 168.0, "-", DEFINITION,
              "The longest time the world runs on after the horizon until the measured orders have ended.",
              "Tiempo máximo que el mundo sigue tras el horizonte hasta que terminan los pedidos medidos.",
              scale="linear"),
    Parameter("departments.staff", "count", 1, 100_000, None, "-", DEFINITION,
              "People who work in the department at the same time.",
              "Personas que trabajan a la vez en el departamento.", scale="linear", level="department"),
    Parameter("departments.pay_share", "share", 0, 1, 1.0, "-", DEFINITION,
              "Share of the department's working time that the company pays (0 for an outside supplier).",
              "Parte del tiempo del departamento que paga la empresa (0 para un proveedor externo).",
              ideal=0.0, level="department"),
    Parameter("service.overhead", "share", 0, 0.9, 0.0, "-", DEFINITION,
              "Share of working time spent on meetings, training and running policies instead of on items.",
              "Parte de la jornada dedicada a reuniones, formación y políticas en vez de a tareas.",
              scale="linear", ideal=0.0, level="department"),
    Parameter("service.variability", "number", 0, 4, 1.0, "-", DEFINITION,
              "Factor on the squared coefficient of variation of all work.",
              "Factor sobre el coeficiente de variación al cuadrado de todo el trabajo.", ideal=0.0),
    Parameter("service.pace", "number", 0.1, 10, 1.0, "-", DEFINITION,
              "Factor on the speed of all work.", "Factor sobre la velocidad de todo el trabajo.",
              scale="log", level="department"),
    Parameter("service.attention", "number", 0, 0.1, 0.0006, "D",
              "form: Brooks' law (n squared); size: assumption",
              "Working time lost to running n policies at once, per n squared.",
              "Jornada perdida por llevar n políticas a la vez, por n al cuadrado.", ideal=0.0),
    Parameter("helping.trained_share", "share", 0, 1, 0.0, "-", DEFINITION,
              "Share of each department's people who are trained for their second department.",
              "Parte de las personas de cada departamento formadas para su segundo departamento.", ideal=1.0,
              level="department"),
    Parameter("helping.efficiency", "number", 0.1, 1.5, 0.8, "D",
              "assumption within 0.6-0.95; warned of by Wallace & Whitt 2005",
              "Speed of cross-trained work for another department, relative to one's own.",
              "Velocidad del trabajo polivalente en otro departamento respecto al propio.", scale="log"),
    Parameter("economics.pay", "money", 0, BIG, 32.0, "D", ASSUMPTION,
              "Cost of one hour of a person's work, with all charges.",
              "Coste de una hora de trabajo de una persona, con todas las cargas.", scale="log"),
    Parameter("economics.paid_hours", "number", 0, 168, 40.0, "-", DEFINITION,
              "Paid hours per person and week.", "Horas pagadas por persona y semana.", scale="linear"),
    Parameter("economics.margin", "share", 0, 1, 0.6, "D", ASSUMPTION,
              "Share of an order's value that remains after what was bought for it.",
              "Parte del valor de un pedido que queda tras las compras hechas para él.", ideal=1.0),
    Parameter("economics.payment_term", "calendar time", 0, 8766, 30 * 24.0, "D", ASSUMPTION,
              "Time between the invoice and the customer's payment.",
              "Tiempo entre la factura y el pago del cliente.", scale="log"),
)
