"""Which of the played orders must be refused, computed from the real files and the stock set alone.

Imports nothing of the program. Reads what `retaguarda play` printed from standard input, prints its own answer:
    python tests/real_data/refused_orders.py FOLDER < played.json
"""

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path


def items_of(folder: Path) -> dict[str, list[str]]:
    """The products of each order, one entry a piece, in the order of the items."""
    found = defaultdict(list)
    with (folder / "olist_order_items_dataset.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["order_id"]].append((int(row["order_item_id"]), row["product_id"]))
    return {order: [product for _, product in sorted(rows)] for order, rows in found.items()}


def refused(items: dict[str, list[str]], chosen: list[str], stock: dict[str, int]) -> list[dict[str, object]]:
    """The orders that find too little, in their order, each with every line of a product that is short."""
    free, out = dict(stock), list[dict[str, object]]()
    for order in chosen:
        products = items[order]
        needed = {product: products.count(product) for product in products}
        short = {product for product, count in needed.items() if count > free[product]}
        if not short:
            for product, count in needed.items():
                free[product] -= count
            continue
        lines = [
            {"line": n, "product": product, "needed": needed[product], "free": free[product]}
            for n, product in enumerate(products, 1)
            if product in short
        ]
        out.append({"order": order, "lines": lines})
    return out


def main() -> None:
    played = json.load(sys.stdin)
    items = items_of(Path(sys.argv[1]))
    answer = {
        "with_items": len(items),
        "chosen_with_items": sum(1 for order in played["chosen"] if items.get(order)),
        "refused": refused(items, played["chosen"], played["stock"]),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
