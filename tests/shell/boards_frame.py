"""The window frame as the gallery and the tests show it."""

from __future__ import annotations

from retaguarda.shell.frame import FrameTexts, NavEntry, WindowFrame
from tests.shell import boards, boards_state

TEXTS = FrameTexts(
    brand="Retaguarda",
    navigation="Módulos",
    search="Buscar pedidos, clientes, produtos ou comandos",
    notices="Avisos",
    printing="Central de impressão",
    theme="Tema claro ou escuro",
    settings="Configurações",
    tabs="Registros abertos",
    close_tab="Fechar aba",
    close_toast="Fechar",
    more_places="Mais",
)
OPERATION, MANAGEMENT, SERVICE = "Operação", "Gestão", "Atendimento"
ENTRIES = (
    NavEntry("home", "Início", "house", OPERATION),
    NavEntry("failures", "Exceções", "shield-alert", OPERATION, "14", "warn"),
    NavEntry("sales", "Vendas", "shopping-cart", OPERATION, "23"),
    NavEntry("stock", "Estoque", "package", OPERATION),
    NavEntry("billing", "Faturamento", "receipt-text", OPERATION),
    NavEntry("purchasing", "Compras", "wallet", OPERATION),
    NavEntry("delivery", "Entregas", "truck", OPERATION),
    NavEntry("accounting", "Contabilidade", "calculator", MANAGEMENT),
    NavEntry("people", "Pessoas (RH)", "users", MANAGEMENT),
    NavEntry("contracts", "Contratos", "scale", MANAGEMENT),
    NavEntry("tickets", "Chamados de TI", "life-buoy", SERVICE, "3"),
    NavEntry("mail", "E-mail", "mail", SERVICE, "2"),
)


def frame() -> WindowFrame:
    """A frame with two pages open."""
    made = WindowFrame(TEXTS, company="Comercial Silva & Filhos")
    made.set_entries(ENTRIES)
    made.navigation.set_active("sales")
    made.top.person.set_person("MS", "Marina Souza")
    made.top.set_connection("Trabalhando offline · 12 min")
    made.top.notices.set_badge("3")
    made.status.set_state("Base local · sincronizado há 12 s")
    made.status.set_facts(["Fila de e-mail: 2", "v0.1.0"])
    made.open_page("order:10480", "Pedido 10480", boards.entry(), icon="shopping-cart")
    made.open_page("home", "Início", boards_state.home(), icon="house", show=False)
    made.tabs.mark_unsaved("order:10480", True)
    return made
