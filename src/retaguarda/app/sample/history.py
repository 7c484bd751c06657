"""What the sample shop sold before it had the program: a few orders out of an old spreadsheet, as messy as such are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.app.headless import Office
from retaguarda.app.importing import Importer
from retaguarda.app.sample.agenda import Agenda
from retaguarda.kernel.imports import Record

ORDERS = 24
GOODS = (
    ("Tinta acrílica branca 18 L", "289.90"),
    ("Furadeira de impacto 650 W", "319.00"),
    ("Cimento CP II 50 kg", "38.50"),
    ("Porta de madeira 80 cm", "412.00"),
    ("Torneira de cozinha", "129.90"),
)
WORDS = {1: "Atrasou e ninguém avisou.", 2: "Faltou um item.", 3: "", 4: "Tudo certo.", 5: "Ótimo atendimento!"}
EARLY, UNDATED, EMPTY, CANCELLED = 5, 9, 14, 19
"""The orders in which something is strange: sent before it was approved, never dated, without items, cancelled."""


def bring_history(office: Office, agenda: Agenda, names: Sequence[str]) -> None:
    """The spreadsheet comes in as one import, with what is strange about it."""
    importer = Importer(office, "planilha", "process.record_past_case", "pedidos antigos.csv")
    importer.run(_records(agenda, Chance("história"), names))


def _records(agenda: Agenda, chance: Chance, names: Sequence[str]) -> Iterator[Record]:
    for n in range(1, ORDERS + 1):
        bought = dt.datetime.combine(agenda.day(-50 - 2 * (ORDERS - n)), dt.time(9, 10 + n), agenda.zone)
        name, price = GOODS[n % len(GOODS)]
        item = {"product_key": f"P{n % len(GOODS)}", "description": name, "price": price, "freight_amount": "25.00"}
        amount = Decimal(price) + 25
        late = n % 8 == 3
        score = 1 if late else chance.one_of((3, 4, 4, 5, 5))
        days = {"check": 0.1, "ship": -0.2 if n == EARLY else 1.3, "deliver": 8 if late else 4.2}
        if n == UNDATED:
            del days["deliver"]
        payload: dict[str, Any] = {
            "source": "planilha",
            "outside_key": f"2026-{n:03}",
            "channel": "telefone",
            "customer_name": names[n % len(names)],
            "city": "Campinas",
            "region": "SP",
            "ordered_at": bought.isoformat(),
            "promised_on": (bought + dt.timedelta(days=6)).date().isoformat(),
            "outcome": "delivered",
            "steps": [
                {"step": step, "at": (bought + dt.timedelta(days=after)).isoformat()} for step, after in days.items()
            ],
            "items": [] if n == EMPTY else [item],
            "payments": [{"method": "pix", "amount": str(amount)}],
            "reviews": [{"score": score, "message": WORDS[score]}],
        }
        if n == CANCELLED:
            payload |= {"outcome": "cancelled", "steps": [], "payments": [], "reviews": []}
        yield Record(n + 1, payload["outside_key"], payload)
