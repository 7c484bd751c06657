"""The company's forms as a person uses them."""

from __future__ import annotations

from typing import Any

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts
from retaguarda.shell.form_view import FormView
from retaguarda.shell.widgets.fields import LineEdit
from tests.helpers.company import acting
from tests.helpers.desk import Desk
from tests.helpers.window import DrawnDesk
from tests.modules.company.records import branch, person


def desk_of(office: Office) -> Desk:
    return Desk(office, book(), Texts("pt_BR", strict=True))


def test_a_person_is_added_and_changed(office: Office) -> None:
    desk = desk_of(office)
    desk.open("company.person_list")
    desk.press("new")
    desk.set(name="Caio Reis", login="caio", roles="sales, stock", department="vendas", boss_id="ana prado")
    desk.press("save_close")
    row = person(office, "caio")
    assert (row.roles, row.department, row.boss_name) == (("sales", "stock"), "sales", "Ana Prado")
    desk.open("company.person_form", row.id)
    desk.expect(name="Caio Reis", roles=("sales", "stock"), department="sales")
    desk.set(roles="sales")
    desk.press("save")
    assert person(office, "caio").roles == ("sales",)


def test_who_hires_gives_the_roles_of_the_trade_and_no_more(office: Office) -> None:
    with acting(office, "hr"):
        desk = desk_of(office)
        desk.open("company.person_list")
        desk.press("new")
        desk.set(name="Caio Reis", login="caio", password="uma senha nova", roles="sales, finance")
        desk.press("save_close")
        desk.expect_fault("roles", "company.role_not_yours_to_give")
        desk.set(roles="sales")
        desk.press("save_close")
        assert person(office, "caio").roles == ("sales",)
        desk.open("company.person_form", person(office, "hr").id)
        desk.set(roles="hr, sales")
        desk.press("save")
        assert person(office, "hr").roles == ("hr",)


def test_a_password_of_who_may_do_more_is_refused_in_the_form(office: Office) -> None:
    with acting(office, "it"):
        desk = desk_of(office)
        desk.open("company.person_list", person(office, "finance").id)
        desk.press("password")
        desk.set(password="uma senha nova")
        desk.press("save_close")
        desk.expect_banner("company.access_not_yours_to_give")
    assert person(office, "finance").status == "no_password"


def test_a_circle_stands_beside_the_boss(office: Office) -> None:
    sales = person(office, "sales")
    desk = desk_of(office)
    desk.open("company.person_form", sales.id)
    desk.set(boss_id="Pessoa sales")
    desk.press("save")
    desk.expect_fault("boss_id", "company.boss_circle")


def test_a_branch_keeps_its_hours_and_days(office: Office) -> None:
    row = branch(office)
    desk = desk_of(office)
    desk.open("company.branch_form", row.id)
    desk.set(friday="8-14")
    lines = desk.form.lines["exceptions"]
    lines.type_in(0, "day", "24/12/2026")
    lines.type_in(0, "name", "Véspera")
    lines.type_in(0, "hours", "8-12")
    desk.press("save")
    desk.expect_clean()
    row = branch(office)
    assert (row.friday, [e["hours"] for e in row.exceptions]) == ("08:00-14:00", ["08:00-12:00"])
    desk.open("company.branch_form", row.id)
    assert desk.form.lines["exceptions"][0]["name"].value == "Véspera"


def test_settings_are_changed_from_their_board(office: Office) -> None:
    desk = desk_of(office)
    desk.open("company.settings")
    assert {p.panel.name for p in desk.page.panels.values()} >= {"settings", "company"}
    desk.open("company.setting_form", "doubtful_stock_days")
    desk.expect(value="30")
    desk.set(value="45")
    desk.press("save_close")
    assert office.one("company.settings", "doubtful_stock_days").value == "45"


def test_a_figure_is_shown_with_its_unit(office: Office, qtbot: Any) -> None:
    rows = office.show("company.settings").rows
    texts = Texts("pt_BR", strict=True)
    units = {row.code: texts.say(row.unit) for row in rows if row.unit}
    assert {row.code for row in rows} - units.keys() == {row.code for row in rows if row.value_code}
    desk = DrawnDesk(office, book(), texts)
    desk.open("company.setting_form", "late_interest_percent")
    desk.draw(FormView(desk.form, desk.words))
    try:
        control = desk.view.findChild(LineEdit, "value")
        assert (control.text(), control.unit, control.accessibleName()) == ("1", "% ao mês", "Valor (% ao mês)")
        control.setText("2")
        picture = control.grab().toImage()
        control.set_unit("")
        assert control.grab().toImage() != picture
    finally:
        desk.view.close()
        desk.view.deleteLater()


def test_the_time_zone_is_chosen_with_the_own_country_first(office: Office) -> None:
    rows = office.show("company.zone_choices", limit=30).rows
    assert {row.sub for row in rows[:12]} == {"BR"}
    assert all(office.show("company.zone_choices", {"search": "lisbon"}).rows)
    desk = desk_of(office)
    desk.open("company.company_form")
    desk.expect(zone="America/Sao_Paulo")
    desk.set(zone="manaus")
    desk.press("save_close")
    assert office.show("company.company").rows[0].zone == "America/Manaus"


def test_a_setting_of_few_values_is_chosen_in_words(office: Office) -> None:
    desk = desk_of(office)
    assert office.one("company.settings", "invoice_policy").opens == "company.invoice_policy_form"
    desk.open("company.invoice_policy_form", "invoice_policy")
    desk.expect(value="confirmed")
    assert list(getattr(desk.form.fields["value"].kind, "options", ())) == ["confirmed", "shipped"]
    desk.set(value="shipped")
    desk.press("save_close")
    assert office.one("company.settings", "invoice_policy").value == "shipped"


def test_a_password_is_set_from_the_list(office: Office) -> None:
    row = person(office, "sales")
    desk = desk_of(office)
    desk.open("company.person_list", row.id)
    desk.press("password")
    desk.set(password="uma senha nova")
    desk.press("save_close")
    assert person(office, "sales").status == "active"
