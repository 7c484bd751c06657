"""The widgets as they stand on real screens: the boards of the gallery and of the widget tests."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from retaguarda.shell.widgets.buttons import Button, Chip, LinkButton
from retaguarda.shell.widgets.cards import Card, Panel
from retaguarda.shell.widgets.fields import Field, LineEdit, NumberEdit, ScanField, TextArea
from retaguarda.shell.widgets.labels import Avatar, IconMark, IconTile, KeyCap, Pill, heading, section, small
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.page import ChipRow, DetailStrip, Page, PageHeader, PillTabs
from retaguarda.shell.widgets.table import Availability, Column, Kind, Note, Row, Table, TwoLine

LINE_COLUMNS = (
    Column("position", "#", Kind.POSITION, 40),
    Column("product", "Produto", Kind.TWO_LINE, 280, stretch=True, editable=False),
    Column("quantity", "Qtd.", Kind.AMOUNT, 72, editable=True),
    Column("unit", "Un.", Kind.MUTED, 46),
    Column("price", "Preço", Kind.NUMBER, 84, editable=True),
    Column("discount", "Desc.", Kind.NUMBER, 68, editable=True),
    Column("available", "Disponível", Kind.AVAILABILITY, 262),
    Column("total", "Total", Kind.AMOUNT, 98),
)


def lines() -> list[Row]:
    """The lines of an order, one of them short."""
    note = Note(
        "bad",
        "shield-alert",
        "4 alternativas prontas.",
        "A 1ª mantém qua 25/11: transferir 6 da filial Centro (livre 9).",
        "Ver plano B",
        "Ctrl B",
    )
    data = (
        ("Desengraxante alcalino 5 L", "4417 · 7896004714523", "24", "UN", "46,50", "—", "ok", "Livre 214", "1.116,00"),
        ("Luva nitrílica preta G", "2081 · 7898939120417", "30", "CX", "38,90", "3 %", "ok", "Livre 88", "1.131,99"),
        ("Estante de aço 6 prateleiras", "3302", "20", "UN", "289,90", "5 %", "bad", "Faltam 6, livre 14", "5.508,10"),
        ("Caixa organizadora nº 7", "5519 · 7897722410093", "12", "UN", "32,40", "—", "ok", "Livre 57", "388,80"),
        ("Bobina térmica 80×40", "0917", "3", "CX", "98,70", "—", "warn", "Livre 3, acaba o saldo", "296,10"),
    )  # fmt: skip
    made = []
    for place, (name, code, quantity, unit, price, off, role, free, total) in enumerate(data, 1):
        cells = (
            str(place), TwoLine(name, code), quantity, unit, price, off,
            Availability(role, free, "reservado 36 · estoque às 10:42"), total,
        )  # fmt: skip
        short = role == "bad"
        made.append(Row(f"l{place}", cells, "bad" if short else "", note if short else None))
    blank = (str(len(data) + 1), TwoLine("Digite código ou nome…", "F3 procura por parte do nome", True), "", "", "")
    made.append(Row("new", (*blank, "", None, ""), fixed=True))
    return made


def line_table() -> Table:
    """A grid of order lines."""
    table = Table(LINE_COLUMNS, name="Linhas do pedido", row_high=50)
    table.rows.set_rows(lines())
    return table


def entry() -> QWidget:
    """The order entry, left column."""
    table = line_table()
    strip = DetailStrip()
    strip.show_line(
        "LINHA 5", "Caixa organizadora nº 7",
        [("Último preço a este cliente", "31,90 em 10/09", "text"), ("Tabela 4", "32,40", "text"),
         ("Margem da linha", "31,8 %", "ok"), ("Matriz · Centro", "57 · 12 un.", "text")],
    )  # fmt: skip
    foot = (IconMark("plus", "text3", 14), small("Tab na última célula abre a linha 8"), None, small("7 linhas"))
    header = PageHeader(
        "Pedido 10480",
        "Marina Souza · balcão, contato das 10:31 · rascunho salvo há 2 s",
        pills=[Pill("Rascunho", icon="pencil"), Pill("1 linha sem estoque", "bad", icon="circle-x")],
        buttons=[
            Button("Salvar orçamento", icon="save", key="Ctrl+S"),
            Button("Confirmar pedido", kind="primary", icon="check", key="F10"),
        ],
    )
    scan = ScanField(placeholder="Bipe ou digite código, nome ou 3*código para três unidades", key="F2")
    page = Page(header, scan, (Panel(column((table, 1), strip, gap=0), foot=foot), 1))
    table.edit_cell("l4", "quantity")
    return page


def basics() -> QWidget:
    """Buttons, signs and fields in all their states."""
    wrong = NumberEdit("12,a")
    field = Field("Preço", wrong, required=True)
    field.set_error("Não é um número. Escreva por exemplo 12,50.")
    buttons = row(
        Button("Confirmar", kind="primary", icon="check", key="F10"), Button("Imprimir", icon="printer", key="Ctrl+P"),
        Button("Ver exemplo", kind="ghost"), Button("Cancelar", kind="danger", icon="x", size="small"),
        Button("Plano B", kind="warn", icon="shield-alert"), Button("Ver fila", icon="layers", count="3"),
        Button(icon="bell", kind="ghost", name="Avisos"), None,
    )  # fmt: skip
    off = Button("Confirmar", kind="primary", icon="check", key="F10")
    off.setEnabled(False)
    pills = [
        Pill("Entregue", "ok"), Pill("Plano B", "warn"), Pill("NF-e rejeitada", "bad"), Pill("Em rota", "info"),
        Pill("Interno"), Pill("Melhor", "accent", icon="star"), Pill("62 % usado", "ok", dot=False, size=11),
    ]  # fmt: skip
    signs = row(
        Avatar("AP", "Auto Peças", 40), IconTile("package", "accent"), IconTile("circle-check", "ok", 36, disc=True),
        KeyCap("F4"), KeyCap("Ctrl K"), Chip("Só cliente"), Chip("Estoque", count="4", icon="package", closable=True),
        LinkButton("ver os 14"), LinkButton("Rastrear lote", icon="route"), None,
    )  # fmt: skip
    chips = ChipRow(
        [("all", "Todos", "14", ""), ("mine", "Meus", "5", ""), ("stock", "Estoque", "4", "package")],
        name="Filtros", start="all",
    )  # fmt: skip
    tabs = PillTabs([("all", "Todos", "128"), ("open", "Em aberto", "23"), ("late", "Atenção", "4")], name="Situação")
    locked = LineEdit("somente leitura")
    locked.setReadOnly(True)
    fields = row(
        field, Field("Nome", LineEdit("Padaria Três Irmãos"), hint="como sai na nota"), Field("Código", locked),
        Field("Procurar", LineEdit(placeholder="Filtrar nesta lista", icon="search")), gap=12,
    )  # fmt: skip
    card = Card(column(heading("Cartão"), small("texto secundário"), row(*pills, None), signs, gap=10))
    body = column(
        row(buttons, off), card, row(chips, None), row(tabs, None), fields,
        Field("Observação", TextArea(placeholder="O que o cliente pediu", lines=2)), section("Seção"), None, gap=12,
    )  # fmt: skip
    return boxed(column(body, margins=(24, 18, 24, 16)))
