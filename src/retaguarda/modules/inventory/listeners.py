"""What the inventory does when the company or a branch of it is new, and of which products no two become one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, bindparam, or_, select

from retaguarda.kernel.command import name_of
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.literal import number
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.catalog.events import ProductsMerged
from retaguarda.modules.company import api as company
from retaguarda.modules.company.events import BranchAdded, CompanyCreated
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.commands import RecordOpeningStock
from retaguarda.modules.inventory.commands.opening import take_back

_PRODUCT = bindparam("product_id", type_=Key())
_B, _N, _E, _K = api.stock_balance.c, api.bin_balance.c, api.expected_movement.c, api.kit_part.c
_S, _L = api.count_sheet.c, api.count_sheet_line.c


def _some(of: Any, *names: str) -> ColumnElement[bool]:
    """Whether one of these quantities, or what may be short, is there."""
    return or_(*(of[name] != number(0) for name in (*names, "allowed_negative")))


LEFT = {
    "stock": Statement(
        select(_B.product_id).where(_B.product_id == _PRODUCT, _some(_B, "on_hand", "held", "reserved"))
    ),
    "places": Statement(select(_N.product_id).where(_N.product_id == _PRODUCT, _some(_N, "on_hand", "held", "picked"))),
    "expected": Statement(select(_E.id).where(_E.product_id == _PRODUCT, _E.quantity != number(0))),
    "kit": Statement(select(_K.id).where(or_(_K.kit_id == _PRODUCT, _K.component_id == _PRODUCT), _K.active)),
    "count": Statement(
        select(_L.id).join(api.count_sheet, _S.id == _L.sheet_id).where(_L.product_id == _PRODUCT, _S.state == "open")
    ),
}
"""What may be left of a product, each as a select that gives a row where something is."""


def company_created(unit: Unit, event: CompanyCreated) -> None:
    """Gives the first branch its main warehouse."""
    api.seed_warehouse(unit, event.branch_id, "1", event.language)


def branch_added(unit: Unit, event: BranchAdded) -> None:
    """Gives a further branch its main warehouse."""
    facts = company.the_company(unit)
    assert facts is not None, "a branch belongs to a company"
    api.seed_warehouse(unit, event.branch_id, event.code, facts.language)


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """Opening stock that an import had brought is as if it had never been; refused where something was built on it."""
    if event.brings == name_of(RecordOpeningStock):
        take_back(unit, imports.brought_in(unit, event.batch_id))


def products_merged(unit: Unit, event: ProductsMerged) -> None:
    """Refuses a record of which something is left: its goods would lie where nobody sells them."""
    for left, statement in LEFT.items():
        if unit.one(statement, product_id=event.merged_id) is not None:
            name = catalog.products(unit, [event.merged_id])[event.merged_id].name
            raise Refusal(f"inventory.merged.{'stock' if left == 'places' else left}", name=name)
