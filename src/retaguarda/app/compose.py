"""The composition root: the one list of modules and packs, and the registry built from it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from retaguarda.kernel import case, failure, job, journal, outbox, reference, schema, series  # noqa: F401 - their tables
from retaguarda.kernel.module import Module, Registry
from retaguarda.kernel.screen.book import ScreenBook
from retaguarda.kernel.screen.screens import SavedViews
from retaguarda.kernel.steps import Steps
from retaguarda.modules.accounting.module import MODULE as ACCOUNTING
from retaguarda.modules.billing.module import MODULE as BILLING
from retaguarda.modules.catalog.module import MODULE as CATALOG
from retaguarda.modules.company.module import MODULE as COMPANY
from retaguarda.modules.company.ports import PermissionNames
from retaguarda.modules.contingency.module import MODULE as CONTINGENCY
from retaguarda.modules.delivery.module import MODULE as DELIVERY
from retaguarda.modules.imports.module import MODULE as IMPORTS
from retaguarda.modules.inventory.module import MODULE as INVENTORY
from retaguarda.modules.party.module import MODULE as PARTY
from retaguarda.modules.process.module import MODULE as PROCESS
from retaguarda.modules.purchasing.module import MODULE as PURCHASING
from retaguarda.modules.reference.module import MODULE as REFERENCE
from retaguarda.modules.reports.module import MODULE as REPORTS
from retaguarda.modules.reports.ports import Screens
from retaguarda.modules.sales.module import MODULE as SALES
from retaguarda.modules.steward.module import MODULE as STEWARD
from retaguarda.packs.br.pack import PACK as BRAZIL

# Low to high: a module may call those before it, never those after it.
MODULES: tuple[Module, ...] = (
    COMPANY,
    IMPORTS,
    REFERENCE,
    PARTY,
    CATALOG,
    ACCOUNTING,
    INVENTORY,
    BILLING,
    PURCHASING,
    SALES,
    DELIVERY,
    PROCESS,
    REPORTS,
    STEWARD,
    CONTINGENCY,
    BRAZIL,
)


@cache
def registry() -> Registry:
    """Everything the program consists of."""
    found = Registry(MODULES)
    found.ports[PermissionNames] = found
    found.ports[Steps] = Steps(found)
    found.ports[Screens] = found
    return found


@cache
def book() -> ScreenBook:
    """All screens with what modules fill into each other's slots."""
    found = registry()
    permissions = {q.name: q.permission for q in found.queries.values()}
    permissions |= {h.name: h.permission or h.name for h in found.commands.values()}
    permissions |= {d.name: d.permission for d in found.documents.values()}
    undos = {h.name: h.undo for h in found.commands.values() if h.undo in found.commands}
    return ScreenBook(
        found.screens.values(), found.slots, found.places, found.by_type, permissions, undos,
        found.permissions(), found.grants, lambda query: found.queries[query].kinds(),
        SavedViews(
            query="company.saved_views", keep="company.keep_view", archive="company.archive_view",
            roles="company.role_choices",
        ),
        (replace(one, command=h.name) for h in found.commands.values() for one in h.bulk),
    )  # fmt: skip
