"""More boards: the home page, the order page, the states of a screen, finding as one types."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card, Panel
from retaguarda.shell.widgets.charts import Bar, HBars, Legend, SegmentBar
from retaguarda.shell.widgets.choices import CheckBox, Combo
from retaguarda.shell.widgets.dates import DateEdit
from retaguarda.shell.widgets.facts import FactText, Figures, KeyHints, KeyValue, TotalLine, TotalsBlock
from retaguarda.shell.widgets.fields import Field
from retaguarda.shell.widgets.labels import KeyCap, Pill, caption, heading, small, title
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.messages import Banner, EmptyState, Skeleton
from retaguarda.shell.widgets.page import Page, PageHeader, PillTabs
from retaguarda.shell.widgets.search import Found, SearchBox
from retaguarda.shell.widgets.stepper import Step, Stepper
from retaguarda.shell.widgets.table import Action, Column, Group, Kind, Row, State, Table, Toned, TwoLine, Who
from retaguarda.shell.widgets.tiles import Kpi, KpiTile, Light, ProcessLight
from retaguarda.shell.widgets.timeline import Moment, Timeline
from retaguarda.shell.widgets.toast import Toast

TODAY = dt.date(2026, 11, 21)


def queue_table() -> Table:
    """The work queue of a person."""
    table = Table(
        (
            Column("rank", "", Kind.POSITION, 40), Column("work", "Trabalho", Kind.TWO_LINE, stretch=True),
            Column("next", "Próxima ação", Kind.ACTION, 152), Column("wait", "Espera", Kind.AGE, 80),
            Column("why", "Por quê", Kind.PILL, 108),
        ),
        name="Minha fila", row_high=50,
    )  # fmt: skip
    data = (
        ("10483 · Hotel Beira-Mar", "faltam 12 jogos", "Aplicar plano B", "shield-alert", "42 min", "warn", "bad"),
        ("Orçamento 2291 · Oficina do Zé", "oferta vence hoje às 18 h", "Ligar", "phone", "2 h", "", "info"),
        ("Reclamação 318 · Livraria Um", "responder em 1 h 40", "Responder", "reply", "22 h", "warn", "warn"),
        ("Conferir contagem C-04", "pedida por Júlio", "Aprovar", "check", "3 h", "", "neutral"),
    )
    words = {"bad": "Cliente", "info": "Venda", "warn": "Prazo", "neutral": "Interno"}
    table.rows.set_rows(
        Row(place, (str(place), TwoLine(first, sub), Action(act, icon), Toned(wait, tone) if tone else wait,
                    State(words[role], role)))
        for place, (first, sub, act, icon, wait, tone, role) in enumerate(data, 1)
    )  # fmt: skip
    table.go_to(1)
    return table


def home() -> QWidget:
    """The home page."""
    lights = QGridLayout()
    lights.setSpacing(12)
    for place, light in enumerate(
        (
            Light("Vendas", "23 em aberto", "nenhum parado"),
            Light("Estoque", "4 pedidos sem saldo", "R$ 24.870 em risco", "bad"),
            Light("Faturamento", "1 nota rejeitada", "há 21 h, limite 24 h", "warn"),
            Light("Separação", "9 na fila", "espera média 38 min"),
        )
    ):
        lights.addWidget(ProcessLight(light), 0, place)
    tiles = row(
        KpiTile(Kpi("Vendas do mês", "R$ 78.412,60", "+12,4 %", "vs. out.", "ok", (1, 2, 1.5, 3, 2.8, 4, 5))),
        KpiTile(Kpi("Pedidos em aberto", "23", "−5", "vs. out.", "ok", (5, 4, 4.2, 3, 2))),
        KpiTile(Kpi("Atraso médio de entrega", "1,8 dia", "+0,4", "vs. out.", "bad", (1, 1.2, 1, 2, 3))),
        gap=12,
    )  # fmt: skip
    promises = Card(
        column(
            row(heading("Promessas de hoje"), None, Button("Ver as 12", kind="ghost", icon="arrow-right")),
            Figures([("12", "vencem hoje", ""), ("8", "cumpridas", "ok"), ("2", "em risco", "bad")]),
            SegmentBar([(8, "ok"), (2, "info"), (2, "bad")], name="8 cumpridas, 2 no caminho, 2 em risco"),
        )
    )  # fmt: skip
    bars = HBars(
        [Bar("Confirmar", 30, 20, "0 h 50"), Bar("Separar", 80, 52, "2 h 12"),
         Bar("Embalar", 400, 76, "7 h 56 · gargalo", True), Bar("Entregar", 130, 200, "5 h 30")],
        name="Gargalo da semana",
    )  # fmt: skip
    legend = Legend([("warn", "espera"), ("accent", "trabalho")])
    neck = Card(column(row(heading("Gargalo da semana"), None, legend), (bars, 1)))
    hints = KeyHints([("Enter", "fazer"), ("Z", "adiar")])
    queue = Panel(
        queue_table(), title="Minha fila", header=(Pill("11", dot=False, size=11), None, hints), head=36
    )  # fmt: skip
    left, right = column(promises, (queue, 1), gap=12), column((neck, 1))
    header = PageHeader(
        "Saúde dos processos", "Sábado, 21 de novembro · dados às 10:42",
        pills=[Pill("2 em alerta", "bad", icon="octagon-alert")],
        buttons=[Button("Relatório do dia", icon="file-text"),
                 Button("Tratar exceções", kind="primary", icon="shield-alert", key="Ctrl+E")],
    )  # fmt: skip
    columns = row((boxed(left), 58), (boxed(right), 42), gap=14)
    return Page(header, lights, tiles, (columns, 1))


def order() -> QWidget:
    """The order page."""
    done = "done"
    stepper = Stepper(
        [
            Step("Pedido", "done", "Marina · 20/11 09:12", "trabalho 6 min", "4 min"),
            Step("Estoque", "done", "Júlio · 09:22", "trabalho 12 min", "16 h 00", True),
            Step("Nota", "failed", "rejeição 778", "", ""),
            Step("Separar", "now", "Davi · 11:55", "em curso há 48 min", ""),
            Step("Embalar", "waiting", "espera"),
            Step("Entregar", "waiting", "promessa sáb 21/11"),
        ],
        name="Caminho do pedido", spoken_states={done: "feito", "failed": "falhou", "now": "agora", "waiting": "falta"},
    )  # fmt: skip
    path = Card(column(row(heading("Caminho do pedido"), None, small("total 25 h 29 desde o pedido")), stepper))
    tabs = PillTabs([("items", "Itens", "5"), ("money", "Financeiro", "3")], name="Partes do pedido")
    table = Table(
        (Column("cause", "Caso", Kind.TWO_LINE, stretch=True), Column("age", "Idade", Kind.AGE, 80),
         Column("risk", "Em risco", Kind.AMOUNT, 120), Column("who", "Dono", Kind.AVATAR, 120)),
        name="Casos", row_high=46,
    )  # fmt: skip
    table.rows.set_rows(
        [
            Row("g", ("", "", "24.870,15", "Júlio"), group=Group("Sem estoque no pedido", "4", "package-x", "bad")),
            Row("a", (TwoLine("10483 · Hotel Beira-Mar", "faltam 12"), Toned("42 min", "warn"), "7.412,00",
                      Who("MS", "Marina"))),
            Row("h", ("", "", "—", "Rita"), group=Group("NF-e rejeitada", "1", "receipt-text", "warn", False)),
        ]
    )  # fmt: skip
    items = Panel(table, header=(tabs, None, Button("Rastrear lote", kind="ghost", icon="route", size="small")))
    totals = TotalsBlock()
    totals.set_totals(
        [TotalLine("Produtos", "9.355,90"), TotalLine("Descontos", "−324,91"), TotalLine("Frete · Rota Sul", "99,56")],
        "Total", "R$ 9.130,55", "1 boleto, vence 19/12", "margem 24,1 %", "ok",
    )  # fmt: skip
    promise = Card(
        column(
            row(heading("Livro da promessa"), None, Pill("cumprindo", "ok", size=11)), title("sáb 21/11"),
            KeyValue([FactText("Quantidade", "completa"), FactText("Preço", "R$ 15.780,00"),
                      FactText("Limite livre", "R$ 9.480,00", "ok", Pill("62 % usado", "ok", dot=False, size=11))]),
            gap=4,
        )
    )  # fmt: skip
    line = Timeline(
        [Moment("truck", "Saiu para entrega, carro próprio", "Wagner Luz · 52 volumes", "hoje 07:24", "info"),
         Moment("package", "Embalado, conferido a dois", "Tânia Prado", "20/11 15:24", "ok"),
         Moment("phone", "Cliente pediu para antecipar", "e-mail de Lúcia Ramos", "20/11 10:03")],
        name="Linha do tempo",
    )  # fmt: skip
    side = boxed(column(promise, Card(column(totals)),
                        Card(column(heading("Linha do tempo"), line, None)), gap=12), width=400)  # fmt: skip
    header = PageHeader("Pedido 10478 · Escola Monteiro Lobato", "Emitido 20/11 às 09:12 por Marina Souza",
                        pills=[Pill("Em rota", "info"), Pill("Promessa no prazo", "ok", icon="circle-check")],
                        buttons=[Button(icon="ellipsis", name="Mais ações"), Button("Imprimir")])  # fmt: skip
    return Page(header, path, (row((items, 1), side, gap=14), 1))


def states() -> QWidget:
    """Empty, loading, failed; finding as one types; a toast."""
    banner = Banner(
        "warn", "wifi-off", "Sem rede há 12 min.", "Você continua vendendo: 3 gravações esperam na fila.",
        [Button("Ver fila", icon="layers", count="3"), Button("Tentar agora", icon="refresh-cw")],
    )  # fmt: skip
    nothing = EmptyState(
        "inbox", "Nenhuma devolução ainda", "Aqui ficam os produtos que voltam do cliente. Registre pela nota.",
        [Button("Registrar devolução", kind="primary", icon="plus"), Button("Ver exemplo", kind="ghost")],
    )  # fmt: skip
    failed = EmptyState(
        "octagon-alert", "A nota 3.215 não saiu", "A SEFAZ-SP recusou: o NCM da linha 2 não existe.",
        [Button("Corrigir NCM", kind="primary", icon="pencil")], role="bad", code="Código para o suporte: NFE-778-7C41",
    )  # fmt: skip
    head = (caption("CARREGANDO"),)
    grid = row(Panel(nothing, header=(caption("LISTA VAZIA"),), head=28),
               Panel(Skeleton((76, 0, 100, 96), name="Carregando"), header=head, head=28),
               Panel(failed, header=(caption("ERRO COM CAUSA E SAÍDA"),), head=28), gap=14)  # fmt: skip
    date = DateEdit(today=lambda: TODAY, write=lambda day: day.strftime("%d/%m/%Y"),
                    off_day=lambda day: "sábado" if day.weekday() == 5 else "")  # fmt: skip
    date.set_date(TODAY)
    combo = Combo([("b", "Boleto 28 dias"), ("p", "Pix")], width=160)
    combo.set_value("b")
    search = SearchBox(placeholder="Cliente", icon="user", key="F4")
    fields = row(Field("Entrega", date), Field("Condição", combo), (Field("Cliente", search, required=True), 1),
                 CheckBox("Manter este usuário", checked=True), CheckBox("Só meus"), gap=14)  # fmt: skip
    board = QWidget()
    outer = QVBoxLayout(board)
    outer.setContentsMargins(24, 18, 24, 80)
    outer.addWidget(banner)
    outer.addLayout(fields)
    outer.addWidget(boxed(row(KeyCap("Ctrl K"), None)))
    outer.addLayout(grid, 1)
    toast = Toast(board, close_name="Fechar")
    toast.say("Pedido 10476 arquivado", undo="Desfazer", key="Ctrl+Z")
    search.setFocus()
    board.show()
    board.activateWindow()
    QApplication.processEvents()
    search.setFocus()
    search.setText("sao jo")
    search.show_found(
        [Found("1", "Auto Peças São Jorge Ltda", "12.345.678/0001-95 · Santo André", "14 pedidos", "user"),
         Found("2", "Mercearia São João", "arquivado em 2024", "", "user")], "2 de 104 mil",
    )  # fmt: skip
    return board
