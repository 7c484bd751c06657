"""The whole way from the purchase to the credit note, by commands and rows alone, whoever carries them out.

The names are sixty characters long and have accents, every field that the house keeps to itself has the word `SECRET`,
and every paper there is can be printed of what is left behind: `papers` says of what.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, Protocol

from tests.helpers.counter import gtin_of
from tests.helpers.pictures import drawn

SECRET = "SEGREDO-DA-CASA"
CUSTOMER = "Confeitaria São João d'Água Fria & Irmãos Gonçalves Assunção"
SUPPLIER = "Indústria e Comércio de Utensílios Três Corações do Sul Ltda"
CARRIER = "Transportes Ágeis do Sertão e Região Metropolitana Irmãos Sá"
PRODUCT = "Fôrma de alumínio nº {n:03} com tampa e alça, pão de ló 24 × 10"
ADDRESS = {
    "street": "Avenida Brigadeiro José Vieira Couto de Magalhães Conceição",
    "number": "1.234",
    "complement": "Loja 2",
    "district": "Jardim Nossa Senhora da Assunção",
    "city": "São José do Vale do Rio Preto",
    "state": "RJ",
    "postcode": "25780-000",
}
NOTE = "Entregar pela manhã; não há elevador."
INTERNAL = f"não dar mais desconto, {SECRET}"


class Clerk(Protocol):
    """Whoever carries the path out: a person at a prompt, or a script."""

    def do(self, name: str, /, **payload: Any) -> Mapping[str, Any]:
        """Carries out a command; its value."""

    def show(self, name: str, where: Mapping[str, Any] | None = None, sort: str = "") -> list[dict[str, Any]]:
        """The rows of a query."""


class WholePath:
    """A shop whose first order has gone the whole way and partly back, with `lines` lines on each of its documents."""

    def __init__(self, clerk: Clerk, lines: int, station: str = "main") -> None:
        self.do, self.show, self.station = clerk.do, clerk.show, station
        self.papers: dict[str, tuple[str, dict[str, Any]]] = {}
        self.count = lines
        self._open_shop()
        self._buy()
        self._quote()
        self._sell()
        self._deliver()
        self._collect()
        self._take_back()
        self._close()

    def _open_shop(self) -> None:
        branch, company = self.show("company.branches")[0], self.show("company.company")[0]
        self.do(
            "company.revise_branch",
            branch_id=branch["id"],
            name="Matriz",
            state="SP",
            city="Mogi das Cruzes",
            address="Praça da Sé, 12",
            phone="+55 11 4002-8922",
        )
        facts = {"name": "Comercial Silva & Filhos", "zone": "America/Sao_Paulo", "language": "pt_BR"}
        self.do("company.revise_company", company_id=company["id"], tax_id="99.000.001/0001-01", **facts)
        for code, value in (("packing", "own_step"),):
            self.do("company.change_setting", code=code, value=value)
        account = "accounting.add_money_account"
        self.bank = self.do(account, name="Banco do Açaí", kind="bank", opening_amount="50000.00")["id"]
        self.do(account, name="Gaveta 1", kind="till", station=self.station)
        party = {"kind": "company", "notes": f"cuidado, {SECRET}", "addresses": [ADDRESS]}
        self.customer = self.do("party.add_party", name=CUSTOMER, customer=True, tax_id="99.000.003/0001-92", **party)[
            "id"
        ]
        self.supplier = self.do("party.add_party", name=SUPPLIER, supplier=True, **party)["id"]
        self.carrier = self.do("party.add_party", name=CARRIER, carrier=True, **party)["id"]
        self.products = [
            self.do(
                "catalog.add_product",
                code=f"FA-{n:03}",
                name=PRODUCT.format(n=n),
                price=f"{1000 + n}.90" if n % 7 == 0 else f"{n + 4}.35",
                gtin=gtin_of(n),
                note=INTERNAL,
            )["id"]
            for n in range(1, self.count + 1)
        ]

    def _buy(self) -> None:
        asked = [{"product_id": p, "quantity": "20", "unit_price": "1.75"} for p in self.products]
        said = {"payment_terms": "30", "supplier_note": NOTE, "internal_note": INTERNAL}
        order = self.do("purchasing.place_order", supplier_id=self.supplier, lines=asked, **said)["id"]
        self.papers["purchase_order"] = ("purchasing.order", {"order_id": order})
        self.do("purchasing.receive_order", order_id=order, supplier_document="NF 77", note=INTERNAL)
        bill = self.do("purchasing.record_invoice", order_id=order, supplier_number="77")["id"]
        owed = self.show("purchasing.payables", {"invoice_id": bill})
        parts = [{"payable_id": row["id"], "amount": row["open_amount"]} for row in owed]
        self.do("purchasing.pay_payables", money_account_id=self.bank, parts=parts, note=INTERNAL)

    def _asked(self, quantity: str) -> list[dict[str, str]]:
        return [
            {"product_id": p, "quantity": quantity, **({"discount_rate": "0.05"} if n == 0 else {})}
            for n, p in enumerate(self.products)
        ]

    def _order(self, quantity: str) -> str:
        contact = self.do(
            "sales.log_contact", channel="phone", customer_id=self.customer, note="quer fôrmas", internal_note=INTERNAL
        )["id"]
        said = {"payment_terms": "30/60/90", "customer_note": NOTE, "internal_note": INTERNAL}
        made = self.do("sales.create_order", contact_id=contact, lines=self._asked(quantity), **said)
        return str(made["id"])

    def _quote(self) -> None:
        self.quotation = self._order("1")
        self.papers["quotation"] = ("sales.order", {"order_id": self.quotation})

    def _sell(self) -> None:
        self.do("party.set_credit_limit", party_id=self.customer, credit_limit="1000000.00")
        self.order, self.waiting = self._order("3"), self._order("2")
        for order in (self.order, self.waiting):
            self.do("sales.confirm_order", order_id=order)
        self.invoice = self.do("sales.invoice_order", order_id=self.order)["invoice_id"]
        self.do("sales.invoice_order", order_id=self.waiting)
        self.papers["order"] = ("sales.order", {"order_id": self.order})
        self.papers["invoice"] = ("billing.invoice", {"invoice_id": self.invoice})

    def _deliver(self) -> None:
        waiting = self.do("delivery.start_picking", order_id=self.waiting)["id"]
        self.papers["pick_list"] = ("delivery.pick_list", {"pick_list_id": waiting})
        walked = self.do("delivery.start_picking", order_id=self.order)["id"]
        stops = self.show("delivery.pick_stops", {"pick_list_id": walked}, "turn")
        for code, quantity in ((stops[0]["location_code"], "1"), (gtin_of(1), "3")):
            self.do("delivery.scan_pick", pick_list_id=walked, code=code, quantity=quantity)
        for stop in stops[1:]:
            self.do("delivery.type_pick", task_id=stop["id"], quantity=stop["quantity"])
        (shipment,) = self.show("delivery.shipments", {"order_id": self.order})
        key = shipment["id"]
        first = self.do("delivery.scan_pack", shipment_id=key, code=gtin_of(1), quantity="2")["volume_id"]
        box = {"weight_kg": "3.250", "length_cm": 40, "width_cm": 30, "height_cm": 20}
        self.do("delivery.close_volume", volume_id=first, **box)
        self.do("delivery.pack_order", order_id=self.order, **(box | {"weight_kg": "12.5"}))
        self.do("delivery.ship_order", order_id=self.order, carrier_id=self.carrier, tracking_code="BR123456789SP")
        self.do("delivery.fail_delivery", order_id=self.order, reason="absent", note=INTERNAL)
        signature = base64.b64encode(drawn()).decode()
        taker = {"receiver_name": "Conceição Araújo", "receiver_document": "RG 12.345.678-9", "signature": signature}
        self.do("delivery.deliver_order", order_id=self.order, **taker)
        self.papers["packing_list"] = ("delivery.packing_list", {"shipment_id": key})
        self.papers["shipping_label"] = ("delivery.labels", {"shipment_id": key})
        self.papers["delivery_receipt"] = ("delivery.receipt", {"shipment_id": key})

    def _collect(self) -> None:
        self.till = self.do("billing.open_till", float_amount="100.00", from_account_id=self.bank)["id"]
        pix = {"method": "pix", "amount": "10.00", "money_account_id": self.bank}
        paid = self.do("billing.receive_payment", invoice_id=self.invoice, method="cash", amount="20.00", moneys=[pix])
        self.papers["receipt"] = ("billing.receipt", {"settlement_id": paid["id"]})
        line = {"product_id": self.products[0], "quantity": "2"}
        sold = self.do("sales.sell_at_counter", lines=[line], cash_amount="20.00")
        self.papers["counter_receipt"] = ("sales.counter_receipt", {"order_id": sold["id"]})

    def _take_back(self) -> None:
        lines = self.show("sales.order_lines", {"order_id": self.order}, "position")
        back = [{"line_id": line["id"], "quantity": "1"} for line in lines[:2]]
        done = self.do("sales.return_order", order_id=self.order, lines=back, reason="defect", note=INTERNAL)
        self.papers["credit_note"] = ("billing.credit_note", {"settlement_id": done["credit_note_id"]})

    def _close(self) -> None:
        money = {"to_account_id": self.bank, "reason": "Sangria do almoço"}
        self.do("billing.withdraw_till", session_id=self.till, amount="30.00", **money)
        money["reason"] = "Troco errado"
        self.do("billing.close_till", session_id=self.till, counted_amount="99.70", **money)
        self.papers["till_closing"] = ("billing.till_closing", {"session_id": self.till})
        self.papers["statement"] = ("billing.customer_statement", {"party_id": self.customer})
        warehouse = self.show("inventory.warehouses")[0]["id"]
        sheet = self.do("inventory.open_count", warehouse_id=warehouse, note="Contagem às cegas")["id"]
        self.papers["count_sheet"] = ("inventory.count_sheet", {"sheet_id": sheet})
        self.papers["stock_position"] = ("inventory.stock_position", {"warehouse_id": warehouse})
        self.papers["trial_balance"] = ("accounting.trial_balance_report", {})
        self.papers["income_statement"] = ("accounting.income_report", {})
