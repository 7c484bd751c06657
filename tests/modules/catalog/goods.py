"""Products for the catalog's tests."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office

GTIN, OTHER_GTIN = "7891000100103", "7896004000855"


def add_product(office: Office, code: str = "A4-75", name: str = "Papel A4 75 g", **more: Any) -> str:
    """A product's key."""
    return str(office.do(("catalog.add_product", {"code": code, "name": name, **more})).value["id"])
