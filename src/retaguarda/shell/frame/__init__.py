"""The frame of the window: `WindowFrame(FrameTexts(…), company=…)`, its places `NavEntry`, and `clamped` geometry.

frame = WindowFrame(texts, company="Comercial Silva & Filhos")
frame.set_entries([NavEntry("sales", "Vendas", "shopping-cart", "Operação", "23")])
frame.top.person.set_person("MS", "Marina Souza"); frame.status.set_state("Base local", "ok")
frame.open_page("order:1", "Pedido 10480", page, icon="shopping-cart")
frame.toast.say("Pedido arquivado", undo="Desfazer", key="Ctrl+Z")
"""

from retaguarda.shell.frame.bars import FrameTexts, StatusLine, TopBar
from retaguarda.shell.frame.navigation import NavEntry, Navigation
from retaguarda.shell.frame.tabs import TabRow
from retaguarda.shell.frame.window import LEAST, WindowFrame, clamped

__all__ = ["LEAST", "FrameTexts", "NavEntry", "Navigation", "StatusLine", "TabRow", "TopBar", "WindowFrame", "clamped"]
