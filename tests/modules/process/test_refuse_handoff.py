"""Refusing: back to the sender with the reason; twice, and the departments' disagreement is a failure."""

from __future__ import annotations

from typing import Any

from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work
from tests.modules.process.handing import does, row, sent

TWICE = "process.refuse_handoff.twice"


def failing(work: Work) -> list[Any]:
    return [found for found in work.office.show("process.failures").rows if found.code == TWICE]


def test_refused_twice_is_a_failure_until_they_agree(work: Work) -> None:
    order, handoff = sent(work)
    does(work, "stock", "refuse", handoff, reason="sem escada")
    assert failing(work) == []
    does(work, "sales", "resend", handoff, note="a escada chegou")
    does(work, "stock", "refuse", handoff, reason="quebrou")
    (failure,) = failing(work)
    assert (failure.subject_id, failure.times) == (order, 1)
    assert (failure.text_params["receiver"], failure.text_params["sender"]) == ("Estoque", "Vendas")
    assert (failure.text_params["times"], failure.text_params["reason"]) == (2, "quebrou")
    does(work, "sales", "resend", handoff, note="outra escada")
    does(work, "stock", "refuse", handoff, reason="de novo")
    assert [(found.id, found.times) for found in failing(work)] == [(failure.id, 2)]
    does(work, "sales", "resend", handoff, note="mais uma")
    does(work, "stock", "accept", handoff)
    assert failing(work) == []
    assert row(work, handoff).refusals == 3
    assert work.office.check() == []


def test_withdrawn_it_is_no_failure_any_more_and_others_stay(work: Work) -> None:
    order, first = sent(work)
    with acting(work.office, "sales"):
        payload = {"subject_id": order, "to_department": "stock", "what": "Etiquetas"}
        second = work.office.do(("process.send_handoff", payload)).value["id"]
    for handoff in (first, second):
        does(work, "stock", "refuse", handoff, reason="não")
        does(work, "sales", "resend", handoff, note="por favor")
        does(work, "stock", "refuse", handoff, reason="não mesmo")
    assert len(failing(work)) == 2
    does(work, "sales", "withdraw", first, reason="eu mesmo faço")
    assert [found.text_params["what"] for found in failing(work)] == ["Etiquetas"]


def test_what_waits_for_no_answer_and_what_is_asked_of_others(work: Work) -> None:
    _, handoff = sent(work)
    with acting(work.office, "sales"), refused(work.office, "process.refuse_handoff.not_yours"):
        work.office.do("process.refuse_handoff", handoff_id=handoff, reason="x")
    does(work, "stock", "accept", handoff)
    with acting(work.office, "stock"), refused(work.office, "process.refuse_handoff.not_sent"):
        work.office.do("process.refuse_handoff", handoff_id=handoff, reason="x")
