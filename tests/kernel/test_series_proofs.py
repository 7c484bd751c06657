"""What is proved about every table that declares numbers: no gap, no double, no number of nobody's series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from retaguarda.kernel.proofs import kernel_proofs, run_proofs
from retaguarda.kernel.reads import ReadOnly
from retaguarda.kernel.series import MAIN_DEVICE, next_number
from retaguarda.kernel.unit import Unit
from tests.helpers.tampering import unwatched
from tests.helpers.toyshop import MODULES, Play, Shelf, Shop, ToyPaper, playing

WHOLE, OWN = "kernel.series_is_whole.toy_paper", "kernel.number_is_of_series.toy_paper"


def write(shop: Shop, kind: str, device: str = MAIN_DEVICE) -> None:
    def act(unit: Unit) -> Mapping[str, Any]:
        branch = str(unit.actor.branch_id)
        number = next_number(unit, ToyPaper, branch, by=kind, device=device)
        unit.append(ToyPaper, [{"branch_id": branch, "device": device, "kind": kind, "number": number}])
        return {"number": number}

    with playing("write", act):
        shop.do(Play(what="write"))


@pytest.fixture
def papers(shop: Shop) -> Shop:
    """Three orders, two invoices and an order of another device."""
    for kind in ("order", "invoice", "order", "order", "invoice"):
        write(shop, kind)
    write(shop, "order", "7")
    return shop


def found(shop: Shop) -> list[tuple[str, str, str]]:
    reader = shop.store.reader()
    try:
        findings = run_proofs(ReadOnly(reader, shop.store.dialect), kernel_proofs(MODULES))
    finally:
        reader.close()
    return sorted((f.proof, f.expected, f.found) for f in findings)


def test_series_as_they_were_written_are_whole(papers: Shop) -> None:
    assert found(papers) == []


@pytest.mark.parametrize(
    ("sql", "findings"),
    [
        ("UPDATE number_series SET last = 4 WHERE kind = 'toyshop.order' AND device = '0'", [(WHOLE, "4", "3")]),
        ("UPDATE number_series SET last = 2 WHERE kind = 'toyshop.order' AND device = '0'",
         [(OWN, "2", "3"), (WHOLE, "2", "2")]),
        ("DELETE FROM number_series WHERE device = '7'", [(OWN, "", "1")]),
        ("DELETE FROM toy_paper WHERE number = 2 AND kind = 'invoice'", [(WHOLE, "2", "1")]),
        ("UPDATE toy_paper SET number = 1 WHERE number = 2 AND kind = 'order'", [(WHOLE, "3", "2")]),
        ("UPDATE toy_paper SET number = 0 WHERE number = 2 AND kind = 'order'", [(OWN, "3", "0"), (WHOLE, "3", "2")]),
        ("UPDATE toy_paper SET kind = 'order' WHERE number = 2 AND kind = 'invoice'",
         [(WHOLE, "2", "1"), (WHOLE, "3", "3")]),
    ],
    ids=["given to nobody", "beyond the last", "of no series", "lost", "double", "below the first", "of another kind"],
)  # fmt: skip
def test_what_is_wrong_with_a_number_is_named(papers: Shop, sql: str, findings: list[tuple[str, str, str]]) -> None:
    with unwatched(papers.store.url) as connection:
        connection.exec_driver_sql(sql)
    assert found(papers) == findings


def test_numbers_are_taken_for_a_table_that_declares_them(shop: Shop) -> None:
    branch = str(shop.actor.branch_id)
    for model, by in ((Shelf, ""), (ToyPaper, "")):
        with (
            playing("take", lambda unit, m=model, by=by: {"n": next_number(unit, m, branch, by=by)}),  # type: ignore[misc]
            pytest.raises(AssertionError),
        ):
            shop.do(Play(what="take"))
