"""Parties that the tests start from."""

from __future__ import annotations

from typing import Any

from retaguarda.app.headless import Office

CNPJ = "11.222.333/0001-81"
LETTERED_CNPJ = "12.ABC.345/01DE-35"
CPF = "529.982.247-25"
ADDRESS = {"street": "Rua das Flores", "number": "10", "city": "São Paulo", "state": "sp", "postcode": "01310100"}
CONTACT = {"name": "Zélia", "phone": "11987654321", "email": "zelia@padaria.com.br", "purpose": "finance"}


def add_customer(office: Office, name: str = "Padaria São João", **more: Any) -> str:
    """A customer's key."""
    return str(office.do("party.add_party", name=name, customer=True, **more).value["id"])


def record_of(office: Office, party_id: str) -> dict[str, Any]:
    """What `revise_party` takes to leave a party as it is."""
    row = office.one("party.parties", party_id)
    fields = ("name", "kind", "legal_name", "tax_id", "customer", "supplier", "carrier", "employee", "notes")
    rows = {
        name: [{key: value for key, value in part.items() if key != "position"} for part in getattr(row, name)]
        for name in ("addresses", "contacts")
    }
    return {"party_id": party_id, "version": row.version, **{f: getattr(row, f) for f in fields}, **rows}
