"""A small past in the files of the marketplace: made up, with something strange in about every other order."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

HEADS: Mapping[str, Sequence[str]] = {
    "orders": (
        "order_id", "customer_id", "order_status", "order_purchase_timestamp", "order_approved_at",
        "order_delivered_carrier_date", "order_delivered_customer_date", "order_estimated_delivery_date",
    ),
    "customers": ("customer_id", "customer_unique_id", "customer_city", "customer_state"),
    "order_items": (
        "order_id", "order_item_id", "product_id", "seller_id", "shipping_limit_date", "price", "freight_value",
    ),
    "products": ("product_id", "product_category_name"),
    "sellers": ("seller_id", "seller_state"),
    "order_payments": ("order_id", "payment_sequential", "payment_type", "payment_installments", "payment_value"),
    "order_reviews": (
        "review_id", "order_id", "review_score", "review_comment_title", "review_comment_message",
        "review_creation_date", "review_answer_timestamp",
    ),
}  # fmt: skip
ORDERS = 7
Rows = dict[str, list[list[str]]]


def made() -> Rows:
    """Seven orders: the second has no items, the third is paid wrongly, the fourth was sent before it was approved, the
    fifth lacks its day of delivery."""
    rows: Rows = {name: [] for name in HEADS}
    for n in range(1, ORDERS + 1):
        sent = "2026-03-01 09:00:00" if n == 4 else "2026-03-03 10:00:00"
        arrived = "" if n == 5 else "2026-03-10 10:00:00"
        bought, approved = "2026-03-01 10:00:00", "2026-03-01 10:30:00"
        rows["orders"].append([f"o{n}", f"c{n}", "delivered", bought, approved, sent, arrived, "2026-03-09 00:00:00"])
        rows["customers"].append([f"c{n}", f"u{n}", "santos", "SP"])
        if n != 2:
            rows["order_items"].append([f"o{n}", "1", "p1", "s1", "2026-03-04 00:00:00", "10.00", "2.50"])
        rows["order_payments"].append([f"o{n}", "1", "boleto", "1", "99.00" if n == 3 else "12.50"])
        rows["order_reviews"].append([f"r{n}", f"o{n}", "3", "", "Bom", "2026-03-11 00:00:00", "2026-03-12 00:00:00"])
    rows["products"].append(["p1", "cama_mesa_banho"])
    return rows


def write(folder: Path, rows: Rows) -> Path:
    """The files in the folder."""
    for name, head in HEADS.items():
        with (folder / f"olist_{name}_dataset.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows[name]])
    return folder
