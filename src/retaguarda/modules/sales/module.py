"""Sales: from the first contact to the promise, its change and its end."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import case, func, literal, or_, select

from retaguarda.kernel.module import DocumentSpec, Handled, Listener, Module, Proof
from retaguarda.modules.billing import api as billing
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api, documents, events, listeners, migrations, model, queries, rules, screens
from retaguarda.modules.sales.commands import (
    amendments,
    billed_orders,
    commissions,
    contacts,
    counter,
    orders,
    quotations,
    reserving,
    returns,
)
from retaguarda.modules.sales.commands.approving import EXCEED_CREDIT, SELL_BELOW_FLOOR

_ORDERS = ("sales.orders", "id")
_O, _L, _P = api.sales_order.c, api.sales_order_line.c, api.promise.c

_R, _RL, _M = api.sales_return.c, api.sales_return_line.c, inventory.stock_move.c
_OUT = (
    select(func.coalesce(func.sum(case((_M.kind == "ship", _M.quantity), else_=-_M.quantity)), Decimal(0)))
    .where(_M.line_id == _L.id, or_(_M.kind == "ship", _M.kind == "return"), _M.document_table != api.RETURN)
    .scalar_subquery()
)
_BACK = select(func.coalesce(func.sum(_RL.quantity), Decimal(0))).where(_RL.line_id == _L.id).scalar_subquery()
_LINE_SUM = (
    select(func.coalesce(func.sum(_L.net_amount), Decimal(0))).where(_L.order_id == _O.id, _L.active).scalar_subquery()
)
_LAST_DAY = (
    select(func.max(_P.promised_on))
    .where(_P.order_id == _O.id, _P.turn == api.last_turn, _P.quantity > Decimal(0))
    .scalar_subquery()
)
_PROMISED = select(_P.id).where(_P.line_id == _L.id).exists()
_STANDS = or_(*(_O.state == state for state in (rules.CONFIRMED, rules.HELD, rules.CLOSED)))

READS = ("sales.read", "sales.read_contacts", "sales.read_internal", "sales.read_credit")
READ_COMMISSIONS = queries.commissions.permission
READ_SOLD = queries.SOLD[0].permission
READS_SUMS = (READ_COMMISSIONS, READ_SOLD)
READ_APPROVALS = queries.approvals.permission
SELLS = (
    *READS,
    "sales.log_contact",
    "sales.create_quotation",
    "sales.create_order",
    "sales.revise_quotation",
    "sales.decline_quotation",
    "sales.confirm_order",
    "sales.place_order",
    "sales.hold_order",
    "sales.resume_order",
    "sales.amend_order",
    "sales.reserve_again",
    "sales.cancel_order",
    "sales.return_order",
    "sales.sell_at_counter",
    "sales.exchange_goods",
)

MODULE = Module(
    name="sales",
    needs=("company", "imports", "party", "catalog", "inventory", "billing"),
    models=(
        model.Approval,
        model.CommissionEntry,
        model.CommissionRule,
        model.ContactLog,
        model.CounterCustomer,
        model.CounterSale,
        model.SalesOrder,
        model.SalesOrderLine,
        model.PromiseConsent,
        model.Promise,
        model.PromiseResult,
        model.SalesReturn,
        model.SalesReturnLine,
    ),
    migrations=migrations.MIGRATIONS,
    commands=(
        Handled(contacts.LogContact, contacts.log_contact, rows=("sales.contacts", "id")),
        Handled(quotations.CreateQuotation, quotations.create_quotation, rows=_ORDERS, undo="sales.decline_quotation"),
        Handled(quotations.CreateOrder, quotations.create_order, rows=_ORDERS, undo="sales.decline_quotation"),
        Handled(quotations.ReviseQuotation, quotations.revise_quotation, rows=_ORDERS),
        Handled(quotations.DeclineQuotation, quotations.decline_quotation, rows=_ORDERS),
        Handled(orders.PlaceOrder, orders.place_order, rows=_ORDERS, undo="sales.cancel_order"),
        Handled(orders.ConfirmOrder, orders.confirm_order, rows=_ORDERS, undo="sales.cancel_order"),
        Handled(orders.HoldOrder, orders.hold_order, rows=_ORDERS, undo="sales.resume_order"),
        Handled(orders.ResumeOrder, orders.resume_order, rows=_ORDERS, undo="sales.hold_order"),
        Handled(orders.CancelOrder, orders.cancel_order, rows=_ORDERS),
        Handled(billed_orders.CancelBilledOrder, billed_orders.cancel_billed_order, rows=_ORDERS),
        Handled(orders.InvoiceOrder, orders.invoice_order, rows=_ORDERS),
        Handled(amendments.AmendOrder, amendments.amend_order, rows=_ORDERS),
        Handled(reserving.AwaitGoods, reserving.await_goods, rows=_ORDERS),
        Handled(reserving.ReserveAgain, reserving.reserve_again, rows=_ORDERS),
        Handled(commissions.SetCommission, commissions.set_commission, rows=("sales.commission_rules", "id")),
        Handled(commissions.EndCommission, commissions.end_commission),
        Handled(returns.ReturnOrder, returns.return_order, rows=("sales.returns", "id")),
        Handled(counter.SellAtCounter, counter.sell_at_counter, rows=_ORDERS),
        Handled(counter.ExchangeGoods, counter.exchange_goods, rows=_ORDERS),
    ),
    queries=(
        queries.orders,
        queries.order_card,
        queries.order_notes,
        queries.order_draft,
        queries.order_lines,
        queries.contacts,
        queries.promises,
        queries.recall,
        queries.piece_buyers,
        queries.customer_card,
        queries.customer_credit,
        queries.approvals,
        queries.commission_rules,
        queries.commissions,
        queries.counter_sales,
        queries.counter_payments,
        queries.returns,
        queries.return_draft,
        queries.returnable_lines,
        queries.return_lines,
        *queries.SOLD,
    ),
    screens=screens.SCREENS,
    documents=(
        DocumentSpec("sales.order", "sales.read", documents.order),
        DocumentSpec("sales.commission_report", queries.commissions.permission, documents.commission_report),
        DocumentSpec("sales.counter_receipt", "sales.read", documents.counter_receipt),
    ),
    places=screens.PLACES,
    slots=screens.SLOTS,
    events=(
        events.ContactLogged,
        events.OrderQuoted,
        events.QuotationDeclined,
        events.OrderConfirmed,
        events.OrderHeld,
        events.OrderResumed,
        events.OrderCancelled,
        events.OrderAmended,
        events.OrderShortened,
        events.OrderInvoiced,
        events.OrderClosed,
        events.CounterSold,
        events.OrderReturned,
    ),
    listeners=(
        Listener("imports.BatchUndone", "sales.undo_import", orders.undo_import),
        Listener("party.PartiesMerged", "sales.parties_merged", listeners.parties_merged),
        Listener("catalog.ProductsMerged", "sales.products_merged", listeners.products_merged),
        Listener("billing.InvoiceIssued", "sales.invoice_issued", listeners.invoice_issued),
        Listener("billing.InvoiceCredited", "sales.invoice_credited", listeners.invoice_credited),
        Listener("billing.PaymentReceived", "sales.payment_received", listeners.payment_received),
        Listener("billing.PaymentReversed", "sales.payment_reversed", listeners.payment_reversed),
    ),
    failures=(
        orders.CONFIRM_SHORT,
        orders.PLACE_SHORT,
        orders.CONFIRM_CREDIT,
        orders.PLACE_CREDIT,
        amendments.AMEND_CREDIT,
        amendments.AMEND_SHORT,
        reserving.SHORT,
        counter.SHORT,
        "sales.invoice_order.not_reserved",
    ),
    permissions=(
        *READS,
        READ_APPROVALS,
        EXCEED_CREDIT,
        SELL_BELOW_FLOOR,
        returns.PAY_BACK,
        READ_COMMISSIONS,
        READ_SOLD,
    ),
    grants={
        "sales": SELLS,
        "commercial": (
            *SELLS,
            "sales.await_goods",
            *READS_SUMS,
            READ_APPROVALS,
            EXCEED_CREDIT,
            SELL_BELOW_FLOOR,
            returns.PAY_BACK,
            "sales.cancel_billed_order",
        ),
        "relations": (*READS, "sales.log_contact", "sales.create_quotation", "sales.create_order"),
        "finance": (
            *READS,
            READ_APPROVALS,
            EXCEED_CREDIT,
            returns.PAY_BACK,
            *READS_SUMS,
            "sales.cancel_billed_order",
            "sales.set_commission",
            "sales.end_commission",
            "sales.return_order",
            "sales.invoice_order",
            "sales.reserve_again",
            "sales.hold_order",
            "sales.resume_order",
        ),
        "analyst": (
            *READS,
            READ_SOLD,
            READ_APPROVALS,
            "sales.log_contact",
            "sales.reserve_again",
            "sales.hold_order",
            "sales.resume_order",
        ),
        "stock": ("sales.read", "sales.reserve_again", "sales.await_goods"),
        "picking": ("sales.read", "sales.reserve_again"),
        "shipping": ("sales.read",),
        "delivery": ("sales.read",),
        "accounting": ("sales.read", READ_SOLD, "sales.read_credit"),
        "marketing": ("sales.read", "sales.read_contacts"),
        "legal": ("sales.read", "sales.read_contacts", "sales.read_credit"),
    },
    guards={"uq_counter_customer_single": "kernel.busy"},
    proofs=(
        Proof(
            "sales.returned_within_delivered",
            select(_L.id, _OUT.label("expected"), _BACK.label("found")).where(_L.kind == rules.STOCK, _BACK > _OUT),
        ),
        Proof(
            "sales.returns_are_credited",
            select(_R.id, _R.value_amount.label("expected"), billing.settlement.c.value_amount.label("found"))
            .join(billing.settlement, billing.settlement.c.id == _R.credit_note_id)
            .where(billing.settlement.c.value_amount != _R.value_amount),
        ),
        Proof(
            "sales.counter_sales_are_closed",
            select(_O.id, literal(rules.CLOSED).label("expected"), _O.state.label("found"))
            .join(api.counter_sale, api.counter_sale.c.order_id == _O.id)
            .where(_O.state != rules.CLOSED),
        ),
        Proof(
            "sales.order_total_equals_lines",
            select(_O.id, _LINE_SUM.label("expected"), _O.total_amount.label("found")).where(
                _O.total_amount != _LINE_SUM
            ),
        ),
        Proof(
            "sales.confirmed_lines_are_promised",
            select(_L.id, _O.number.label("expected"), literal(0).label("found"))
            .join(api.sales_order, _O.id == _L.order_id)
            .where(_STANDS, _L.active, ~_PROMISED),
        ),
        Proof(
            "sales.promised_day_equals_promises",
            select(_O.id, _LAST_DAY.label("expected"), _O.promised_on.label("found")).where(
                _STANDS, _O.promised_on != _LAST_DAY
            ),
        ),
    ),
    uses=queries.USES,
    data_rules=queries.DATA_RULES,
)
