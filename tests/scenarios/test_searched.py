"""The search index (U20, U21): whichever way a page is found, each row has what was typed, and its reader's rights."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel import query as kernel_query
from retaguarda.kernel import schema, search
from retaguarda.kernel.fold import words
from retaguarda.kernel.migration import KERNEL
from retaguarda.kernel.module import models_of
from retaguarda.kernel.page import Page
from retaguarda.kernel.query import Ask, show
from retaguarda.kernel.unit import Actor

NAMES = (
    "Padaria São João", "São José Material", "Joana D'Arc Confecções", "A/B Testes", "50% Off", "Ação_Ltda", "a-b-c",
    "İstanbul Halı", "ﬁlé & Cia", "Straße 12-A", "日本 商店", "[x] {y} *z* ^w", "Ab", "ab abc abcd", "joao",
)  # fmt: skip
TYPED = (
    "sao", "são jo", "JOA", "d arc", "arc", "rc", "b", "ab", "50", "50%", "off 50", "acao", "ltda", "c", "ist", "file",
    "strasse 12", "a", "日", "商", "x", "*z", "^w", "]", "{y}", "abcd ab", "ab abc abcd", "zzz", "' OR 1", '"sao"',
    "sao*", "ab:", "l" * 300, "sao & jose", "!ab", "\\", "joao padaria", "a b c", "%", "_",
)  # fmt: skip


def told(office: Office, actor: Actor, typed: str, name: str = "party.customers", **more: Any) -> Page:
    """What this person finds, counted."""
    found = replace(office.registry.query(name), _cache={})
    ask = Ask({"search": typed}, count=True, **more)
    return show(office.reads().reader, office.store.dialect, found, ask, actor, office.now(), office.today())


def test_what_is_looked_up_and_what_is_walked_is_what_begins_a_word(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        office.do("party.add_party", name=name, kind="company", customer=True)
    gone = told(office, office.actor, "padaria").rows[0]
    office.do("party.revise_party", party_id=gone.id, name="Confeitaria São João", kind="company", customer=True)
    office.do("party.archive_party", party_id=gone.id)
    standing = ("Confeitaria São João", *NAMES[1:])
    for most in (10_000, 0):
        monkeypatch.setattr(kernel_query, "COUNT_CAP", most)
        for typed in (*TYPED, "padaria", "confeitaria"):
            begun = [
                name for name in standing if all(any(w.startswith(t[:200]) for w in words(name)) for t in words(typed))
            ]
            if words(typed):
                page = told(office, office.actor, typed, sort="id", limit=50)
                assert sorted(row.name for row in page.rows) == sorted(begun), (most, typed)
                assert page.count == min(len(begun), most), (most, typed)


@pytest.mark.parametrize("most", [10_000, 0])
def test_orders_of_other_branches_are_neither_found_nor_counted(
    office: Office, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernel_query, "COUNT_CAP", most)
    customer = office.do("party.add_party", name="Mercearia São Jorge", customer=True).value["id"]
    product = office.do("catalog.add_product", code="V1", name="Visita", kind="service", price="2.00").value["id"]
    far = office.do("company.add_branch", code="2", name="Filial Norte").value["id"]
    lines = [{"product_id": product, "quantity": "1"}]
    for branch in (None, far, far):
        given = {"customer_id": customer, "lines": lines} | ({"branch_id": branch} if branch else {})
        office.do(("sales.create_quotation", given))
    here = replace(office.actor, all_branches=False, branch_ids=frozenset({str(office.actor.branch_id)}))
    there, nowhere = replace(here, branch_ids=frozenset({far})), replace(here, branch_ids=frozenset())
    for actor, many in ((office.actor, 3), (here, 1), (there, 2), (nowhere, 0)):
        page = told(office, actor, "jorge merc", "sales.orders")
        assert (len(page.rows), page.count, page.count_capped) == (many, min(many, most), many > most)
        assert {row.branch_name for row in page.rows} <= {"Filial Norte"} or actor is not there


def test_a_list_that_is_walked_is_read_on_where_a_page_ends(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(7):
        office.do("catalog.add_product", code=f"B{n}", name=f"Bar {n}", price="1")
    for most, sort in ((10_000, "-name"), (2, "-name"), (2, "-code")):
        monkeypatch.setattr(kernel_query, "COUNT_CAP", most)
        first = told(office, office.actor, "ba", "catalog.products", sort=sort, limit=4)
        rest = told(office, office.actor, "ba", "catalog.products", sort=sort, limit=4, after=first.after)
        assert [row.name for row in (*first.rows, *rest.rows)] == [f"Bar {6 - n}" for n in range(7)]
        assert rest.after is None


def test_an_older_company_is_found_by_its_words_once_it_is_updated(office: Office) -> None:
    office.do("party.add_party", name="Mercearia São Jorge", customer=True)
    store, models = office.store, models_of(MODULES).values()
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        search.drop(connection)
        names = [table.name for table in search.searched(models)]
        assert search.faults(connection, models) == [(name, "") for name in names]
    schema.set_mark(store, "module.kernel", str(len(KERNEL) - 1))
    assert schema.migrate(store, MODULES, lambda: None) == 1
    with store.engine.connect() as connection:
        assert search.faults(connection, models) == []
    assert told(office, office.actor, "jorge").count == 1
    assert "sales_order" in names
