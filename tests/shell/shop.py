"""A shop as the pictures show it: a home and an order's page, a Door of plain rows, texts in both languages."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Offline, Problem
from retaguarda.kernel.outcome import Answer, Change, Outcome
from retaguarda.kernel.page import Anchors, By, Groups, Page
from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.screen import (
    Action,
    BoardScreen,
    Column,
    FactsPanel,
    FiguresPanel,
    PageScreen,
    Person,
    ScreenBook,
    StepperPanel,
    TablePanel,
    TimelinePanel,
)
from retaguarda.kernel.text import Texts
from retaguarda.shell.translate import Words

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = dt.datetime(2026, 11, 21, 13, 42, tzinfo=dt.UTC)
_STATES: Mapping[str, Any] = {"on_route": "info", "packed": "ok", "confirmed": "ok"}
_WHY: Mapping[str, Any] = {"customer": "bad", "sale": "info", "deadline": "warn"}

HOME = BoardScreen(
    name="shop.home",
    panels=(
        FiguresPanel(
            name="promises", query="shop.promises",
            figures=(Column(field="due", show="whole"), Column(field="kept", show="whole"),
                     Column(field="under_way", show="whole"), Column(field="at_risk", show="whole")),
            levels={"kept": "ok", "at_risk": "bad", "under_way": "info"}, bar=("kept", "under_way", "at_risk"),
            rows=TablePanel(
                name="risks", query="shop.risks", opens="shop.order_page",
                columns=(Column(field="hour", width=60), Column(field="work", show="name"),
                         Column(field="why", width=190, hide_below=1200),
                         Column(field="amount", show="money", width=110)),
            ),
        ),
        TablePanel(
            name="queue", query="shop.queue", opens="shop.order_page",
            columns=(Column(field="rank", width=40, align="left"), Column(field="work", show="name", sub="sub"),
                     Column(field="next_step", width=150), Column(field="waiting", width=80),
                     Column(field="why", show="pill", width=108, texts="shop.why", levels=_WHY, hide_below=1200)),
            actions=(Action(name="postpone", press="shop.postpone", key="id", shortcut="Z", icon="clock"),),
        ),
        TablePanel(
            name="last", permission="shop.read_last", query="shop.last", opens="shop.order_page", place="side",
            columns=(Column(field="number", show="code", width=80), Column(field="customer", show="name"),
                     Column(field="total", show="money", width=100),
                     Column(field="state", show="pill", width=124, texts="shop.state", levels=_STATES,
                            hide_below=1300)),
        ),
        FiguresPanel(
            name="prevented", query="shop.prevented", place="side", hide_below_height=800,
            figures=(Column(field="before", show="whole"), Column(field="reached", show="whole"),
                     Column(field="days", show="whole")),
            levels={"before": "ok", "reached": "warn"},
        ),
    ),
    actions=(
        Action(name="report", prints="shop.report", icon="file-text", on_row=False),
        Action(name="exceptions", opens="shop.order_page", icon="shield-alert", shortcut="Ctrl+E", primary=True,
               on_row=False),
    ),
)  # fmt: skip

ORDER = PageScreen(
    name="shop.order_page",
    load="shop.orders",
    pills=(Column(field="state", show="pill", texts="shop.state", levels=_STATES),
           Column(field="promise", show="pill", texts="shop.promise", levels={"kept": "ok"})),
    context=(Column(field="customer"), Column(field="ordered_at", show="instant"), Column(field="total", show="money")),
    panels=(
        StepperPanel(name="path", query="shop.path", where={"order_id": "id"}, place="top"),
        TablePanel(
            name="lines", query="shop.lines", where={"order_id": "id"}, opens="shop.order_page",
            columns=(Column(field="item", show="name", sub="code"), Column(field="ordered", show="quantity", width=70),
                     Column(field="picked", show="quantity", width=70), Column(field="price", show="price", width=90),
                     Column(field="amount", show="money", width=110),
                     Column(field="state", show="pill", width=124, texts="shop.state", levels=_STATES,
                            hide_below=1300)),
            actions=(Action(name="trace", press="shop.trace", key="line_id", icon="route"),),
        ),
        TablePanel(name="money", query="shop.money",
                   columns=(Column(field="due_on", show="day"), Column(field="amount", show="money", width=120))),
        TablePanel(name="talk", query="shop.talk", columns=(Column(field="said"),)),
        FactsPanel(
            name="promise", place="side", icon="circle-check",
            facts=(Column(field="day", show="day", sub="until"), Column(field="quantity"),
                   Column(field="total", show="money"), Column(field="promise", show="pill", texts="shop.promise",
                                                               levels={"kept": "ok"}), Column(field="place")),
        ),
        TimelinePanel(name="timeline", query="shop.events", where={"order_id": "id"}, place="side"),
    ),
    actions=(
        Action(name="print", prints="shop.order", key="order_id", icon="printer"),
        Action(name="confirm", press="shop.confirm", key="order_id", icon="check", primary=True),
        Action(name="deliver", press="shop.deliver_order", key="order_id", icon="package-check", primary=True),
        Action(name="hold", press="shop.hold", key="order_id", icon="pause"),
        Action(name="cancel", press="shop.cancel", key="order_id", icon="x", danger=True, asks="shop.cancel.really"),
    ),
)  # fmt: skip


def _at(day: int, hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def _row(**values: Any) -> SimpleNamespace:
    return SimpleNamespace(**values)


def _queue() -> list[Any]:
    data = (
        ("10483 · Hotel Beira-Mar", "faltam 12 jogos, vence hoje 18 h", "Aplicar plano B", "42 min", "customer"),
        ("10480 · Auto Peças São Jorge", "faltam 6 estantes; saída mantém 25/11", "Aplicar plano B", "18 min",
         "customer"),
        ("Orçamento 2291 · Oficina do Zé", "oferta vence hoje às 18 h", "Ligar", "2 h", "sale"),
        ("Reclamação 318 · Livraria Um", "responder em 1 h 40", "Responder", "22 h", "deadline"),
        ("Conferir contagem C-04", "pedida por Júlio", "Aprovar", "3 h", "inside"),
        ("Cadastro sem NCM: 3 produtos", "trava nota a partir de terça", "Completar", "1 dia", "inside"),
    )  # fmt: skip
    return [
        _row(id=f"q{at}", rank=str(at), work=work, sub=sub, next_step=step, waiting=wait, why=why,
             allowed=("shop.postpone",) if at != 2 else ())
        for at, (work, sub, step, wait, why) in enumerate(data, 1)
    ]  # fmt: skip


def _lines() -> list[Any]:
    data = (
        ("Armário de aço 2 portas 198×90×40", "3310 · lote ML-2288", 8, 8, "1124", "8992", "packed"),
        ("Mesa escolar juvenil FNDE", "6120 · lote QT-0951", 24, 24, "189.5", "4548", "packed"),
        ("Quadro branco 200×120", "6177 · lote BR-1203", 4, 4, "412", "1648", "packed"),
        ("Pincel para quadro, caixa 12", "0644", 16, 16, "24.5", "392", "packed"),
        ("Frete Rota Sul", "serviço", 1, None, "200", "200", "service"),
    )
    return [
        _row(id=f"l{at}", item=item, code=code, ordered=Decimal(ordered), picked=picked, price=Decimal(price),
             amount=Decimal(amount), state=state, allowed=("shop.trace",))
        for at, (item, code, ordered, picked, price, amount, state) in enumerate(data)
    ]  # fmt: skip


def _path() -> list[Any]:
    data = (
        ("order", "done", "Marina", _at(20, 9, 12), 0, 6), ("stock", "done", "Júlio", _at(20, 9, 22), 4, 12),
        ("invoice", "done", "Rita", _at(20, 9, 42), 8, 3), ("pick", "done", "Davi", _at(20, 11, 55), 130, 48),
        ("pack", "done", "Tânia", _at(20, 14, 19), 96, 65), ("deliver", "now", "Rota Sul", _at(21, 7, 24), 960, 197),
    )  # fmt: skip
    return [
        _row(id=name, name=f"shop.step.{name}", state=state, who=who, at=at, wait_minutes=wait, work_minutes=work)
        for name, state, who, at, wait, work in data
    ]


def _events() -> list[Any]:
    data: tuple[tuple[Any, ...], ...] = (
        (_at(21, 7, 24), "left", {"by": "carro próprio"}, "Wagner Luz", "truck", "info", {"n": 52}),
        (_at(20, 16, 52), "plan_b", {"by": "carro próprio"}, "Marina Souza", "shield-check", "info", None),
        (_at(20, 15, 24), "packed", {}, "Tânia Prado", "package", "ok", {"n": 52}),
        (_at(20, 10, 3), "asked", {}, "Lúcia Ramos", "phone", "", None),
        (_at(20, 9, 45), "invoiced", {"number": "3.211"}, "", "receipt-text", "ok", None),
        (_at(20, 9, 34), "reserved", {"done": 4, "all": 4}, "Júlio César", "package", "ok", None),
    )
    return [
        _row(id=str(at), at=at, code=f"shop.event.{code}", params=params, who=who, icon=icon, level=level,
             detail_code="shop.detail.volumes" if detail else "", detail_params=detail)
        for at, code, params, who, icon, level, detail in data
    ]  # fmt: skip


def order_row(**changes: Any) -> SimpleNamespace:
    """The order of the page."""
    values: dict[str, Any] = {
        "id": "o1", "number": "10478 · Escola Monteiro Lobato", "customer": "Escola Monteiro Lobato",
        "ordered_at": _at(20, 9, 12), "total": Decimal(15780), "state": "on_route", "promise": "kept",
        "day": dt.date(2026, 11, 21), "until": "até 12 h · restam 1 h 18", "quantity": "completa",
        "place": "Rua das Acácias, 412, portão dos fundos, Santo André, SP", "version": 3,
        "allowed": ("shop.deliver_order", "shop.hold", "shop.cancel"),
    }  # fmt: skip
    return SimpleNamespace(**(values | changes))


def tables() -> dict[str, list[Any]]:
    """The rows of every query."""
    states = ("confirmed", "packed", "quotation", "on_route")
    return {
        "shop.orders": [order_row()],
        "shop.promises": [_row(due=12, kept=8, under_way=2, at_risk=2)],
        "shop.risks": [
            _row(id="o1", hour="12 h", work="10478 Escola Monteiro Lobato", why="em rota, chega 11:10",
                 amount=Decimal(15780)),
            _row(id="o2", hour="18 h", work="10483 Hotel Beira-Mar", why="faltam 12 jogos", amount=Decimal(7412)),
        ],
        "shop.queue": _queue(),
        "shop.last": [
            _row(id=f"o{n}", number=str(10483 - n), customer=name, total=Decimal(7412 - 613 * n), state=states[n % 4])
            for n, name in enumerate(("Hotel Beira-Mar", "Auto Peças São Jorge Ltda", "Padaria Três Irmãos",
                                      "Mercearia São João", "Oficina do Zé"))
        ],
        "shop.prevented": [_row(before=7, reached=1, days=12)],
        "shop.path": _path(), "shop.lines": _lines(), "shop.events": _events(), "shop.money": [],
        "shop.talk": [_row(id="t1", said="Pode ser na sexta de manhã?")],
    }  # fmt: skip


_MARINA = Person(id="p1", name="Marina Souza", permissions=frozenset({"*"}))


@dataclass
class ShopDoor:
    """Rows by query; `problems` by command or query are raised instead; `sent` keeps what was done."""

    rows: dict[str, list[Any]] = field(default_factory=tables)
    problems: dict[str, Problem] = field(default_factory=dict)
    sent: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    printed: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    person: Person = _MARINA

    def today(self) -> dt.date:
        return NOW.astimezone(ZONE).date()

    def now(self) -> dt.datetime:
        return NOW

    def show(
        self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None, limit: int = 200,
        after: Any = None, count: bool = False,
    ) -> Page:  # fmt: skip
        self._fail(query_name)
        rows = self.rows[query_name]
        return Page(rows=rows[:limit], at=NOW, count=len(rows) if count else None)

    def anchors(self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None) -> Anchors:
        raise NotImplementedError("its lists are short")

    def groups(
        self, query_name: str, where: Mapping[str, Any] | None, by: Sequence[By], sums: Sequence[str], most: int = 0,
        largest: bool = False,
    ) -> Groups:  # fmt: skip
        raise NotImplementedError("nothing is added up here")

    def do_many(self, sent: Sequence[tuple[str, Mapping[str, Any], str]], stays: bool = True) -> Sequence[Answer]:
        raise NotImplementedError("here commands are sent one by one")

    def one(self, query_name: str, key: str) -> Any:
        self._fail(query_name)
        return next(row for row in self.rows[query_name] if row.id == key)

    def do(
        self, command: Command | tuple[str, Mapping[str, Any]], accept: Sequence[str] = (),
        command_id: str | None = None,
    ) -> Outcome:  # fmt: skip
        assert isinstance(command, tuple)
        self._fail(command[0])
        self.sent.append((command[0], dict(command[1])))
        return Outcome(command_id or "", {}, (), (Change("sales_order", "revise", ("o1",)),))

    def print_document(self, name: str, params: Mapping[str, Any]) -> bytes:
        self.printed.append((name, dict(params)))
        return b"%PDF"

    def _fail(self, name: str) -> None:
        if name in self.problems:
            raise self.problems[name]

    def unplug(self) -> None:
        """Makes every question fail as if the database were gone."""
        self.problems = {name: Offline("shop.offline") for name in self.rows}


def shop_book() -> ScreenBook:
    """The two screens."""
    return ScreenBook((HOME, ORDER), permissions=dict.fromkeys(tables(), ""))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """The program's own texts and the shop's in one folder, gone when the process ends."""
    made = tempfile.TemporaryDirectory(prefix="retaguarda-words-")
    for source in (find_resource("resources", "i18n"), Path(__file__).parent / "words"):
        for file in source.glob("*.toml"):
            (Path(made.name) / file.name).write_bytes(file.read_bytes())
    return made


def shop_texts(language: str = "pt_BR") -> Texts:
    """The shop's texts; a text that is missing fails."""
    return Texts(language, zone=ZONE, strict=True, folder=Path(_folder().name))


def shop_words(language: str = "pt_BR") -> Words:
    """The same for views."""
    return Words(shop_texts(language))
