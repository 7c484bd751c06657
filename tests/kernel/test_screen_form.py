"""Forms: typing, faults, saving, closing, merging, drafts; through the Desk and a toy shop."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from retaguarda.kernel.screen import Person
from tests.helpers.desk import Desk
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import Store, ToyDoor, toy_store


@pytest.fixture
def store() -> Store:
    return toy_store()


@pytest.fixture
def desk(store) -> Desk:
    return Desk(ToyDoor(store), toy_book())


def test_a_new_record_is_typed_in_the_persons_language_and_saved(desk, store):
    desk.open("toy.product_form")
    desk.set(name="Caixa organizadora", price="1.234,5", sold_from="+3", limit_amount="R$ 10")
    assert desk.form.fields["price"].raw == "1.234,50"
    assert desk.form.fields["sold_from"].raw == "24/11/2026"
    desk.expect(price=Decimal("1234.5"), sold_from=dt.date(2026, 11, 24), unit="each", active=True)
    desk.press("save_close")
    assert desk.screens == []
    made = store.sent[-1]
    assert (made.name, made.price, made.limit_amount) == ("Caixa organizadora", Decimal("1234.5"), Decimal(10))
    assert desk.toasts[-1].text.code == "toy.add_product.done"


def test_faults_stand_beside_their_fields_and_only_once_left(desk, store):
    desk.open("toy.product_form")
    desk.call(lambda: desk.form.type_in("price", "abc"))
    assert desk.form.fields["price"].shown_fault is None
    desk.call(lambda: desk.form.leave("price"))
    desk.expect_fault("price", "text.not_a_number")
    desk.press("save")
    assert store.sent == []
    desk.expect_banner("shell.faults")
    desk.set(price="5")
    desk.press("save")
    desk.expect_fault("name", "kernel.required")
    assert desk.form.focus == "name"
    assert store.sent == []


def test_a_doubtful_number_shows_its_readings_and_takes_none(desk):
    desk.open("toy.product_form")
    desk.call(lambda: desk.form.type_in("price", "1234.56", pasted=True))
    field = desk.form.fields["price"]
    assert field.value is None or field.fault is None
    assert field.candidates == () or len(field.candidates) > 1
    desk.call(lambda: desk.form.type_in("price", "1.234", pasted=True))
    field = desk.form.fields["price"]
    assert field.value is None
    assert field.candidates == ("1,234", "1.234,00") or field.candidates == ("1.234,00", "1,234")


def test_a_refusal_with_a_field_lands_beside_it(desk, store):
    desk.open("toy.product_form")
    desk.set(name="Produto 03", price="1")
    desk.press("save")
    desk.expect_fault("name", "toy.add_product.name_taken")
    desk.expect_banner("toy.add_product.name_taken")
    assert desk.form.dirty


def test_a_fault_in_a_line_lands_in_its_cell(desk):
    desk.open("toy.product_form")
    desk.set(name="Novo", price="1")
    rows = desk.form.lines["barcodes"]
    rows.type_in(0, "gtin", "1")
    rows.type_in(1, "gtin", "bad")
    assert len(rows) == 3
    desk.press("save")
    fault = rows[1]["gtin"].shown_fault
    assert fault is not None
    assert fault.code == "toy.bad_gtin"


def test_save_and_new_empties_the_form(desk, store):
    desk.open("toy.product_form")
    desk.set(name="Um", price="1")
    desk.press("save_new")
    assert store.sent[-1].name == "Um"
    assert desk.form.fields["name"].raw == ""
    assert not desk.form.dirty
    assert desk.form.key == ""


def test_saving_keeps_the_form_on_the_record(desk, store):
    desk.open("toy.product_form")
    desk.set(name="Um", price="1")
    desk.press("save")
    assert desk.form.key in store.products
    assert not desk.form.dirty
    desk.set(price="2")
    desk.press("save")
    assert store.products[desk.form.key].price == Decimal(2)
    assert desk.form.version == 2


def test_closing_asks_only_when_something_would_be_lost(desk, store):
    desk.open("toy.product_form")
    assert desk.close()
    desk.open("toy.product_form")
    desk.set(name="Um", price="1")
    assert not desk.close()
    desk.answer("back")
    assert desk.form.fields["name"].raw == "Um"
    desk.close()
    desk.answer("save")
    assert store.sent[-1].name == "Um"
    assert desk.screens == []
    desk.open("toy.product_form")
    desk.set(name="Dois")
    desk.close()
    desk.answer("discard")
    assert desk.screens == []


def _other_person_changes(store: Store, key: str, **values) -> None:
    row = store.products[key]
    store.products[key] = replace(row, **values, version=row.version + 1)


def test_two_people_change_different_fields_and_both_changes_stay(desk, store):
    key = next(iter(store.products))
    desk.open("toy.product_form", key)
    desk.set(price="99")
    _other_person_changes(store, key, name="Outro nome")
    desk.press("save")
    assert store.products[key].name == "Outro nome"
    assert store.products[key].price == Decimal(99)
    merged = next(toast for toast in desk.toasts if toast.text.code == "shell.merged")
    assert merged.text.params["fields"] == ["toy.product_form.name"]


def test_two_people_change_the_same_field_and_the_form_asks(desk, store):
    key = next(iter(store.products))
    desk.open("toy.product_form", key)
    desk.set(price="99", unit="box")
    _other_person_changes(store, key, price=Decimal(77), sold_from=dt.date(2026, 12, 1))
    desk.press("save")
    assert set(desk.form.conflicts) == {"price"}
    conflict = desk.form.conflicts["price"]
    assert (conflict.mine, conflict.theirs) == ("99,00", "77,00")
    assert desk.reason("save") is not None
    assert store.products[key].price == Decimal(77)
    desk.call(lambda: desk.form.settle("price", "theirs"))
    desk.press("save")
    row = store.products[key]
    assert (row.price, row.unit, row.sold_from) == (Decimal(77), "box", dt.date(2026, 12, 1))


def test_keeping_mine_overwrites_the_field_knowingly(desk, store):
    key = next(iter(store.products))
    desk.open("toy.product_form", key)
    desk.set(price="99")
    _other_person_changes(store, key, price=Decimal(77))
    desk.press("save")
    desk.call(lambda: desk.form.settle("price", "mine"))
    desk.press("save")
    assert store.products[key].price == Decimal(99)


def test_a_draft_comes_back_and_still_merges(desk, store):
    key = next(iter(store.products))
    desk.open("toy.product_form", key)
    desk.set(price="99", supplier_id="padaria")
    kept = desk.form.snapshot()
    _other_person_changes(store, key, price=Decimal(77))
    again = Desk(ToyDoor(store), toy_book())
    again.open("toy.product_form", key)
    again.call(lambda: again.form.restore(kept))
    assert again.form.dirty
    assert again.form.fields["supplier_id"].raw == "Padaria Três Irmãos"
    again.press("save")
    assert set(again.form.conflicts) == {"price"}


def test_a_secret_is_never_in_a_draft(desk):
    desk.open("toy.password_form")
    desk.set(password="segredo", grants="a, b")
    assert "segredo" not in str(desk.form.snapshot())
    assert desk.form.fields["grants"].value == ("a", "b")


def test_a_trouble_keeps_everything_and_goes_again_with_the_same_id(desk, store):
    desk.open("toy.product_form")
    desk.set(name="Um", price="1")
    store.down = True
    desk.press("save")
    desk.expect_banner("kernel.offline")
    store.down = False
    banner = desk.state.banner
    assert banner.again is not None
    desk.call(banner.again)
    desk.expect_clean()
    assert [c.name for c in store.sent] == ["Um"]


def test_a_form_without_the_permission_says_so(store):
    reader = Person(id="p", name="Rita", permissions=frozenset({"toy.read"}))
    desk = Desk(ToyDoor(store, reader), toy_book())
    desk.open("toy.product_form")
    reason = desk.reason("save")
    assert reason is not None
    assert reason.code == "kernel.forbidden"
    with pytest.raises(AssertionError, match="cannot be pressed"):
        desk.press("save")


def test_english_types_points(store):
    person = Person(id="p", name="Ann", permissions=frozenset({"*"}), language="en")
    desk = Desk(ToyDoor(store, person), toy_book())
    desk.open("toy.product_form")
    desk.set(price="1,234.5")
    desk.expect(price=Decimal("1234.5"))
    assert desk.form.fields["price"].raw == "1,234.50"


def test_the_keyboard_goes_to_the_fault_one_sees_first(desk):
    """The form shows the name before the price, whatever order the command has."""
    desk.open("toy.product_form")
    desk.set(limit_amount="x")
    desk.press("save")
    assert desk.form.focus == "limit_amount"
    desk.set(limit_amount="")
    desk.press("save")
    assert desk.form.focus == "name"
