"""The reporting standard STRESS-DES: its headings, and sentences that the results fill."""

from __future__ import annotations

STRESS_DES: dict[str, tuple[str, str]] = {
    "stress 1": ("1 Objectives", "1 Objetivos"),
    "stress 2": ("2 Logic", "2 Lógica"),
    "stress 3": ("3 Data", "3 Datos"),
    "stress 4": ("4 Experimentation", "4 Experimentación"),
    "stress 5": ("5 Implementation", "5 Implementación"),
    "stress 6": ("6 Code access", "6 Acceso al código"),
    "stress 1.1": ("1.1 Purpose of the model", "1.1 Propósito del modelo"),
    "stress 1.2": ("1.2 Model outputs", "1.2 Resultados del modelo"),
    "stress 1.3": ("1.3 Experimentation aims", "1.3 Objetivos de la experimentación"),
    "stress 2.1": ("2.1 Base model overview diagram", "2.1 Esquema del modelo base"),
    "stress 2.2": ("2.2 Base model logic", "2.2 Lógica del modelo base"),
    "stress 2.3": ("2.3 Scenario logic", "2.3 Lógica de los escenarios"),
    "stress 2.4": ("2.4 Algorithms", "2.4 Algoritmos"),
    "stress 2.5.1": ("2.5.1 Entities", "2.5.1 Entidades"),
    "stress 2.5.2": ("2.5.2 Activities", "2.5.2 Actividades"),
    "stress 2.5.3": ("2.5.3 Resources", "2.5.3 Recursos"),
    "stress 2.5.4": ("2.5.4 Queues", "2.5.4 Colas"),
    "stress 2.5.5": ("2.5.5 Entry and exit points", "2.5.5 Puntos de entrada y salida"),
    "stress 3.1": ("3.1 Data sources", "3.1 Fuentes de los datos"),
    "stress 3.2": ("3.2 Pre-processing", "3.2 Tratamiento previo"),
    "stress 3.3": ("3.3 Input parameters", "3.3 Parámetros de entrada"),
    "stress 3.4": ("3.4 Assumptions", "3.4 Suposiciones"),
    "stress 4.1": ("4.1 Initialisation", "4.1 Inicialización"),
    "stress 4.2": ("4.2 Run length", "4.2 Duración de las simulaciones"),
    "stress 4.3": ("4.3 Estimation approach", "4.3 Método de estimación"),
    "stress 5.1": ("5.1 Software", "5.1 Programas"),
    "stress 5.2": ("5.2 Random sampling", "5.2 Muestreo aleatorio"),
    "stress 5.3": ("5.3 Model execution", "5.3 Ejecución del modelo"),
    "stress 5.4": ("5.4 System specification", "5.4 Sistema"),
    "stress 6.1": ("6.1 Computer model sharing", "6.1 Cómo obtener el modelo"),
    # 1 Objectives
    "stress purpose": (
        "The model says how departments serve one another and what that does to the customer outside: the wait, the "
        "promises kept, who leaves, and what it costs.",
        "El modelo dice cómo se sirven los departamentos entre sí y qué le hace eso al cliente de fuera: la espera, "
        "las promesas cumplidas, quién se va y lo que cuesta.",
    ),
    "stress purpose company": ("The company, {label}: {what}", "La empresa, {label}: {what}"),
    "stress purpose plan": ("What was asked: {what}", "Lo que se preguntó: {what}"),
    "stress missing company": (
        "MISSING: what the company is. Only its author can say: write 'description: {{en: …, es: …}}' in the company's "
        "file.",
        "FALTA: qué es la empresa. Solo lo sabe quien la describe: escriba 'description: {{en: …, es: …}}' en el "
        "archivo "
        "de la empresa.",
    ),
    "stress missing purpose": (
        "MISSING: why this was asked. Only its author can say: write 'description: {{en: …, es: …}}' in the plan.",
        "FALTA: por qué se preguntó esto. Solo lo sabe quien pregunta: escriba 'description: {{en: …, es: …}}' en el "
        "plan.",
    ),
    "stress missing question": (
        "MISSING: why this was asked. Only its author can say; the description of a plan (relevo sweep) is printed "
        "here, and that of the company's file above.",
        "FALTA: por qué se preguntó esto. Solo lo sabe quien pregunta; aquí se imprime la descripción de un plan "
        "(relevo sweep), y arriba la del archivo de la empresa.",
    ),
    "stress unit": ("unit", "unidad"),
    "stress outputs": (
        "Decided is by these; {number} metrics of each run are kept, for each department and pair as well.",
        "Se decide con estas; se guardan {number} métricas de cada simulación, también por departamento y por par.",
    ),
    "stress aims": (
        "Compare {number} ways of working with today's and find what may be recommended.",
        "Comparar {number} formas de trabajar con la de hoy y hallar qué se puede recomendar.",
    ),
    "stress aims described": (
        "Describe a way of working; nothing is compared.",
        "Describir una forma de trabajar; no se compara nada.",
    ),
    # 2 Logic
    "stress at": ("{step} ({who})", "{step} ({who})"),
    "stress end": ("end", "fin"),
    "stress route": ("Route {route}:\n{steps}", "Ruta {route}:\n{steps}"),
    "stress diagram": (
        "Beside the route, departments ask each other for what an order or a person needs (2.5.2); the rooms of the "
        "program are drawn in docs/architecture.md.",
        "Junto a la ruta, los departamentos se piden unos a otros lo que un pedido o una persona necesita (2.5.2); las "
        "piezas del programa están dibujadas en docs/architecture.md.",
    ),
    "stress base logic": (
        "An order is placed, takes its route step by step, and at each step queues for a department and is worked on; "
        "it may be sent back with a question, wait for a colleague's answer or for somebody who is blocked, be argued "
        "about, be done again; then it is delivered and invoiced. At every instant exactly one cause holds it. Every "
        "equation is in docs/model.md.",
        "Un pedido se hace, sigue su ruta paso a paso, y en cada paso espera en la cola de un departamento y se "
        "trabaja "
        "en él; puede volver con una pregunta, esperar la respuesta de un colega o a alguien bloqueado, discutirse o "
        "repetirse; luego se entrega y se factura. En cada instante lo retiene exactamente una causa. Cada ecuación "
        "está "
        "en docs/model.md.",
    ),
    "stress mechanisms": ("At work in this company: {names}.", "En marcha en esta empresa: {names}."),
    "stress mechanisms idle": ("In the model, not used here: {names}.", "En el modelo, sin uso aquí: {names}."),
    "stress ways": ("Ways of working: {ways}.", "Formas de trabajar: {ways}."),
    "stress effects": (
        "A policy begins when measuring begins, and moves these numbers; with an intensity below 100 %, by that share.",
        "Una política empieza al empezar a medir y mueve estos números; con una intensidad menor del 100 %, en esa "
        "proporción.",
    ),
    "stress factor": ("{factor}: {values} ({role})", "{factor}: {values} ({role})"),
    "stress decided": ("the organisation decides", "lo decide la organización"),
    "stress not decided": ("nobody decides", "no lo decide nadie"),
    "stress column policy": ("policy", "política"),
    "stress column moves": ("moves", "mueve"),
    "stress column by": ("by", "en"),
    "stress column where": ("where", "dónde"),
    "stress column ramp": ("time until 63 %", "tiempo hasta el 63 %"),
    "stress change gap": ("{change} of the gap to the ideal", "{change} de lo que falta hasta el ideal"),
    "stress change log": ("{change} (logarithm)", "{change} (logaritmo)"),
    "stress change log-odds": ("{change} (log-odds)", "{change} (log-odds)"),
    "stress where all": ("all departments", "todos los departamentos"),
    "stress where route": ("departments on the route", "departamentos de la ruta"),
    "stress where internal": ("internal departments", "departamentos internos"),
    "stress discipline cooperative": (
        "Office rule: what a department does next is the customer's order, a colleague's request or its own work, by "
        "its "
        "responsiveness, the workload excuse and whether it follows the company's goal or its own convenience.",
        "Regla de oficina: lo siguiente que hace un departamento es el pedido del cliente, la petición de un colega o "
        "su propia tarea, según su disposición a responder, la excusa de la carga y si sigue el fin de la empresa o su "
        "comodidad.",
    ),
    "stress discipline fifo": ("First come, first served.", "Por orden de llegada."),
    "stress discipline priority": (
        "By class, then by arrival, without interrupting.",
        "Por clase y luego por llegada, sin interrumpir.",
    ),
    "stress promise": (
        "Promised is the house figure of {house} or, where policies bring it, a forecast from the queues.",
        "Se promete la cifra de la casa, {house}, o, donde las políticas lo traen, una previsión según las colas.",
    ),
    "stress attribution": (
        "Every hour of an order's wait is booked on one cause and one place while it passes; the parts add up to the "
        "wait.",
        "Cada hora de la espera de un pedido se anota en una causa y un lugar mientras pasa; las partes suman la "
        "espera.",
    ),
    # 2.5 Components
    "stress column type": ("kind of order", "clase de pedido"),
    "stress column share": ("share", "parte"),
    "stress column route": ("route", "ruta"),
    "stress column value": ("value", "valor"),
    "stress column step": ("step", "paso"),
    "stress column who": ("who", "quién"),
    "stress column work": ("work or time", "trabajo o tiempo"),
    "stress column next": ("then", "después"),
    "stress column needs": ("may need, may fail", "puede necesitar, puede fallar"),
    "stress column department": ("department", "departamento"),
    "stress column staff": ("people", "personas"),
    "stress column hours": ("hours", "horario"),
    "stress column paid": ("paid by the company", "lo paga la empresa"),
    "stress orders": ("Orders of customers:", "Pedidos de clientes:"),
    "stress segment": (
        "Customers {name}: {share} of all; their orders are worth {value} times, their patience is {patience} times.",
        "Clientes {name}: {share} del total; sus pedidos valen {value} veces, su paciencia es {patience} veces.",
    ),
    "stress requests": (
        "Requests between departments (clarifications, needs, disputes, repairs) and departments' own tasks are "
        "entities of their own in the same queues.",
        "Las peticiones entre departamentos (aclaraciones, necesidades, disputas, reparaciones) y las tareas propias "
        "son entidades aparte en las mismas colas.",
    ),
    "stress need": ("{share} {who}: {work}", "{share} {who}: {work}"),
    "stress failure": ("{share} {what}", "{share} {what}"),
    "stress own work": (
        "{who}: own tasks of {load} person-hours an hour, {work} each.",
        "{who}: tareas propias por {load} horas-persona cada hora, {work} cada una.",
    ),
    "stress worker needs": (
        "{who}: {rate} times per hour of work a person needs {helper} and is blocked until then ({work}).",
        "{who}: {rate} veces por hora de trabajo alguien necesita a {helper} y queda bloqueado hasta entonces "
        "({work}).",
    ),
    "stress complaints": ("Complaints are answered by {who}: {work}.", "Las quejas las atiende {who}: {work}."),
    "stress enquiries": (
        "Customers whose order is late ask {who}: {work}.",
        "Los clientes cuyo pedido se retrasa preguntan a {who}: {work}.",
    ),
    "stress hiring": ("Vacant posts are filled by {who}: {work}.", "Los puestos vacantes los cubre {who}: {work}."),
    "stress resources": (
        "Departments, each with people who do one thing at a time while it is open:",
        "Departamentos, cada uno con personas que hacen una cosa cada vez mientras está abierto:",
    ),
    "stress always": ("always open", "siempre abierto"),
    "stress holidays": ("{number} days off", "{number} días festivos"),
    "stress queues": (
        "One queue in front of each department, without a limit.",
        "Una cola ante cada departamento, sin límite.",
    ),
    "stress queue order": ("{kind}: {who}.", "{kind}: {who}."),
    "discipline cooperative": ("Order by the office rule (2.4)", "Orden por la regla de oficina (2.4)"),
    "discipline fifo": ("In order of arrival", "Por orden de llegada"),
    "discipline priority": ("By class, then in order of arrival", "Por clase y luego por orden de llegada"),
    "stress reneging": (
        "Customers may give up while they wait for a first answer.",
        "Los clientes pueden desistir mientras esperan la primera respuesta.",
    ),
    "stress no reneging": ("Customers do not give up waiting.", "Los clientes no desisten de esperar."),
    "stress balking": (
        "Customers may decline a quote, the more so the longer the promise.",
        "Los clientes pueden rechazar una oferta, más cuanto más largo sea el plazo prometido.",
    ),
    "stress no balking": ("No order is declined at the door.", "Ningún pedido se rechaza al entrar."),
    "stress demand customers": (
        "{number} customers at the start, each ordering {each} on average (customers differ with a coefficient of "
        "variation of {cv}).",
        "{number} clientes al principio, cada uno con {each} de media (los clientes difieren con un coeficiente de "
        "variación de {cv}).",
    ),
    "stress demand stream": (
        "Orders come one by one, {rate}, each from a customer of its own.",
        "Los pedidos llegan de uno en uno, {rate}, cada uno de un cliente distinto.",
    ),
    "stress demand file": (
        "Orders are read from a file of real orders.",
        "Los pedidos se leen de un archivo de pedidos reales.",
    ),
    "stress season": (
        "Demand has a yearly wave of {share}, highest in week {week}.",
        "La demanda tiene una onda anual de {share}, con máximo en la semana {week}.",
    ),
    "stress exit": (
        "Orders leave when they are delivered and invoiced, declined, or given up.",
        "Los pedidos salen al entregarse y facturarse, al rechazarse o al desistir el cliente.",
    ),
    "stress customers leave": (
        "Customers leave by how they were served.",
        "Los clientes se van según se les ha servido.",
    ),
    "stress customers stay": ("Customers do not leave.", "Los clientes no se van."),
    "stress customers come": (
        "New customers come by marketing and referral.",
        "Llegan clientes nuevos por publicidad y recomendación.",
    ),
    "stress nobody comes": ("No new customers come.", "No llegan clientes nuevos."),
}
"""Text by id: English, Spanish."""
