"""What screens, scripts and documents ask of the catalog."""

from retaguarda.modules.catalog.queries.alike import DATA_RULES, SUBJECT
from retaguarda.modules.catalog.queries.merging import PROOFS, merge_values, merges
from retaguarda.modules.catalog.queries.records import RECORDS, UNIT_CODES

ALL = (*RECORDS, merges, merge_values)

__all__ = ["ALL", "DATA_RULES", "PROOFS", "SUBJECT", "UNIT_CODES"]
