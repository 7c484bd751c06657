"""What the database itself says to somebody with a database tool, on both engines: nobody pays over what is due, spends
credit twice, credits more than was billed, bills goods that nobody reserved, or writes into a closed till."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Connection, Executable, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.store import GuardHit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing

Attack = Callable[[Connection], object]
LEDGERS = (
    api.instalment,
    api.settlement,
    api.receivable_entry,
    api.settlement_money,
    api.customer_credit_entry,
    api.credit_note_line,
    api.till_session,
    api.till_entry,
    api.till_closing,
    api.recurring_period,
)
BALANCES = (api.receivable, api.customer_credit, api.credited_line, api.till_balance)


def stopped_by(billing: Billing, attack: Attack) -> str:
    """The code with which the database stops the attack, at its statements or at COMMIT."""
    office = billing.office
    with office.store.engine.connect().execution_options(writes=True) as connection:
        with pytest.raises(DBAPIError) as stopped:
            _carry_out(connection, attack)
        connection.rollback()
    hit = office.store.translated(stopped.value.orig)
    assert isinstance(hit, GuardHit), hit
    return office.registry.guards.get(hit.name, hit.name)


def _carry_out(connection: Connection, attack: Attack) -> None:
    attack(connection)
    connection.commit()


def forge(connection: Connection, table: Table, where: dict[str, Any] | None = None, /, **other: Any) -> dict[str, Any]:
    """Writes a row like the first one there is (that `where` finds), with other values; gives what was written."""
    query = select(table)
    for name, value in (where or {}).items():
        query = query.where(table.c[name] == value)
    row = dict(connection.execute(query.limit(1)).mappings().one())
    row.update({"id": new_id()} if "id" in table.c else {}, **other)
    connection.execute(insert(table).values(**row))
    return row


def _forge_one(table: Table, connection: Connection) -> None:
    forge(connection, table)


@pytest.fixture
def story(billing: Billing) -> dict[str, Any]:
    """An invoice half paid in a till that is closed, credit kept, a credit note and a contract."""
    done = billing.bill(billing.line("100", "4"), billing.line("20", product=1), payment_terms="2x")
    till = billing.open_till("50.00")
    paid = billing.pay("100.00", method="cash", money_account_id=None)
    billing.do("supply_till", session_id=till, amount="5.00", from_account_id=billing.cash)
    billing.do("close_till", session_id=till, counted_amount="156.00", to_account_id=billing.cash)
    other = billing.office.do("party.add_party", name="Maria Souza", kind="person", customer=True).value["id"]
    kept = billing.pay("30.00", party_id=other, keep_credit=True)
    line = billing.office.show("billing.invoice_lines", {"invoice_id": done["id"]}).rows[0].id
    part = [{"invoice_line_id": line, "quantity": "3"}]
    note = billing.do("credit_invoice", invoice_id=done["id"], lines=part, reason="avaria")
    return {"invoice": done["id"], "till": till, "paid": paid["id"], "kept": kept["id"], "other": other,
            "note": note["id"], "line": line}  # fmt: skip


def head(connection: Connection, story: dict[str, Any], like: str = "paid", /, **other: Any) -> dict[str, Any]:
    return forge(connection, api.settlement, {"id": story[like]}, **{"number": 900, **other})


ZERO = Decimal(0)
NOTHING = {f"{name}_amount": ZERO for name in ("money", "value", "principal", "interest", "fine", "discount", "credit")}


def test_nothing_is_paid_over_what_is_due_nor_below_zero(billing: Billing, story: dict[str, Any]) -> None:
    for amount in (Decimal("1000.00"), Decimal("-1000.00")):

        def attack(connection: Connection, amount: Decimal = amount) -> None:
            forge(connection, api.receivable_entry, settlement_id=new_id(), principal_amount=amount)

        assert stopped_by(billing, attack) == "billing.paid_over"


def test_an_entry_without_its_document_is_not_committed(billing: Billing, story: dict[str, Any]) -> None:
    def attack(connection: Connection) -> None:
        forge(connection, api.receivable_entry, settlement_id=new_id(), principal_amount=Decimal("1.00"))

    assert "fk" in stopped_by(billing, attack) or "foreign" in stopped_by(billing, attack)


def test_a_posted_document_takes_no_further_rows(billing: Billing, story: dict[str, Any]) -> None:
    for table in (api.receivable_entry, api.settlement_money, api.customer_credit_entry, api.credit_note_line):
        assert stopped_by(billing, partial(_forge_one, table)) == "billing.settlement.posted"

    def late_instalment(connection: Connection) -> None:
        forge(connection, api.instalment, invoice_id=None, settlement_id=story["paid"])

    assert stopped_by(billing, late_instalment) == "billing.settlement.posted"
    assert stopped_by(billing, lambda c: forge(c, api.instalment, position=9)) == "billing.invoice.posted"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"principal_amount": Decimal("5.00"), "value_amount": Decimal("5.00"), "kind": "write_off", "reason": "x"},
         "billing.settlement.entries_differ"),
        ({"money_amount": Decimal("5.00"), "credit_amount": Decimal("5.00")}, "billing.settlement.money_differs"),
        ({"value_amount": Decimal("5.00"), "credit_amount": Decimal("5.00")}, "billing.settlement.credit_differs"),
    ],
)  # fmt: skip
def test_a_document_is_what_its_rows_are(
    billing: Billing, story: dict[str, Any], values: dict[str, Any], code: str
) -> None:
    assert stopped_by(billing, lambda c: head(c, story, **{**NOTHING, **values})) == code


def test_credit_is_not_made_of_nothing(billing: Billing, story: dict[str, Any]) -> None:
    def attack(connection: Connection) -> None:
        key = new_id()
        entry = {"settlement_id": key, "amount": Decimal("500.00")}
        made = forge(connection, api.customer_credit_entry, **entry)
        value = {**NOTHING, "value_amount": Decimal("500.00"), "credit_amount": Decimal("500.00")}
        head(connection, story, "kept", id=key, command_id=made["command_id"], **value)

    assert stopped_by(billing, attack) == "billing.settlement.value_differs"


def test_a_credit_note_is_worth_its_lines(billing: Billing, story: dict[str, Any]) -> None:
    def attack(connection: Connection) -> None:
        key = new_id()
        made = forge(connection, api.customer_credit_entry, settlement_id=key, amount=Decimal("500.00"))
        value = {**NOTHING, "value_amount": Decimal("500.00"), "credit_amount": Decimal("500.00")}
        head(connection, story, "note", id=key, command_id=made["command_id"], **value)

    assert stopped_by(billing, attack) == "billing.settlement.value_differs"


def test_nobody_settles_anothers_debt(billing: Billing, story: dict[str, Any]) -> None:
    def attack(connection: Connection) -> None:
        key = new_id()
        entry = {"settlement_id": key, "principal_amount": Decimal("1.00")}
        made = forge(connection, api.receivable_entry, {"principal_amount": Decimal("100.00")}, **entry)
        value = {**NOTHING, "value_amount": Decimal("1.00"), "principal_amount": Decimal("1.00")}
        more = {"kind": "write_off", "reason": "x", "party_id": story["other"]}
        head(connection, story, id=key, command_id=made["command_id"], **value, **more)

    assert stopped_by(billing, attack) == "billing.settlement.other_party"


def test_a_reversal_is_the_opposite_of_what_it_reverses(billing: Billing, story: dict[str, Any]) -> None:
    more = {"kind": "reversal", "reason": "x", "reverses_id": story["paid"]}
    assert stopped_by(billing, lambda c: head(c, story, **NOTHING, **more)) == "billing.settlement.not_the_reversal"


def test_no_credit_is_spent_that_is_not_there(billing: Billing, story: dict[str, Any]) -> None:
    def attack(connection: Connection) -> None:
        forge(connection, api.customer_credit_entry, settlement_id=new_id(), amount=Decimal("-30.01"))

    assert stopped_by(billing, attack) == "billing.not_so_much_credit"


def test_no_more_is_credited_than_was_billed(billing: Billing, story: dict[str, Any]) -> None:
    for values in ({"quantity": Decimal("2")}, {"quantity": Decimal("1"), "net_amount": Decimal("100.01")}):

        def attack(connection: Connection, values: dict[str, Any] = values) -> None:
            forge(connection, api.credit_note_line, settlement_id=new_id(), **values)

        assert stopped_by(billing, attack) == "billing.credited_over"


def test_a_closed_till_takes_nothing_and_a_drawer_is_open_once(billing: Billing, story: dict[str, Any]) -> None:
    assert stopped_by(billing, lambda c: forge(c, api.till_entry)) == "billing.till_closed"
    assert (
        stopped_by(billing, lambda c: forge(c, api.settlement_money, {"method": "cash"}, settlement_id=new_id()))
        == "billing.till_closed"
    )
    billing.open_till()
    again = {"number": 900, "station": "outra"}
    assert stopped_by(billing, lambda c: forge(c, api.till_session, **again)) == "billing.till_open_already"
    more = {"number": 900, "money_account_id": billing.bank}
    assert stopped_by(billing, lambda c: forge(c, api.till_session, **more)) == "billing.till_open_already"


def test_money_moves_in_an_open_till_by_its_own_documents_alone(billing: Billing, story: dict[str, Any]) -> None:
    billing.open_till("50.00")

    def move(amount: str, connection: Connection) -> None:
        moved = {"money_account_id": billing.drawer, "kind": "transferred", "amount": Decimal(amount)}
        forge(connection, accounting.money_movement, {"source_table": "command_journal"}, **moved)

    for amount in ("-0.01", "0.01"):
        assert stopped_by(billing, partial(move, amount)) == "billing.till_in_use"


def test_a_till_is_closed_over_what_lies_in_it(billing: Billing, story: dict[str, Any]) -> None:
    till = billing.open_till("50.00")

    def hidden(connection: Connection) -> None:
        forge(connection, api.till_closing, session_id=till)

    assert stopped_by(billing, hidden) == "billing.till_moved"
    billing.do("withdraw_till", session_id=till, amount="50.00", to_account_id=billing.cash)

    def made_up(connection: Connection) -> None:
        values = {"counted_amount": Decimal("9.00"), "expected_amount": ZERO, "difference_amount": Decimal("9.00")}
        forge(connection, api.till_closing, session_id=till, **values)

    assert stopped_by(billing, made_up) == "billing.till_moved"
    taken = {"kind": "withdrawal", "amount": Decimal("-0.01"), "session_id": till}
    assert stopped_by(billing, lambda c: forge(c, api.till_entry, **taken)) == "billing.not_so_much_in_till"


def _execute(statement: Executable, connection: Connection) -> None:
    connection.execute(statement)


def test_ledgers_never_change_and_balances_never_go(billing: Billing, story: dict[str, Any]) -> None:
    contract = billing.do(
        "add_recurring", party_id=billing.customer, name="Contrato", starts_on=billing.office.today().isoformat(),
        lines=[{"product_id": billing.products[0], "unit_price": "1"}],
    )["id"]  # fmt: skip
    billing.do("issue_recurring", recurring_id=contract)
    for table in LEDGERS:
        for statement in (update(table).values(command_id=table.c.command_id), delete(table)):
            assert stopped_by(billing, partial(_execute, statement)) == "kernel.append_only", table.name
    for table in BALANCES:
        assert stopped_by(billing, partial(_execute, delete(table))) == "kernel.never_deleted", table.name


def test_a_period_is_billed_once_and_within_its_contract(billing: Billing, story: dict[str, Any]) -> None:
    assert stopped_by(billing, lambda c: forge(c, api.recurring_period)) == "billing.period_billed"
    early = {"period_on": billing.office.today().replace(year=2020)}
    assert stopped_by(billing, lambda c: forge(c, api.recurring_period, **early)) == "billing.recurring_ended"


def test_goods_that_nobody_reserved_are_billed_by_no_road(billing: Billing) -> None:
    """C7 past every handler: a forged invoice over a stock-kept line finds neither reservation nor shipment."""
    office = billing.office
    paper = office.do("catalog.add_product", code="P", name="Papel", price="10").value["id"]
    office.do("inventory.receive_stock", lines=[{"product_id": paper, "quantity": "30"}])
    lines = [{"product_id": paper, "quantity": "3"}]
    order = {"customer_id": billing.customer, "lines": lines, "promised_on": "2026-11-27"}
    waiting, billed = (office.do(("sales.create_quotation", order)).value["id"] for _ in range(2))
    for key in (waiting, billed):
        office.do("sales.confirm_order", order_id=key)
    invoice = office.do("sales.invoice_order", order_id=billed).value["invoice_id"]
    line = office.show("sales.order_lines", {"order_id": waiting}).rows[0].id

    def attack(connection: Connection) -> None:
        key = new_id()
        four = {"quantity": Decimal("4"), "source_line_id": line}
        forge(connection, api.invoice_line, {"invoice_id": invoice}, invoice_id=key, **four)
        forge(connection, api.instalment, {"invoice_id": invoice}, invoice_id=key)
        forge(connection, api.invoice, {"id": invoice}, id=key, source_id=waiting, number=900)

    assert stopped_by(billing, attack) == "billing.invoice.not_reserved"
    assert office.check() == []


def test_services_of_an_order_that_nobody_confirmed_are_billed_by_no_road(billing: Billing) -> None:
    """The other half of C7: the order guards what is billed for it, though billing knows no orders."""
    office = billing.office
    lines = [{"product_id": billing.products[0], "quantity": "1", "unit_price": "30"}]
    order = {"customer_id": billing.customer, "lines": lines, "promised_on": "2026-11-27"}
    quoted = office.do(("sales.create_quotation", order)).value["id"]
    done = billing.bill(billing.line("30"))

    def attack(connection: Connection) -> None:
        key = new_id()
        forge(connection, api.invoice_line, {"invoice_id": done["id"]}, invoice_id=key)
        forge(connection, api.instalment, {"invoice_id": done["id"]}, invoice_id=key)
        source = {"source_table": "sales_order", "source_id": quoted}
        forge(connection, api.invoice, {"id": done["id"]}, id=key, number=900, **source)

    assert stopped_by(billing, attack) == "sales.billed_unconfirmed"


def test_only_what_was_owed_before_the_program_is_annulled(billing: Billing, story: dict[str, Any]) -> None:
    def attack(connection: Connection) -> None:
        key = new_id()
        entry = {"settlement_id": key, "principal_amount": Decimal("1.00")}
        made = forge(connection, api.receivable_entry, {"principal_amount": Decimal("100.00")}, **entry)
        value = {**NOTHING, "value_amount": Decimal("1.00"), "principal_amount": Decimal("1.00")}
        more = {"kind": "annulment", "reason": "x"}
        head(connection, story, id=key, command_id=made["command_id"], **value, **more)

    assert stopped_by(billing, attack) == "billing.settlement.no_opening"
