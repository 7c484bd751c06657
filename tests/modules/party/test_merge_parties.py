"""Merging: documents stay as written, and both records count as one wherever somebody asks; taken back exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from retaguarda.app.headless import Office
from tests.helpers.asking import answers, rows_of
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.helpers.raw import spelled
from tests.modules.party.records import add_customer
from tests.modules.party.twins import Twins, bank_of, record, twins


def _owed(office: Office, party_id: str) -> tuple[Decimal, Decimal]:
    row = office.one("sales.customer_credit", party_id)
    return row.owed_amount, row.ordered_amount


def _both(two: Twins) -> list[Decimal]:
    """What the kept one owes and has ordered, and what the other."""
    return [*_owed(two.office, two.kept), *_owed(two.office, two.other)]


def _written(office: Office) -> Any:
    """Whom every document names: nothing of it may change."""
    names = {"sales_order": "customer_id", "invoice": "party_id", "receivable": "party_id", "entry": "party_id"}
    return answers(office.store, {table: f"SELECT id, {name} FROM {table}" for table, name in names.items()})


def test_two_records_count_as_one_and_are_two_again(office: Office) -> None:
    two = twins(office)
    mine, theirs = two.order(two.kept, "2", billed=True), two.order(two.other, "3", billed=True)
    going, waiting = two.order(two.other, "4"), two.order(two.kept, "1")
    before, written = [record(office, key) for key in (two.kept, two.other)], _written(office)
    assert _both(two) == [20, 10, 30, 40]
    key = two.merge("identity")
    assert _written(office) == written
    kept, other = record(office, two.kept), record(office, two.other)
    assert (kept["name"], kept["tax_id"], kept["supplier"], kept["notes"]) == (
        "Padaria São João", "11.222.333/0001-81", True, "Paga em dia",
    )  # fmt: skip
    assert [a["street"] for a in kept["addresses"]] == ["Rua das Flores"]
    assert [c["name"] for c in kept["contacts"]] == ["Zélia"]
    assert (other["archived"], other["merged_into"], other["status"]) == (True, "Padaria São João", "merged")

    # One limit, one debt, one list of orders and of debts, one account; both names find the one that is left.
    assert _owed(office, two.kept) == (Decimal(50), Decimal(50))
    orders = office.show("sales.orders", {"customer_id": two.kept}).rows
    assert {row.id for row in orders} == {mine, theirs, going, waiting}
    assert office.show("sales.orders", {"customer_id": two.other}).rows == ()
    account = office.one("billing.customer_accounts", two.kept)
    assert (account.open_amount, account.credit_limit) == (Decimal(50), Decimal(100))
    assert two.other not in {row.id for row in office.show("billing.customer_accounts").rows}
    assert [(r.id, r.open_amount) for r in office.show("billing.ageing").rows] == [(two.kept, Decimal(50))]
    assert len(office.show("billing.receivables", {"party_id": two.kept}).rows) == 2
    assert [r.balance for r in office.show("billing.statement", {"party_id": two.kept}, sort="at").rows] == [20, 50]
    assert [r.id for r in office.show("party.customer_choices", {"search": "joao paes"}).rows] == [two.kept]

    # From a document of the merged record one comes to the account that is left.
    billed = office.show("billing.invoices", {"source_id": theirs}).rows[0]
    assert office.one("billing.customer_accounts", billed.party_id).id == two.kept

    # What is begun goes on, what is new is the kept one's, and the limit holds for both together.
    office.do("sales.invoice_order", order_id=going)
    mine_now = f"SELECT count(*) FROM invoice WHERE party_id = '{two.kept}'"
    assert rows_of(office.store, {"n": spelled(mine_now, office.store.name)})["n"] == [(2,)]
    assert _owed(office, two.kept) == (Decimal(90), Decimal(10))
    fresh = office.do(
        "sales.create_quotation", customer_id=two.other, lines=[{"product_id": two.product, "quantity": "1"}]
    ).value["id"]
    assert office.one("sales.orders", fresh).customer_name == "Padaria São João"
    with refused(office, "sales.confirm_order.credit", also=frozenset({"failure"})):
        office.do("sales.confirm_order", order_id=fresh)
    _pays(two)
    assert office.check() == []

    office.do("party.unmerge_parties", merge_id=key)
    paid = office.show("billing.settlements", {"party_id": two.kept}).rows[0]
    office.do("billing.reverse_payment", settlement_id=paid.id, reason="Depósito não caiu")
    assert _both(two) == [60, 10, 30, 0]
    assert [record(office, key) for key in (two.kept, two.other)] == before
    assert {row.id for row in office.show("sales.orders", {"customer_id": two.other}).rows} == {theirs, going}
    assert office.show("party.customer_choices", {"search": "joao paes"}).rows[0].id == two.other
    assert office.check() == []


def _pays(two: Twins) -> None:
    """One payment settles the debts of both, and what is over is one credit."""
    office = two.office
    bank = bank_of(office)
    made = office.do(
        "billing.receive_payment",
        party_id=two.kept,
        method="pix",
        money_account_id=bank,
        amount="100",
        keep_credit=True,
    ).value
    assert made
    assert _owed(office, two.kept)[0] == 0
    assert office.one("billing.customer_accounts", two.kept).credit_amount == Decimal(10)


def test_what_is_on_its_way_from_two_suppliers_is_one_sum(office: Office) -> None:
    """An order to the merged record is sent and stands with the kept one; a new one for it is the kept one's."""
    two = twins(office)
    ask: dict[str, Any] = {"lines": [{"product_id": two.product, "quantity": "1", "unit_price": "4"}]}
    going = office.do("purchasing.create_order", supplier_id=two.other, **ask).value["id"]
    two.merge()
    office.do("purchasing.send_order", order_id=going)
    fresh = office.do("purchasing.create_order", supplier_id=two.other, **ask).value["id"]
    assert office.one("purchasing.orders", fresh).supplier_name == "Padaria São João"
    card = office.one("purchasing.supplier_card", two.kept)
    assert (card.open_orders, card.open_amount) == (1, Decimal(4))


def test_values_and_rights(office: Office) -> None:
    two = twins(office)
    office.do("party.block_customer", party_id=two.other, reason="Cheque devolvido")
    key = office.do("party.propose_merge", party_id=two.kept, other_id=two.other).value["id"]
    office.do("party.choose_value", merge_id=key, field="credit_limit", side="merged")
    # Who may merge and not set limits does not set one by merging.
    with acting(office, "analyst"), refused(office, "kernel.forbidden"):
        office.do("party.merge_parties", merge_id=key)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.merge_parties", merge_id=key)
    office.do("party.choose_value", merge_id=key, field="name", side="merged")
    with acting(office, "commercial"):
        office.do("party.merge_parties", merge_id=key)
    row = office.show("party.customers", {"id": two.kept}).rows[0]
    assert (row.name, row.credit_limit, row.status, row.block_reason) == (
        "S. João Pães", Decimal(500), "blocked", "Cheque devolvido",
    )  # fmt: skip
    with refused(office, "party.blocked"):
        two.order(two.kept, "1")
    for name in ("restore_party", "set_credit_limit", "unblock_customer"):
        with refused(office, "party.merged"):
            office.do(f"party.{name}", party_id=two.other)
    with refused(office, "party.merge.not_proposed"):
        office.do("party.merge_parties", merge_id=key)


def test_a_record_that_changed_since_is_refused(office: Office) -> None:
    two = twins(office)
    key = office.do("party.propose_merge", party_id=two.kept, other_id=two.other).value["id"]
    with refused(office, "kernel.stale"):
        office.do("party.merge_parties", merge_id=key, version=7)
    office.do("party.archive_party", party_id=two.other)
    with refused(office, "party.archived"):
        office.do("party.merge_parties", merge_id=key)


def test_the_unnamed_customer_is_merged_with_nobody(office: Office) -> None:
    two = twins(office)
    line = {"product_id": two.product, "quantity": "1"}
    office.do("sales.sell_at_counter", lines=[line], pix_amount="10", bank_account_id=bank_of(office))
    rows = office.show("party.customers", {"search": "consumidor"}).rows
    assert len(rows) == 1
    key = office.do("party.propose_merge", party_id=two.kept, other_id=rows[0].id).value["id"]
    with refused(office, "sales.consumer_is_nobody"):
        office.do("party.merge_parties", merge_id=key)


def test_a_chain_stays_flat(office: Office) -> None:
    """Who was merged into a record that is merged itself refers to the last one, and goes back with it."""
    two = twins(office)
    first = two.merge()
    third = add_customer(office, "Pães do Vale")
    key = office.do("party.propose_merge", party_id=third, other_id=two.kept).value["id"]
    office.do("party.merge_parties", merge_id=key)
    assert {record(office, one)["merged_into"] for one in (two.kept, two.other)} == {"Pães do Vale"}
    assert [r.id for r in office.show("party.customer_choices", {"search": "joao paes"}).rows] == [third]
    with refused(office, "party.unmerge_parties.kept_is_merged"):
        office.do("party.unmerge_parties", merge_id=first)
    for sql in (
        f"UPDATE party SET merged_into_id = '{two.kept}', archived = (1 = 1) WHERE id = '{third}'",
        f"UPDATE party SET merged_into_id = '{two.other}' WHERE id = '{two.kept}'",
    ):
        assert refused_by_database(office, sql) == "party.merged_into_merged"
    office.do("party.unmerge_parties", merge_id=key)
    assert [record(office, one)["merged_into"] for one in (two.kept, two.other)] == [None, "Padaria São João"]
    office.do("party.unmerge_parties", merge_id=first)
    assert office.show("party.customers", {"status": "merged"}).rows == ()
