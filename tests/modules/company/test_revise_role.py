"""What a role may do, plus and minus; and that somebody administers the program."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.company.records import role


def test_permissions_are_given_and_taken_from_the_next_log_in(office: Office) -> None:
    row = role(office, "sales")
    outcome = office.do(
        "company.revise_role",
        role_id=row.id,
        version=1,
        name="Balcão",
        added=["party.block_customer"],
        removed=["party.add_party"],
        discount_rate_max="0.10",
    )
    assert (outcome.rows[0].name, outcome.rows[0].removed) == ("Balcão", ("party.add_party",))
    office.act_as("sales")
    assert office.actor.may("party.block_customer")
    assert office.actor.may("party.read")
    assert not office.actor.may("party.add_party")
    assert str(office.actor.limits["discount_rate"]) == "0.100000"


def test_the_administrators_role_keeps_everything_while_it_is_the_only_one(office: Office) -> None:
    owner = role(office, "administrator")
    assert owner.added == ("*",)
    with refused(office, "company.last_administrator"):
        office.do("company.revise_role", role_id=owner.id, name="Adm", added=[])
    with refused(office, "company.last_administrator"):
        office.do("company.revise_role", role_id=owner.id, name="Adm", added=["*"], removed=["*"])
    assert office.do("company.revise_role", role_id=owner.id, name="Dona", added=["*"]).rows[0].name == "Dona"


def test_nobody_adds_to_a_role_what_they_do_not_hold(office: Office) -> None:
    hr = role(office, "hr")
    office.do(
        "company.revise_role", role_id=hr.id, name=hr.name, added=["company.revise_role"], gives=["sales", "stock"]
    )
    finance = role(office, "finance")
    office.do("company.revise_role", role_id=finance.id, name=finance.name, removed=["sales.invoice_order"])
    with acting(office, "hr"):
        for added in (["sales.invoice_order"], ["sales.invoice_order", "company.add_person"]):
            with refused(office, "company.permission_not_yours_to_give") as caught:
                office.do("company.revise_role", role_id=hr.id, name=hr.name, added=added, gives=hr.gives)
            assert caught[0].params["permissions"] == ["sales.invoice_order"]
        # What was taken away is given back by who holds it alone.
        with refused(office, "company.permission_not_yours_to_give"):
            office.do("company.revise_role", role_id=finance.id, name=finance.name)
        with refused(office, "company.discount_not_yours_to_give") as caught:
            office.do("company.revise_role", role_id=hr.id, name=hr.name, discount_rate_max="0.01")
        assert caught[0].field == "discount_rate_max"
        with refused(office, "company.role_not_yours_to_give") as caught:
            office.do("company.revise_role", role_id=hr.id, name=hr.name, gives=["sales", "finance"])
        assert caught[0].params["roles"] == ["Financeiro"]
        # What the role gives already stays, whoever saves it.
        sales = role(office, "sales")
        row = office.do(
            "company.revise_role", role_id=sales.id, name="Balcão", discount_rate_max=sales.discount_rate_max
        ).rows[0]  # fmt: skip
    assert (row.name, str(row.discount_rate_max)) == ("Balcão", "0.050000")


def test_refusals(office: Office) -> None:
    row = role(office, "sales")
    with refused(office, "company.unknown_permission"):
        office.do("company.revise_role", role_id=row.id, name="X", removed=["sales.teleport"])
    with refused(office, "kernel.missing"):
        office.do("company.revise_role", role_id="0" * 32, name="X")
    with refused(office, "kernel.stale"):
        office.do("company.revise_role", role_id=row.id, version=8, name="X")
    with acting(office, "it"), refused(office, "kernel.forbidden"):
        office.do("company.revise_role", role_id=row.id, name="X")
    office.do("company.revise_role", role_id=row.id, name="X", added=["company.revise_role"])
    with acting(office, "sales"), refused(office, "company.only_administrators"):
        office.do("company.revise_role", role_id=row.id, name="X", added=["*"])
