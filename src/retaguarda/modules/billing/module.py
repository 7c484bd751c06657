"""Billing: invoices, credit notes, what customers owe and pay, tills, recurring invoices, all with their papers."""

from __future__ import annotations

from retaguarda.kernel.module import DocumentSpec, Handled, Job, Listener, Module
from retaguarda.modules.billing import (
    commands,
    documents,
    events,
    jobs,
    listeners,
    migrations,
    model,
    queries,
    screens,
)
from retaguarda.modules.billing.api.receiving import WAIVE
from retaguarda.modules.billing.commands.tills import ANY_TILL
from retaguarda.modules.billing.queries.parts import READ, READ_TILLS

_SETTLEMENT = ("billing.settlements", "id")
_TILL = ("billing.tills", "id")
_OPENING = ("billing.openings", "id")
_RECURRING = ("billing.recurring", "id")
_READER = (READ,)
_CASHIER = (
    READ,
    READ_TILLS,
    "billing.receive_payment",
    "billing.open_till",
    "billing.supply_till",
    "billing.withdraw_till",
    "billing.close_till",
)
_CONTRACTS = ("billing.add_recurring", "billing.revise_recurring", "billing.end_recurring")

MODULE = Module(
    name="billing",
    needs=("company", "imports", "party", "catalog", "accounting", "inventory"),
    models=tuple(getattr(model, name) for name in model.__all__),
    migrations=migrations.MIGRATIONS,
    commands=(
        Handled(commands.ReceivePayment, commands.receive_payment, rows=_SETTLEMENT, undo="reversal"),
        Handled(commands.ReversePayment, commands.reverse_payment, rows=_SETTLEMENT),
        Handled(commands.CreditInvoice, commands.credit_invoice, rows=_SETTLEMENT),
        Handled(commands.RefundCredit, commands.refund_credit, rows=_SETTLEMENT),
        Handled(commands.RenegotiateDebt, commands.renegotiate_debt, rows=_SETTLEMENT),
        Handled(commands.WriteOffDebt, commands.write_off_debt, rows=_SETTLEMENT, undo="reversal"),
        Handled(commands.ReverseWriteOff, commands.reverse_write_off, rows=_SETTLEMENT),
        Handled(
            commands.RecordOpeningReceivable,
            commands.record_opening_receivable,
            rows=_OPENING,
            undo="billing.reverse_opening_receivable",
        ),
        Handled(commands.ReverseOpeningReceivable, commands.reverse_opening_receivable, rows=_OPENING),
        Handled(commands.OpenTill, commands.open_till, rows=_TILL),
        Handled(commands.SupplyTill, commands.supply_till, rows=_TILL),
        Handled(commands.WithdrawTill, commands.withdraw_till, rows=_TILL),
        Handled(commands.CloseTill, commands.close_till, rows=_TILL),
        Handled(commands.AddRecurring, commands.add_recurring, rows=_RECURRING, undo="billing.end_recurring"),
        Handled(commands.ReviseRecurring, commands.revise_recurring, rows=_RECURRING),
        Handled(commands.EndRecurring, commands.end_recurring, rows=_RECURRING),
        Handled(commands.IssueRecurring, commands.issue_recurring, rows=_RECURRING),
    ),
    queries=queries.ALL,
    documents=(
        DocumentSpec("billing.invoice", READ, documents.invoice),
        DocumentSpec("billing.receipt", READ, documents.receipt),
        DocumentSpec("billing.credit_note", READ, documents.credit_note),
        DocumentSpec("billing.customer_statement", READ, documents.statement),
        DocumentSpec("billing.till_closing", READ_TILLS, documents.till_closing),
    ),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    listeners=(
        Listener("accounting.BooksOpened", "billing.books_opened", listeners.books_opened),
        Listener("imports.BatchUndone", "billing.undo_import", listeners.undo_import),
        Listener("catalog.ProductsMerged", "billing.products_merged", listeners.products_merged),
    ),
    jobs=(Job("billing.job.recurring", 3600, jobs.issue_due, ("billing.read", "billing.issue_recurring")),),
    events=(
        events.InvoiceIssued,
        events.InvoiceCredited,
        events.PaymentReceived,
        events.PaymentReversed,
        events.TillClosed,
    ),
    permissions=(READ, READ_TILLS, WAIVE, ANY_TILL),
    guards={
        "uq_invoice_source_table_source_id": "billing.already_billed",
        "uq_opening_receivable_party_id_number": "billing.opening_twice",
        "uq_recurring_period_recurring_id_period_on": "billing.period_billed",
        "uq_settlement_reverses_id": "billing.already_reversed",
        "uq_till_balance_money_account_id": "billing.till_open_already",
        "uq_till_balance_branch_id_station": "billing.till_open_already",
        "ck_receivable_settled": "billing.paid_over",
        "ck_customer_credit_amount": "billing.not_so_much_credit",
        "ck_credited_line_credited": "billing.credited_over",
        "ck_till_balance_cash": "billing.not_so_much_in_till",
    },
    grants={
        "sales": _CASHIER,
        "commercial": (*_CASHIER, *_CONTRACTS, ANY_TILL, WAIVE, "billing.credit_invoice"),
        "finance": (
            *_CASHIER,
            *_CONTRACTS,
            ANY_TILL,
            WAIVE,
            "billing.issue_recurring",
            "billing.reverse_payment",
            "billing.credit_invoice",
            "billing.refund_credit",
            "billing.renegotiate_debt",
        ),
        # Who receives does not give up what is owed.
        "accounting": (
            READ,
            READ_TILLS,
            "billing.write_off_debt",
            "billing.reverse_write_off",
            "billing.record_opening_receivable",
            "billing.reverse_opening_receivable",
        ),
        "relations": _READER,
        "shipping": _READER,
        "analyst": (READ, READ_TILLS),
    },
    proofs=queries.PROOFS,
    uses=queries.USES,
    data_rules=queries.DATA_RULES,
)
