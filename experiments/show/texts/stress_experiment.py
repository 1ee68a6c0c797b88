"""The reporting standard STRESS-DES: data, experimentation, implementation, code."""

from __future__ import annotations

STRESS_EXPERIMENT: dict[str, tuple[str, str]] = {
    # 3 Data
    "stress sources": (
        "{total} numbers of the model have an effect here; by grade of evidence {tally}. Each with its source: in the "
        "table of assumptions of this page.",
        "Aquí tienen efecto {total} números del modelo; por grado de evidencia {tally}. Cada uno con su fuente: en la "
        "tabla de suposiciones de esta página.",
    ),
    "stress no preprocessing": (
        "None: no data were read but the company's description.",
        "Ninguno: no se leyeron más datos que la descripción de la empresa.",
    ),
    "stress preprocessing": (
        "Real orders were read: {used} were used, {left} could not be and are left out.",
        "Se leyeron pedidos reales: se usaron {used}; {left} no se podían usar y se dejan fuera.",
    ),
    "stress inputs": (
        "All input is in inputs.json beside the results; work and routes are in 2.5.2, people in 2.5.3, every other "
        "number in the table of assumptions of this page.",
        "Toda la entrada está en inputs.json junto a los resultados; trabajo y rutas en 2.5.2, personas en 2.5.3, los "
        "demás números en la tabla de suposiciones de esta página.",
    ),
    "stress inputs real": ("The orders are those of the file.", "Los pedidos son los del archivo."),
    "stress assumptions": (
        "How much a conclusion rests on them is said by relevo sensitivity.",
        "Cuánto se apoya en ellas una conclusión lo dice relevo sensitivity.",
    ),
    # 4 Experimentation
    "stress begins": (
        "A run begins empty of orders and is simulated as today for {weeks} before measuring begins; ways of working "
        "begin then.",
        "Una simulación empieza sin pedidos y transcurre como hoy durante {weeks} antes de empezar a medir; entonces "
        "empiezan las formas de trabajar.",
    ),
    "stress warm-up given": (
        "The warm-up is what the company's file says.",
        "El calentamiento es el que dice el archivo de la empresa.",
    ),
    "stress warm-up found": (
        "The warm-up was found by a pilot of today's way of working (MSER-5).",
        "El calentamiento lo halló un piloto de la forma de trabajar de hoy (MSER-5).",
    ),
    "stress length": (
        "Orders placed within {weeks} are measured; the run goes on until they have ended, {drain} at most. What comes "
        "after is not looked at.",
        "Se miden los pedidos hechos en {weeks}; la simulación sigue hasta que terminan, {drain} como mucho. Lo que "
        "viene después no se mira.",
    ),
    "stress until precise": (
        "Replications were added until the intervals of the responses were narrow enough.",
        "Se añadieron réplicas hasta que los intervalos de las respuestas fueron bastante estrechos.",
    ),
    "stress estimation": (
        "Independent replications. Ways of working are compared pair by pair on common random numbers with Student's "
        "interval of the differences; levels have Willink's interval, which takes account of skewness.",
        "Réplicas independientes. Las formas de trabajar se comparan par a par con números aleatorios comunes y el "
        "intervalo de Student de las diferencias; los niveles tienen el intervalo de Willink, que tiene en cuenta la "
        "asimetría.",
    ),
    "stress family": (
        "{ways} ways of working times {responses} intervals each: {number} share the error of 5 % (Bonferroni). Which "
        "of those that may be recommended can be told from the best is judged by one-sided intervals of all pairs of "
        "ways of working, and who is worse off by intervals of all figures: each of these two families holds with 95 % "
        "by itself.",
        "{ways} formas de trabajar por {responses} intervalos cada una: {number} se reparten el error del 5 % "
        "(Bonferroni). Cuáles de las recomendables se distinguen de la mejor se juzga con intervalos unilaterales de "
        "todos los pares de formas de trabajar, y quién sale perdiendo, con intervalos de todas las cifras: cada una "
        "de estas dos familias vale con un 95 % por sí sola.",
    ),
    "stress relative": (
        "Changes in per cent are ratios of means with Fieller's interval for pairs.",
        "Los cambios en tanto por ciento son cocientes de medias con el intervalo de Fieller para pares.",
    ),
    # 5 Implementation, 6 Code
    "stress software": ("{versions}.", "{versions}."),
    "stress software unknown": (
        "MISSING: these results were handed over without a folder and do not say their versions.",
        "FALTA: estos resultados se entregaron sin carpeta y no dicen sus versiones.",
    ),
    "stress sampling": (
        "Every draw is a pure function of run, entity, occasion and purpose (the finaliser of splitmix64), so that the "
        "same customer orders the same with the same work under every way of working: common random numbers without "
        "streams that could fall out of step.",
        "Cada sorteo es una función pura de simulación, entidad, ocasión y fin (el finalizador de splitmix64), de modo "
        "que el mismo cliente pide lo mismo con el mismo trabajo en cada forma de trabajar: números aleatorios comunes "
        "sin secuencias que puedan desacompasarse.",
    ),
    "stress seed": ("Seed {seed}; replications count from 0.", "Semilla {seed}; las réplicas se cuentan desde 0."),
    "stress execution": (
        "Discrete events on a clock of whole milliseconds; events of the same instant happen in a fixed order by kind "
        "and entity. Engine: {engine}; both engines give the same record to the last bit.",
        "Sucesos discretos en un reloj de milisegundos enteros; los del mismo instante ocurren en un orden fijo por "
        "clase y entidad. Motor: {engine}; los dos motores dan el mismo registro hasta el último bit.",
    ),
    "stress system": (
        "{platform}. The numbers do not depend on the machine or on how many processors share the work.",
        "{platform}. Los números no dependen de la máquina ni de cuántos procesadores se reparten el trabajo.",
    ),
    "stress system unknown": (
        "Not recorded; the numbers do not depend on the machine.",
        "No consta; los números no dependen de la máquina.",
    ),
    "stress code": (
        "Relevo {version}, free under the MIT licence; the program, the companies, the policies and the documentation "
        "come in one package.",
        "Relevo {version}, libre con la licencia MIT; el programa, las empresas, las políticas y la documentación "
        "vienen "
        "en un paquete.",
    ),
    "stress commit": ("Commit {commit}.", "Commit {commit}."),
    "stress again": ("To repeat it: {command}", "Para repetirlo: {command}"),
}
"""Text by id: English, Spanish."""
