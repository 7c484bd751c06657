"""What screens and scripts ask of the parties, and what may be wrong with what is known of them."""

from retaguarda.modules.party.queries.alike import DATA_RULES, SUBJECT
from retaguarda.modules.party.queries.merging import merge_values, merges
from retaguarda.modules.party.queries.records import (
    CITY_NAMES,
    carrier_choices,
    carriers,
    customer_card,
    customer_choices,
    customers,
    parties,
    party_choices,
    supplier_choices,
    suppliers,
)

__all__ = [
    "CITY_NAMES",
    "DATA_RULES",
    "SUBJECT",
    "carrier_choices",
    "carriers",
    "customer_card",
    "customer_choices",
    "customers",
    "merge_values",
    "merges",
    "parties",
    "party_choices",
    "supplier_choices",
    "suppliers",
]
