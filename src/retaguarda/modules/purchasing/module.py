"""Purchasing: suppliers' prices, orders, what comes of them."""

from __future__ import annotations

from retaguarda.kernel.bulk import Bulk
from retaguarda.kernel.module import DocumentSpec, Handled, Job, Listener, Module
from retaguarda.modules.purchasing import documents, events, jobs, listeners, model, queries, screens
from retaguarda.modules.purchasing.commands import (
    changes,
    invoices,
    lateness,
    openings,
    orders,
    payments,
    prices,
    receiving,
    requests,
    returns,
)

_ORDERS = ("purchasing.orders", "id")
_PRICES = ("purchasing.supplier_prices", "id")
_ASKED = ("purchasing.requisitions", "id")
_INVOICES = ("purchasing.invoices", "id")
_OPENINGS = ("purchasing.openings", "id")
_POINTS = ("purchasing.reorder_points", "id")
ASKS = ("purchasing.read_requisitions", "purchasing.request_goods")
READS = ("purchasing.read", "purchasing.read_requisitions")
POINTS = ("purchasing.set_reorder_point", "purchasing.remove_reorder_point")
PRICES = ("purchasing.set_supplier_price", "purchasing.end_supplier_price")
BUYS = (
    *READS,
    *PRICES,
    *POINTS,
    "purchasing.create_order",
    "purchasing.place_order",
    "purchasing.revise_order",
    "purchasing.send_order",
    "purchasing.confirm_order",
    "purchasing.amend_order",
    "purchasing.postpone_order",
    "purchasing.close_order",
    "purchasing.cancel_order",
    "purchasing.return_goods",
    "purchasing.approve_invoice",
    "purchasing.refuse_invoice",
    "purchasing.read_payables",
    "purchasing.request_goods",
    "purchasing.refuse_requisition",
    "purchasing.order_proposals",
    "purchasing.review_late_orders",
)
# Who keeps the stock says what is needed and what became of it; prices and orders are the buyer's.
KEEPS = (
    *READS,
    *POINTS,
    "purchasing.postpone_order",
    "purchasing.close_order",
    "purchasing.receive_order",
    "purchasing.return_goods",
    "purchasing.request_goods",
    "purchasing.review_late_orders",
)
# Who enters an invoice and pays it does not approve what it differs in.
PAYS = (
    *READS,
    "purchasing.read_payables",
    "purchasing.record_invoice",
    "purchasing.refuse_invoice",
    "purchasing.pay_payables",
    "purchasing.reverse_payment",
)

_SAID = ("minimum_quantity", "maximum_quantity", "lead_days")
_SET_POINTS = tuple(
    Bulk(
        queries=("purchasing.reorder_points",),
        text=f"purchasing.field.{name}",
        given={one: one for one in ("product_id", "warehouse_id", "supplier_id", *_SAID) if one != name},
        field=name,
        show="whole" if name == "lead_days" else "quantity",
    )
    for name in _SAID
)

MODULE = Module(
    name="purchasing",
    needs=("company", "imports", "party", "catalog", "accounting", "inventory"),
    models=tuple(getattr(model, name) for name in model.__all__),
    commands=(
        Handled(prices.SetSupplierPrice, prices.set_supplier_price, rows=_PRICES, undo="purchasing.end_supplier_price"),
        Handled(prices.EndSupplierPrice, prices.end_supplier_price, rows=_PRICES),
        Handled(
            prices.SetReorderPoint,
            prices.set_reorder_point,
            rows=_POINTS,
            undo="purchasing.remove_reorder_point",
            bulk=_SET_POINTS,
        ),
        Handled(prices.RemoveReorderPoint, prices.remove_reorder_point, rows=_POINTS),
        Handled(orders.CreateOrder, orders.create_order, rows=_ORDERS, undo="purchasing.cancel_order"),
        Handled(orders.PlaceOrder, orders.place_order, rows=_ORDERS, undo="purchasing.cancel_order"),
        Handled(orders.ReviseOrder, orders.revise_order, rows=_ORDERS),
        Handled(orders.SendOrder, orders.send_order, rows=_ORDERS, undo="purchasing.cancel_order"),
        Handled(orders.ConfirmOrder, orders.confirm_order, rows=_ORDERS),
        Handled(changes.AmendOrder, changes.amend_order, rows=_ORDERS),
        Handled(changes.PostponeOrder, changes.postpone_order, rows=_ORDERS),
        Handled(requests.RequestGoods, requests.request_goods, rows=_ASKED, undo="purchasing.refuse_requisition"),
        Handled(requests.RefuseRequisition, requests.refuse_requisition, rows=_ASKED),
        Handled(requests.OrderProposals, requests.order_proposals),
        Handled(lateness.ReviewLateOrders, lateness.review_late_orders),
        Handled(receiving.ReceiveOrder, receiving.receive_order, rows=_ORDERS, undo="reversal"),
        Handled(returns.ReturnGoods, returns.return_goods, rows=("purchasing.returns", "id"), undo="reversal"),
        Handled(invoices.RecordInvoice, invoices.record_invoice, rows=_INVOICES, undo="reversal"),
        Handled(invoices.ApproveInvoice, invoices.approve_invoice, rows=_INVOICES),
        Handled(invoices.RefuseInvoice, invoices.refuse_invoice, rows=_INVOICES),
        Handled(
            openings.RecordOpeningPayable,
            openings.record_opening_payable,
            rows=_OPENINGS,
            undo="purchasing.reverse_opening_payable",
        ),
        Handled(openings.ReverseOpeningPayable, openings.reverse_opening_payable, rows=_OPENINGS),
        Handled(
            payments.PayPayables,
            payments.pay_payables,
            rows=("purchasing.payments", "id"),
            undo="purchasing.reverse_payment",
        ),
        Handled(payments.ReversePayment, payments.reverse_payment, rows=("purchasing.payments", "id")),
        Handled(orders.CloseOrder, orders.close_order, rows=_ORDERS),
        Handled(orders.CancelOrder, orders.cancel_order, rows=_ORDERS),
    ),
    queries=queries.ALL,
    listeners=(
        Listener("imports.BatchUndone", "purchasing.undo_import", listeners.undo_import),
        Listener("catalog.ProductsMerged", "purchasing.products_merged", listeners.products_merged),
        Listener("catalog.ProductsUnmerged", "purchasing.products_unmerged", listeners.products_unmerged),
    ),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    documents=(DocumentSpec("purchasing.order", "purchasing.read", documents.order),),
    jobs=(
        Job(
            "purchasing.job.late_orders",
            6 * 3600,
            jobs.review_late_orders,
            ("purchasing.read", "purchasing.review_late_orders"),
        ),
    ),
    events=(
        events.PurchaseOrderSent,
        events.PurchaseOrderConfirmed,
        events.PurchaseOrderPostponed,
        events.PurchaseOrderEnded,
        events.GoodsReceived,
        events.SupplierInvoicePosted,
        events.SupplierPaid,
        events.GoodsReturned,
    ),
    failures=(receiving.SHORT, orders.LATE),
    permissions=("purchasing.read", "purchasing.read_payables", "purchasing.read_requisitions"),
    grants={
        "commercial": BUYS,
        "stock": KEEPS,
        "finance": PAYS,
        "sales": ASKS,
        "relations": ASKS,
        "picking": ASKS,
        "shipping": ASKS,
        "delivery": ASKS,
        "analyst": (*READS, "purchasing.review_late_orders", "purchasing.read_payables", *PRICES, *POINTS),
        # Who pays does not say what was owed before.
        "accounting": (
            *READS,
            "purchasing.read_payables",
            "purchasing.record_opening_payable",
            "purchasing.reverse_opening_payable",
        ),
    },
    guards={
        "uq_purchase_order_line_order_id_product_id": "purchasing.twice",
        "uq_reorder_point_product_id_warehouse_id": "purchasing.point_set_meanwhile",
        "ck_purchase_line_balance_returned": "purchasing.more_than_received",
        "ck_purchase_line_balance_credited": "purchasing.more_than_invoiced",
        "ck_payable_open": "purchasing.more_than_due",
        "uq_supplier_invoice_supplier_id_supplier_series_supplier_number": "purchasing.invoice_twice",
        "uq_opening_payable_supplier_id_number": "purchasing.opening_twice",
        "uq_payable_entry_payable_id_document_id_kind": "purchasing.payment_reversed",
        "uq_supplier_price_supplier_id_product_id_least_quantity": "purchasing.price_overlap",
    },
    proofs=queries.PROOFS,
    uses=queries.USES,
    data_rules=queries.DATA_RULES,
)
