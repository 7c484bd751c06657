"""Failures: listed with what to do next, closed with a reason."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.text import Texts
from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work


def short_order(work: Work) -> tuple[str, Any]:
    """An order that nothing is enough for, and its failure."""
    order = work.order(quantity="5000")
    with pytest.raises(Shortfall):
        work.step("check", order)
    return order, work.office.show("process.failures", {"subject_id": order}).rows[0]


def test_it_names_the_order_the_step_and_the_way_on(work: Work) -> None:
    order, row = short_order(work)
    assert (row.code, row.step, row.department, row.times) == ("sales.confirm_order.no_stock", "check", "sales", 1)
    assert (row.title, row.next_command, row.opens) == ("1 · Maria Souza", "sales.confirm_order", "sales.order_page")
    assert row.allowed == ("process.close_failure", "sales.confirm_order")
    for language in ("pt_BR", "en"):
        assert "Vela" in Texts(language, strict=True).say(row.note.text.code, **row.note.text.params)
    with pytest.raises(Shortfall):
        work.step("check", order)
    again = work.office.show("process.failures").rows
    assert [(r.id, r.times) for r in again] == [(row.id, 2)]
    assert work.row(order).why == "failed"


def test_closed_with_a_reason(work: Work) -> None:
    order, row = short_order(work)
    done = work.office.do(
        "process.close_failure", failure_id=row.id, reason="compramos do vizinho", version=row.version
    )
    assert done.value["version"] == row.version + 1
    assert work.office.show("process.failures").rows == ()
    assert work.row(order).why == "turn"
    told = [(r.code, r.detail) for r in work.office.show("process.timeline", {"subject_id": order}).rows]
    assert ("process.timeline.process.close_failure", "compramos do vizinho") in told
    with refused(work.office, "process.close_failure.not_open"):
        work.office.do("process.close_failure", failure_id=row.id, reason="x")


def test_a_failure_without_a_case_is_seen_and_closed(work: Work) -> None:
    with pytest.raises(Shortfall):
        work.office.do(
            "sales.place_order", customer_id=work.customer, lines=[{"product_id": work.product, "quantity": "5000"}]
        )
    row = work.office.show("process.failures").rows[0]
    assert (row.title, row.step, row.next_command) == ("Maria Souza", None, "")
    with acting(work.office, "analyst"):
        assert [r.id for r in work.office.show("process.failures").rows] == [row.id]
        work.office.do("process.close_failure", failure_id=row.id, reason="combinado por telefone")


def test_values_versions_and_rights(work: Work) -> None:
    _, row = short_order(work)
    with refused(work.office, "kernel.required"):
        work.office.do("process.close_failure", failure_id=row.id, reason="")
    with refused(work.office, "kernel.stale"):
        work.office.do("process.close_failure", failure_id=row.id, reason="x", version=row.version + 1)
    with refused(work.office, "kernel.missing"):
        work.office.do("process.close_failure", failure_id=new_id(), reason="x")
    with acting(work.office, "sales"), refused(work.office, "kernel.forbidden"):
        work.office.do("process.close_failure", failure_id=row.id, reason="x")


def test_failures_of_another_branch_do_not_exist(work: Work) -> None:
    _, row = short_order(work)
    branch = work.office.do("company.add_branch", code="2", name="Filial").value["id"]
    work.office.do("company.add_person", login="caio", name="Caio", roles=["analyst"], branch_id=branch)
    with acting(work.office, "caio"):
        assert work.office.show("process.failures").rows == ()
        with refused(work.office, "kernel.missing"):
            work.office.do("process.close_failure", failure_id=row.id, reason="x")
