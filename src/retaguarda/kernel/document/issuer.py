"""Who issues a paper: the head that all papers have, from what their rows know of the company and its branch."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.document.model import CompanyHeader
from retaguarda.kernel.text import Texts


def company_head(texts: Texts, name: str, tax_id: str | None, *lines: str | None) -> CompanyHeader:
    """The company's name, its tax identity under it, and further lines; what is not known takes no room."""
    said = texts.say("kernel.paper.tax_id", tax_id=tax_id) if tax_id else ""
    return CompanyHeader(name, tuple(line for line in (said, *lines) if line))


def branch_head(row: Any, texts: Texts) -> CompanyHeader:
    """The head of a branch's paper, from a row that has what `company.api.Issuer` names."""
    place = " - ".join(word for word in (row.branch_city, row.branch_state) if word)
    street = ", ".join(word for word in (row.branch_address, place) if word)
    return company_head(texts, row.company_name, row.company_tax_id, street, row.branch_phone)
