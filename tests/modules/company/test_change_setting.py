"""Settings: declared, typed, and only what differs is stored."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import Office
from retaguarda.modules.company import api, rules
from tests.helpers.company import acting, refused


def test_a_setting_changes_and_goes_back(office: Office) -> None:
    rows = {r.code: r for r in office.show("company.settings").rows}
    assert {code: r.value for code, r in rows.items()} == {c: s.default for c, s in rules.SETTINGS.items()}
    with acting(office, "analyst"):
        row = office.do("company.change_setting", code="invoice_policy", version=1, value="shipped").rows[0]
    assert (row.value, row.changed, row.version) == ("shipped", True, 2)
    assert row.answer.text.code == "company.setting.invoice_policy.shipped"
    assert api.setting(office.reads(), "invoice_policy") == "shipped"
    row = office.do("company.change_setting", code="invoice_policy", version=2).rows[0]
    assert (row.value, row.changed, row.version) == ("confirmed", False, 3)
    days = office.do("company.change_setting", code="doubtful_stock_days", value="45").rows[0]
    assert (days.value, days.answer.text.params) == ("45", {"n": 45})


@pytest.mark.parametrize(
    ("code", "value", "fault"),
    [
        ("invoice_policy", "never", "kernel.not_a_choice"),
        ("doubtful_stock_days", "muitos", "kernel.not_whole"),
        ("doubtful_stock_days", "0", "kernel.too_small"),
        ("doubtful_stock_days", "9999", "kernel.too_large"),
    ],
)
def test_wrong_values_are_named(office: Office, code: str, value: str, fault: str) -> None:
    with refused(office, fault) as caught:
        office.do("company.change_setting", code=code, value=value)
    assert caught[0].params["faults"][0]["field"] == "value"


def test_refusals(office: Office) -> None:
    with refused(office, "kernel.missing") as caught:
        office.do("company.change_setting", code="moon_phase", value="full")
    assert caught[0].field == "code"
    with refused(office, "kernel.stale"):
        office.do("company.change_setting", code="invoice_policy", version=4, value="shipped")
    office.do("company.change_setting", code="invoice_policy", value="shipped")
    with refused(office, "kernel.stale"):
        office.do("company.change_setting", code="invoice_policy", version=1, value="confirmed")
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.change_setting", code="invoice_policy", value="confirmed")
