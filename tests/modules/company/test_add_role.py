"""Roles of the company's own."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.company.records import role


def test_a_role_of_ones_own_gives_what_it_says(office: Office) -> None:
    outcome = office.do(
        "company.add_role",
        name="Caixa da loja",
        added=["party.read", "party.add_party", "party.read"],
        discount_rate_max="0.02",
    )
    row = outcome.rows[0]
    assert (row.code, row.ready_made, row.added, row.people) == (
        "caixa_da_loja",
        False,
        ("party.add_party", "party.read"),
        0,
    )
    office.do("company.add_person", login="caixa", name="Caixa", roles=["caixa_da_loja"])
    assert role(office, "caixa_da_loja").people == 1
    assert [row.id for row in office.show("company.role_choices", {"search": "caixa"}).rows] == ["caixa_da_loja"]
    office.act_as("caixa")
    assert office.actor.permissions == {"party.add_party", "party.read"}
    assert str(office.actor.limits["discount_rate"]) == "0.020000"


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": "X", "code": "sales"}, "code", "company.role_code_taken"),
        ({"name": "X", "added": ["party.fly"]}, "added", "company.unknown_permission"),
        ({"name": "X", "code": "x y"}, "code", "company.bad_code"),
        ({"name": "X", "discount_rate_max": "1.5"}, "discount_rate_max", "kernel.too_large"),
    ],
)
def test_wrong_values_are_named(office: Office, values: dict[str, Any], field: str, code: str) -> None:
    with refused(office, code) as caught:
        office.do("company.add_role", **values)
    assert caught[0].params["faults"][0]["field"] == field


def test_nobody_makes_a_role_that_may_do_more_than_they_may(office: Office) -> None:
    hr = role(office, "hr")
    office.do(
        "company.revise_role", role_id=hr.id, name=hr.name, added=["company.add_role"], gives=hr.gives,
        discount_rate_max="0.02",
    )  # fmt: skip
    with acting(office, "hr"):
        with refused(office, "company.permission_not_yours_to_give") as caught:
            office.do("company.add_role", name="X", added=["party.add_party", "sales.invoice_order"])
        assert (caught[0].field, caught[0].params["permissions"]) == ("added", ["sales.invoice_order"])
        with refused(office, "company.discount_not_yours_to_give"):
            office.do("company.add_role", name="X", discount_rate_max="0.03")
        with refused(office, "company.role_not_yours_to_give") as caught:
            office.do("company.add_role", name="X", gives=["sales", "finance"])
        assert (caught[0].field, caught[0].params["roles"]) == ("gives", ["Financeiro"])
        with refused(office, "company.only_administrators"):
            office.do("company.add_role", name="X", gives=["administrator"])
        with refused(office, "company.unknown_role"):
            office.do("company.add_role", name="X", gives=["king"])
        row = office.do(
            "company.add_role", name="X", added=["party.add_party"], gives=["sales"], discount_rate_max="0.02"
        ).rows[0]  # fmt: skip
    assert (row.added, row.gives) == (("party.add_party",), ("sales",))


def test_only_administrators_give_everything_or_make_roles(office: Office) -> None:
    with acting(office, "it"), refused(office, "kernel.forbidden"):
        office.do("company.add_role", name="X")
    hr = role(office, "hr")
    office.do("company.revise_role", role_id=hr.id, name=hr.name, added=["company.add_role"])
    with acting(office, "hr"), refused(office, "company.only_administrators"):
        office.do("company.add_role", name="Tudo", added=["*"])
