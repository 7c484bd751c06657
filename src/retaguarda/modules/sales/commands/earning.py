"""Commissions follow billing: earned by an invoice or a payment, taken back by a credit note or a reversal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.billing.events import InvoiceCredited, InvoiceIssued, PaymentReceived, PaymentReversed
from retaguarda.modules.company import api as company
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.model import CommissionEntry

_R, _O, _E = api.commission_rule.c, api.sales_order.c, api.commission_entry.c
_HELD = company.person_role.c
_RE, _P, _I = billing.receivable_entry.c, billing.instalment.c, billing.invoice.c
_ORDER = bindparam("order_id", type_=Key())
_SETTLEMENT = bindparam("settlement_id", type_=Key())
_CENT = Decimal("0.01")

# The person's own rule first; of several roles the one that gives most.
RULES_OF = Statement(
    select(_O.seller_id, _R.basis, _R.rate)
    .select_from(
        api.sales_order.join(
            api.commission_rule,
            and_(
                _R.active,
                or_(
                    _R.person_id == _O.seller_id,
                    _R.role_id.in_(
                        select(_HELD.role_id)
                        .where(_HELD.person_id == _O.seller_id, _HELD.active)
                        .correlate(api.sales_order)
                    ),
                ),
            ),
        )
    )
    .where(_O.id == _ORDER)
    .order_by(_R.person_id.is_(None), _R.rate.desc())
    .limit(1)
)
EARNED = Statement(select(_E.seller_id, _E.basis, _E.rate).where(_E.order_id == _ORDER).order_by(_E.at).limit(1))
PAID = Statement(
    select(_I.source_id, func.sum(_RE.principal_amount).label("amount"))
    .select_from(
        billing.receivable_entry.join(billing.instalment, _P.id == _RE.receivable_id).join(
            billing.invoice, _I.id == _P.invoice_id
        )
    )
    .where(_RE.settlement_id == _SETTLEMENT, _I.source_table == api.DOCUMENT)
    .group_by(_I.source_id)
)
OFF_WHAT_IS_OWED = Statement(
    select(func.coalesce(func.sum(_RE.principal_amount), Decimal("0.00")).label("amount")).where(
        _RE.settlement_id == _SETTLEMENT
    )
)


def invoice_issued(unit: Unit, event: InvoiceIssued) -> None:
    """Earned by the sale."""
    if event.source_table != api.DOCUMENT:
        return
    rule = _rule_of(unit, event.source_id)
    if rule is not None and rule.basis == rules.ON_SALE:
        _append(unit, [_entry(unit, rule, event.source_id, ("invoice", event.invoice_id), event.total_amount)])


def payment_received(unit: Unit, event: PaymentReceived) -> None:
    """Earned by what came in of orders whose sellers earn on receipt."""
    _received(unit, event.settlement_id)


def payment_reversed(unit: Unit, event: PaymentReversed) -> None:
    """Money that did not come after all earns nothing."""
    if event.kind == "payment":
        _received(unit, event.settlement_id)


def _rule_of(unit: Unit, order_id: str) -> Any:
    """The rule an order's seller earns by now; an order that is billed and paid in one go asks once."""
    key = (RULES_OF, order_id)
    if key not in unit.memo:
        unit.memo[key] = unit.one(RULES_OF, order_id=order_id)
    return unit.memo[key]


def _received(unit: Unit, settlement_id: str) -> None:
    rows = []
    for paid in unit.all(PAID, settlement_id=settlement_id):
        back = paid.amount < 0
        rule = unit.one(EARNED, order_id=paid.source_id) if back else _rule_of(unit, paid.source_id)
        if rule is not None and rule.basis == rules.ON_RECEIPT:
            rows.append(_entry(unit, rule, paid.source_id, ("settlement", settlement_id), paid.amount))
    _append(unit, rows)


def invoice_credited(unit: Unit, event: InvoiceCredited) -> None:
    """What comes back takes its commission back, at the rate it was earned with."""
    if event.source_table != api.DOCUMENT:
        return
    earned = unit.one(EARNED, order_id=event.source_id)
    if earned is None:
        return
    amount = event.total_amount
    if earned.basis == rules.ON_RECEIPT:
        # What was not paid yet had earned nothing.
        off = unit.one(OFF_WHAT_IS_OWED, settlement_id=event.settlement_id)
        assert off is not None
        amount -= off.amount
    _append(unit, [_entry(unit, earned, event.source_id, ("settlement", event.settlement_id), -amount)])


def _entry(unit: Unit, rule: Any, order_id: str, source: tuple[str, str], base: Decimal) -> dict[str, Any]:
    return {
        "seller_id": rule.seller_id,
        "order_id": order_id,
        "basis": rule.basis,
        "source_table": source[0],
        "source_id": source[1],
        "base_amount": base,
        "rate": rule.rate,
        "commission_amount": (base * rule.rate).quantize(_CENT, rounding=ROUND_HALF_UP),
        "on_day": unit.today,
    }


def _append(unit: Unit, rows: Sequence[dict[str, Any]]) -> None:
    unit.append(CommissionEntry, [row for row in rows if row["base_amount"]])
