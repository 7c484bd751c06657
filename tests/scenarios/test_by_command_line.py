"""A shop run from the command line alone, `retaguarda do` and `retaguarda show`, on both engines.

From the first contact to the covered shortage; `retaguarda check` finds nothing at the end.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from retaguarda.app import settings
from tests.helpers import company
from tests.helpers.terminal import DONE, REFUSED, Terminal
from tests.helpers.whole_path import WholePath


@pytest.fixture
def prompt(company_url: str, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(company_url, capsys)


class Counter:
    """What the stories need: a customer and three products, of which ten pieces are there each."""

    def __init__(self, prompt: Terminal) -> None:
        self.prompt = prompt
        self.customer = prompt.do("party.add_party", name="Padaria Estrela", customer=True)["id"]
        self.paper, self.ink, self.pen = (
            prompt.do("catalog.add_product", code=code, name=name, price=price)["id"]
            for code, name, price in (
                ("P-1", "Papel A4", "24.90"),
                ("T-1", "Tinta preta", "79"),
                ("C-1", "Caneta", "2"),
            )
        )
        prompt.do("inventory.receive_stock", lines=[self.line(p, "10") for p in (self.paper, self.ink)])

    @staticmethod
    def line(product: str, quantity: str) -> dict[str, str]:
        return {"product_id": product, "quantity": quantity}

    def order(self, *lines: tuple[str, str], confirmed: bool = True) -> str:
        """A quotation of these lines, confirmed or not."""
        payload = {"customer_id": self.customer, "lines": [self.line(*one) for one in lines]}
        key: str = self.prompt.do("sales.create_quotation", **payload)["id"]
        if confirmed:
            self.prompt.do("sales.confirm_order", order_id=key)
        return key

    def state(self, order: str) -> str:
        (row,) = self.prompt.show("sales.orders", {"id": order})
        return str(row["state"])

    def stock(self, product: str) -> tuple[Any, ...]:
        """On hand, reserved, allowed negative, free; zero where the product has never been."""
        names = ("on_hand", "reserved", "allowed_negative", "free")
        rows = self.prompt.show("inventory.stock", {"product_id": product})
        return tuple(Decimal(rows[0][name]) if rows else Decimal(0) for name in names)


@pytest.fixture
def counter(prompt: Terminal) -> Counter:
    return Counter(prompt)


def test_contact_quotation_order_confirmed(counter: Counter) -> None:
    prompt = counter.prompt
    contact = prompt.do("sales.log_contact", channel="phone", customer_id=counter.customer, note="quer papel")["id"]
    quoted = counter.order((counter.paper, "2"), confirmed=False)
    assert counter.state(quoted) == "quotation"
    assert counter.stock(counter.paper)[1] == 0, "a quotation reserves nothing"
    made = prompt.do("sales.create_order", contact_id=contact, lines=[counter.line(counter.paper, "3")])
    (row,) = prompt.show("sales.contacts", {"id": contact})
    assert (row["order_id"], row["order_number"]) == (made["id"], made["number"])
    for order in (quoted, made["id"]):
        prompt.do("sales.confirm_order", order_id=order)
        assert counter.state(order) == "confirmed"
    assert counter.stock(counter.paper) == (10, 5, 0, 5)
    (total,) = {row["total_amount"] for row in prompt.show("sales.orders", {"id": made["id"]})}
    assert total == "74.70"
    path = prompt.show("process.order_path", {"subject_id": made["id"]}, "position")
    assert [step["state"] for step in path][:2] == ["done", "now"]
    assert prompt.check().code == DONE


def test_a_short_order_is_refused_with_every_short_line_named(counter: Counter) -> None:
    prompt = counter.prompt
    order = counter.order(
        (counter.paper, "6"), (counter.ink, "1"), (counter.paper, "6"), (counter.pen, "4"), confirmed=False
    )
    said = prompt.refused("sales.confirm_order", order_id=order)
    assert (said["kind"], said["code"]) == ("Shortfall", "sales.confirm_order.no_stock")
    named = [
        (x["position"], x["name"], *map(Decimal, (x["needed"], x["free"], x["short"]))) for x in said["params"]["lines"]
    ]
    assert named == [(1, "Papel A4", 12, 10, 2), (3, "Papel A4", 12, 10, 2), (4, "Caneta", 4, 0, 4)]
    (told,) = said["told"]
    assert all(name in told["cause"] for name in ("Papel A4", "Caneta"))
    assert told["action"]
    assert counter.state(order) == "quotation"
    assert counter.stock(counter.paper)[1] == 0
    (failure,) = prompt.show("process.failures")
    assert (failure["code"], failure["subject_id"], failure["times"]) == ("sales.confirm_order.no_stock", order, 1)
    prompt.refused("sales.confirm_order", order_id=order)
    (again,) = prompt.show("process.failures")
    assert (again["id"], again["times"]) == (failure["id"], 2)
    assert prompt.check().code == DONE


def test_seven_counted_of_ten_with_nine_reserved_breaks_two(counter: Counter) -> None:
    prompt = counter.prompt
    counter.order((counter.ink, "4"))
    last = counter.order((counter.ink, "5"))
    done = prompt.do("inventory.count_stock", lines=[counter.line(counter.ink, "7")], reason="inventário")
    assert done["broken"] == 1
    assert counter.stock(counter.ink) == (7, 7, 0, 0)
    (lost,) = prompt.show("inventory.broken_reservations")
    assert (lost["document_id"], lost["product_id"]) == (last, counter.ink)
    assert Decimal(lost["quantity"]) == 2
    (failure,) = prompt.show("process.failures")
    assert (failure["code"], failure["subject_id"]) == ("inventory.reservation_broken", last)
    assert prompt.check().code == DONE


def test_an_authorised_negative_sold_shipped_and_covered(counter: Counter) -> None:
    prompt = counter.prompt
    short = counter.order((counter.pen, "3"), confirmed=False)
    prompt.refused("sales.confirm_order", order_id=short)
    prompt.do("inventory.authorise_negative", product_id=counter.pen, quantity="3", reason="nota chega à tarde")
    assert counter.stock(counter.pen) == (0, 0, 3, 3)
    for command in ("sales.confirm_order", "sales.invoice_order", "delivery.pick_order", "delivery.ship_order"):
        prompt.do(command, order_id=short)
    assert counter.stock(counter.pen) == (-3, 0, 3, 0)
    assert prompt.show("process.failures") == [], "a confirmed order has no shortage any more"
    prompt.do("inventory.receive_stock", lines=[counter.line(counter.pen, "5")])
    assert counter.stock(counter.pen) == (2, 0, 0, 2)
    prompt.do("delivery.deliver_order", order_id=short, receiver_name="João")
    assert counter.state(short) == "closed"
    answer = prompt.check()
    assert (answer.code, answer.said["findings"]) == (DONE, [])
    assert answer.said["proofs"] > 20


def test_the_whole_path_and_every_paper(prompt: Terminal, tmp_path: Path) -> None:
    """Purchase, receipt, contact, order, confirmation, invoice, picking, packing, shipping, delivery, payment, return
    with its credit note; then every paper in both languages, and every proof."""
    path = WholePath(prompt, lines=3, station=settings.read().name)
    (order,) = prompt.show("sales.orders", {"id": path.order})
    (shipment,) = prompt.show("delivery.shipments", {"order_id": path.order})
    (invoice,) = prompt.show("billing.invoices", {"id": path.invoice})
    (bought,) = prompt.show("purchasing.payables")
    assert (order["state"], shipment["state"], bought["open_amount"]) == ("closed", "delivered", "0.00")
    # Of 3 x (5.35 - 5 % + 6.35 + 7.35) 30.00 were paid, and one piece each of the first two came back for 11.43.
    assert (invoice["total_amount"], invoice["open_amount"]) == ("56.35", "14.92")
    assert counted(path) == {"FA-001": "16.0000", "FA-002": "18.0000", "FA-003": "17.0000"}
    for language, words in (("pt_BR", "Nota de crédito 1"), ("en", "Credit note 1")):
        for name, params in path.papers.values():
            data = prompt.print(name, tmp_path, language, **params)
            assert f"/Lang ({language.replace('_', '-')})".encode() in data
            if name == "billing.credit_note":
                assert words in PdfReader(io.BytesIO(data)).pages[0].extract_text()
    answer = prompt.check()
    assert (answer.code, answer.said["findings"]) == (DONE, [])


def test_a_company_that_bills_what_was_shipped(counter: Counter) -> None:
    """From the order to the payment where the goods go first: what was not found is neither shipped nor billed."""
    prompt = counter.prompt
    bank = prompt.do("accounting.add_money_account", name="Banco", kind="bank")["id"]
    early = counter.order((counter.ink, "1"))
    prompt.do("company.change_setting", code="invoice_policy", value="shipped")
    order = counter.order((counter.paper, "5"), (counter.ink, "2"))
    prompt.do("company.change_setting", code="invoice_policy", value="confirmed")
    assert prompt.refused("delivery.pick_order", order_id=early)["code"] == "delivery.pick_order.not_invoiced"
    assert prompt.refused("sales.invoice_order", order_id=order)["code"] == "sales.invoice_order.not_shipped"
    picking = prompt.do("delivery.start_picking", order_id=order)["id"]
    for stop in prompt.show("delivery.pick_stops", {"pick_list_id": picking}, "turn"):
        found = "3" if stop["code"] == "P-1" else stop["quantity"]
        prompt.do("delivery.type_pick", task_id=stop["id"], quantity=found)
        if stop["code"] == "P-1":
            prompt.do("delivery.short_pick", task_id=stop["id"], reason="missing")
    said = {"consent_by": "Zélia", "consent_channel": "phone"}
    prompt.do("delivery.accept_short", order_id=order, **said)
    prompt.do("delivery.ship_order", order_id=order)
    assert prompt.refused("delivery.deliver_order", order_id=order, receiver_name="Zé")["code"] == (
        "delivery.deliver_order.not_invoiced"
    )
    invoice = prompt.do("sales.invoice_order", order_id=order)["invoice_id"]
    prompt.do("delivery.deliver_order", order_id=order, receiver_name="Zélia")
    (billed,) = prompt.show("billing.invoices", {"id": invoice})
    assert billed["total_amount"] == "232.70", "three of paper, two of ink"
    pix = {"method": "pix", "amount": billed["total_amount"], "money_account_id": bank}
    prompt.do("billing.receive_payment", invoice_id=invoice, moneys=[pix])
    (billed,) = prompt.show("billing.invoices", {"id": invoice})
    assert (billed["open_amount"], counter.state(order)) == ("0.00", "closed")
    assert counter.stock(counter.paper) == (7, 0, 0, 7)
    path = prompt.show("process.order_path", {"subject_id": order}, "position")
    assert [(step["step"], step["state"]) for step in path] == [
        (name, "done") for name in ("check", "pick", "pack", "ship", "invoice", "deliver")
    ]
    (promise,) = (row for row in prompt.show("sales.promises", {"order_id": order, "current": True}) if
                  row["name"] == "Papel A4")  # fmt: skip
    assert (promise["quantity"], promise["kept"]) == ("3.0000", True)
    for command in ("sales.invoice_order", "delivery.pick_order", "delivery.ship_order"):
        prompt.do(command, order_id=early)
    prompt.do("delivery.deliver_order", order_id=early, receiver_name="Zé")
    answer = prompt.check()
    assert (answer.code, answer.said["findings"]) == (DONE, [])


def counted(path: WholePath) -> dict[str, str]:
    """What is on hand, by the code of the product."""
    return {row["code"]: row["on_hand"] for row in path.show("inventory.stock")}


def test_the_installed_command_says_the_same(sqlite_template: Path, tmp_path: Path) -> None:
    """As a person starts it: a process of its own, standard output, an exit code."""
    url = company.copy_sqlite(sqlite_template, tmp_path / "company.db")

    def run(*arguments: str) -> tuple[int, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "retaguarda.app.cli", *arguments, "--db", url, "--as", "ana", "--json"],
            capture_output=True,
            env=os.environ | {"PYTHONIOENCODING": "ascii"},
            check=False,
            timeout=120,
        )
        return done.returncode, json.loads(done.stdout.decode("utf-8"))

    code, refused = run("do", "party.add_party", '{"name": ""}')
    assert (code, refused["code"], refused["told"][0]["field"]) == (REFUSED, "kernel.invalid", "name")
    code, made = run("do", "party.add_party", '{"name": "São João & Cia", "customer": true}')
    assert (code, made["rows"][0]["name"]) == (DONE, "São João & Cia")
