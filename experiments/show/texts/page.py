"""Buttons, switches and notes of every page."""

from __future__ import annotations

PAGE: dict[str, tuple[str, str]] = {
    "page skip": ("Skip to the content", "Ir al contenido"),
    "page switches": ("How this page is shown", "Cómo se muestra esta página"),
    "page format": ("Numbers", "Números"),
    "page theme": ("Colours", "Colores"),
    "page theme auto": ("as the device", "como el dispositivo"),
    "page theme light": ("light", "claros"),
    "page theme dark": ("dark", "oscuros"),
    "page print": ("Print or save as PDF", "Imprimir o guardar en PDF"),
    "page contents": ("On this page", "En esta página"),
    "page numbers": ("The numbers of this chart", "Los números de este gráfico"),
    "page no chart": ("There is no chart for this choice.", "No hay gráfico para esta elección."),
    "page needs scripts": (
        "The chart is drawn when this file is opened in a current browser.",
        "El gráfico se dibuja al abrir este archivo en un navegador actual.",
    ),
    "page no scripts": (
        "Charts and switches need a current browser that runs scripts: save this file and open it there. The text and "
        "the tables can be read as they are.",
        "Los gráficos y los controles necesitan un navegador actual que ejecute scripts: guarde este archivo y ábralo "
        "en él. El texto y las tablas pueden leerse tal cual.",
    ),
    "page alone": (
        "This file holds all it shows. It asks nothing of any network and sends nothing.",
        "Este archivo contiene todo lo que muestra. No pide nada a ninguna red y no envía nada.",
    ),
    "page grade": ("evidence grade", "grado de evidencia"),
    "page picture": ("Download as a picture", "Descargar como imagen"),
    "page picture coming": ("The picture is being made.", "La imagen se está preparando."),
    "page picture done": ("The picture was saved.", "La imagen se ha guardado."),
    "page picture failed": ("The picture could not be made.", "No se ha podido crear la imagen."),
}
"""Text by id: English, Spanish."""
