"""The composition root: the one list of modules and packs, and the registry built from it."""

from __future__ import annotations

from functools import cache

from retaguarda.kernel import case, failure, journal, outbox, schema, series  # noqa: F401 - their tables
from retaguarda.kernel.module import Module, Registry
from retaguarda.modules.catalog.module import MODULE as CATALOG
from retaguarda.modules.company.module import MODULE as COMPANY
from retaguarda.modules.party.module import MODULE as PARTY
from retaguarda.packs.br.pack import PACK as BRAZIL

MODULES: tuple[Module, ...] = (COMPANY, PARTY, CATALOG, BRAZIL)


@cache
def registry() -> Registry:
    """Everything the program consists of."""
    return Registry(MODULES)
