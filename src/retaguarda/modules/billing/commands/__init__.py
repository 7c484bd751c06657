"""What billing does: payments, credit notes, debts, tills, recurring invoices."""

from retaguarda.modules.billing.commands.crediting import CreditInvoice, credit_invoice
from retaguarda.modules.billing.commands.debts import (
    RefundCredit,
    RenegotiateDebt,
    ReverseWriteOff,
    WriteOffDebt,
    refund_credit,
    renegotiate_debt,
    reverse_write_off,
    write_off_debt,
)
from retaguarda.modules.billing.commands.openings import (
    RecordOpeningReceivable,
    ReverseOpeningReceivable,
    record_opening_receivable,
    reverse_opening_receivable,
)
from retaguarda.modules.billing.commands.receiving import (
    ReceivePayment,
    ReversePayment,
    receive_payment,
    reverse_payment,
)
from retaguarda.modules.billing.commands.recurring import (
    AddRecurring,
    EndRecurring,
    IssueRecurring,
    ReviseRecurring,
    add_recurring,
    end_recurring,
    issue_recurring,
    revise_recurring,
)
from retaguarda.modules.billing.commands.tills import (
    CloseTill,
    OpenTill,
    SupplyTill,
    WithdrawTill,
    close_till,
    open_till,
    supply_till,
    withdraw_till,
)

__all__ = [
    "AddRecurring",
    "CloseTill",
    "CreditInvoice",
    "EndRecurring",
    "IssueRecurring",
    "OpenTill",
    "ReceivePayment",
    "RecordOpeningReceivable",
    "RefundCredit",
    "RenegotiateDebt",
    "ReverseOpeningReceivable",
    "ReversePayment",
    "ReverseWriteOff",
    "ReviseRecurring",
    "SupplyTill",
    "WithdrawTill",
    "WriteOffDebt",
    "add_recurring",
    "close_till",
    "credit_invoice",
    "end_recurring",
    "issue_recurring",
    "open_till",
    "receive_payment",
    "record_opening_receivable",
    "refund_credit",
    "renegotiate_debt",
    "reverse_opening_receivable",
    "reverse_payment",
    "reverse_write_off",
    "revise_recurring",
    "supply_till",
    "withdraw_till",
    "write_off_debt",
]
