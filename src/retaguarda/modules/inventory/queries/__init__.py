"""What screens, scripts, documents and `check` ask of the inventory."""

from retaguarda.modules.inventory.queries import (
    costs,
    counting,
    facts,
    goods,
    history,
    kits,
    quality,
    standing,
    stock,
    transfers,
    turning,
)
from retaguarda.modules.inventory.queries.fitness import DATA_RULES, USES
from retaguarda.modules.inventory.queries.proofs import PROOFS

ALL = (
    stock.stock,
    stock.availability,
    stock.warehouses,
    stock.warehouse_choices,
    stock.locations,
    stock.location_choices,
    stock.bins,
    facts.documents,
    facts.document_lines,
    facts.moves,
    standing.reservations,
    standing.broken,
    standing.holds,
    standing.negatives,
    standing.expected,
    history.stock_history,
    history.value_history,
    history.paper_heads,
    quality.non_conformities,
    kits.kits,
    kits.kit_parts,
    counting.sheets,
    counting.sheet_lines,
    counting.due_places,
    transfers.transfers,
    transfers.transfer_lines,
    transfers.arrivals,
    goods.lots,
    goods.serials,
    goods.serial_moves,
    goods.care,
    costs.values,
    costs.value_changes,
    turning.turning,
)

__all__ = ["ALL", "DATA_RULES", "PROOFS", "USES"]
