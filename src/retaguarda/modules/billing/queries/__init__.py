"""What screens, scripts and papers ask of billing."""

from retaguarda.modules.billing.queries import (
    accounts,
    choices,
    dues,
    invoices,
    openings,
    receivables,
    recurring,
    settlements,
    tills,
)
from retaguarda.modules.billing.queries.fitness import DATA_RULES, USES
from retaguarda.modules.billing.queries.proofs import PROOFS

ALL = (
    invoices.invoices,
    invoices.invoice_card,
    invoices.invoice_lines,
    invoices.instalments,
    invoices.credit_draft,
    receivables.receivables,
    receivables.receivable_choices,
    receivables.payment_draft,
    receivables.customer_payment_draft,
    openings.openings,
    accounts.ageing,
    dues.due_weeks,
    accounts.receivable_figures,
    accounts.customer_accounts,
    settlements.settlements,
    settlements.settlement_card,
    settlements.settled,
    settlements.settlement_moneys,
    settlements.credit_note_lines,
    settlements.statement_head,
    settlements.statement,
    tills.tills,
    tills.till_card,
    tills.till_entries,
    tills.till_methods,
    recurring.recurring,
    recurring.recurring_periods,
    choices.money_account_choices,
    choices.invoice_line_choices,
)

__all__ = ["ALL", "DATA_RULES", "PROOFS", "USES"]
