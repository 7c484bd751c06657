"""What the rules find in planted records, each number against SQL of its own; a defect stops its own use only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from retaguarda.app.compose import MODULES, book
from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Forbidden
from retaguarda.kernel.text import Texts
from retaguarda.packs.br import ids
from tests.helpers.asking import rows_of
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.helpers.raw import spelled
from tests.helpers.tampering import without_triggers
from tests.modules.catalog.goods import GTIN, add_product
from tests.modules.party.records import ADDRESS, CNPJ, CONTACT, CPF, add_customer

RULES = tuple(rule for module in MODULES for rule in module.data_rules)
IDENTITIES = ("52998224725", "52998224724", "11111111111", "5299822472", "12ABC34501DE35", "12ABC34501DE36",
              "11222333000181", "11222333000182", "11111111111111", "1122233300018X")  # fmt: skip


def _put(office: Office, table: str, where: str, values: str) -> None:
    """Writes past the commands, which take nothing of the kind."""
    with without_triggers(office) as connection:
        connection.exec_driver_sql(spelled(f"UPDATE {table} SET {values} WHERE {where}", office.store.name))


def _names(office: Office, about: str, rule: str) -> list[str]:
    return [row.name for row in office.show(f"steward.{about}_findings", {"rule": rule}, limit=100).rows]


def _count(office: Office, sql: str) -> int:
    return int(rows_of(office.store, {"n": f"SELECT count(*) FROM {sql}"})["n"][0][0])


def _use(office: Office, name: str) -> tuple[int, int, Any]:
    row = office.one("steward.uses", name)
    return row.records, row.stopped, row.score_rate


_HERE = "product p WHERE NOT p.archived AND p.kind = 'stock'"
_GTINS = "SELECT product_id FROM product_code WHERE kind = 'gtin'"
_DAY = "'2026-11-23'"


def test_products(office: Office) -> None:
    caderno = add_product(office, "C1", "Caderno", gtin=GTIN, price="10", tax_code="T18")
    agenda = add_product(office, "C2", "Agenda")
    lapis = add_product(office, "7891000100104", "Lápis", price="2", tax_code="T18")
    add_product(office, "S1", "Entrega expressa", kind="service")
    office.do("catalog.archive_product", product_id=add_product(office, "C3", "Borracha"))
    _put(office, "product_price", f"product_id = '{caderno}'", "valid_from = '2026-05-26'")

    found = {
        "inventory.without_gtin": ["Agenda", "Lápis"],
        "inventory.invalid_gtin": ["Lápis"],
        "sales.goods_without_price": ["Agenda"],
        "sales.service_without_price": ["Entrega expressa"],
        "billing.without_tax_code": ["Agenda", "Entrega expressa"],
        "sales.never_sold": ["Agenda", "Caderno", "Entrega expressa", "Lápis"],
        "purchasing.without_price": ["Agenda", "Caderno", "Lápis"],
        # 181 days on Monday: one more than the 180 that a company begins with.
        "catalog.stale_price": ["Caderno"],
        "inventory.kit_of_archived": [],
    }
    assert {rule: _names(office, "product", rule) for rule in found} == found
    assert {rule: office.one("steward.rules", rule).records for rule in found} == {r: len(n) for r, n in found.items()}
    for rule, sql in (
        (
            "inventory.without_gtin",
            f"{_HERE} AND p.id NOT IN (SELECT product_id FROM product_code WHERE kind = 'gtin')",
        ),
        ("sales.goods_without_price", f"{_HERE} AND p.id NOT IN (SELECT product_id FROM product_price)"),
        ("billing.without_tax_code", "product p WHERE NOT p.archived AND p.tax_code IS NULL"),
        ("catalog.stale_price", f"product_price WHERE valid_from < '2026-05-27' AND valid_from <= {_DAY}"),
    ):
        assert office.one("steward.rules", rule).records == _count(office, sql) > 0, rule
    office.do("company.change_setting", code="stale_price_days", value="181")
    assert _names(office, "product", "catalog.stale_price") == []

    goods = _count(office, _HERE)
    assert goods == 3
    assert _use(office, "sales.product") == (3, 1, Decimal("0.6667"))
    # One of the two without a GTIN has a wrong code as well: it is one record.
    assert _use(office, "labels.product") == (3, 2, Decimal("0.3333"))
    assert _use(office, "services.product") == (1, 1, 0)
    assert _use(office, "invoicing.product") == (4, 2, Decimal("0.5"))
    assert _use(office, "production.product") == (0, 0, None)

    # What stops labels stops no sale; what stops a sale is refused by the same code.
    buyer, supplier = add_customer(office), add_customer(office, "Papelaria", supplier=True)
    assert office.do("sales.create_quotation", customer_id=buyer, lines=[{"product_id": lapis, "quantity": "1"}]).value
    refusals = {rule.name: rule.refusal for rule in RULES if rule.refusal}
    with refused(office, refusals["sales.goods_without_price"]):
        office.do("sales.create_quotation", customer_id=buyer, lines=[{"product_id": agenda, "quantity": "1"}])
    with refused(office, refusals["purchasing.without_price"]):
        office.do("purchasing.create_order", supplier_id=supplier, lines=[{"product_id": caderno, "quantity": "1"}])


def test_kits(office: Office) -> None:
    """A kit is fit while what it is made of is there."""
    kit, part, other = (add_product(office, f"K{n}", f"Peça {n}") for n in range(3))
    parts = [{"component_id": one, "quantity": "1"} for one in (part, other)]
    office.do("inventory.set_kit", product_id=kit, parts=parts)
    assert _use(office, "production.product") == (1, 0, 1)
    office.do("catalog.archive_product", product_id=other)
    office.do("catalog.archive_product", product_id=part)
    (row,) = office.show("steward.product_findings", {"use": "production"}).rows
    assert (row.name, row.detail) == ("Peça 0", "Peça 1")
    assert _use(office, "production.product") == (1, 1, 0)
    assert "Peça 0" not in _names(office, "product", "purchasing.without_price")


def test_parties(office: Office) -> None:
    whole = add_customer(office, "Padaria São João", tax_id=CNPJ, addresses=[ADDRESS], contacts=[CONTACT])
    twin = add_customer(office, "João Sao Padaria", addresses=[{**ADDRESS, "city": "São Paulo"}])
    add_customer(office, "Maria Souza", kind="person", tax_id=CPF, contacts=[{**CONTACT, "email": "", "name": ""}])
    far = add_customer(office, "Padaria São João", addresses=[{**ADDRESS, "city": "Santos"}])
    more: dict[str, Any] = {"tax_id": CNPJ, "accept": ["party.same_tax_id"], "supplier": True}
    office.do("party.add_party", name="Moinho Azul", contacts=[{"email": "Zelia@Padaria.com.br"}], **more)
    office.do("party.add_party", name="Dora Lima", kind="person", employee=True, contacts=[CONTACT], tax_id=CPF,
              accept=["party.same_tax_id"])  # fmt: skip

    found = {
        "party.same_identity": ["Moinho Azul", "Padaria São João"],
        "party.same_name": ["João Sao Padaria", "Padaria São João"],
        "party.same_contact": ["Maria Souza", "Moinho Azul", "Padaria São João"],
        "billing.without_tax_id": ["João Sao Padaria", "Padaria São João"],
        "delivery.without_address": ["Maria Souza"],
        "sales.without_contact": ["João Sao Padaria", "Padaria São João"],
        "br.invalid_tax_id": [],
    }
    assert {rule: _names(office, "party", rule) for rule in found} == found
    assert {rule: office.one("steward.rules", rule).records for rule in found} == {r: len(n) for r, n in found.items()}
    (row,) = office.show("steward.party_findings", {"rule": "party.same_name", "record_id": twin}).rows
    assert (row.other_id, row.detail, row.opens) == (whole, "Padaria São João", "party.customer_page")
    buyers = "party p JOIN customer c ON c.party_id = p.id WHERE NOT p.archived AND c.active"
    assert _use(office, "service.party") == (_count(office, buyers), 2, Decimal("0.5"))
    assert _use(office, "invoicing.party") == (_count(office, f"{buyers} AND p.kind = 'company'"), 2, Decimal("0.3333"))
    assert _use(office, "delivery.party") == (4, 1, Decimal("0.75"))

    office.do("party.archive_party", party_id=far)
    assert _names(office, "party", "billing.without_tax_id") == ["João Sao Padaria"]
    _judged_alike(office, whole)

    # Findings about parties are for who may see parties, one by one and in number; employees' records are in none.
    with acting(office, "commercial"):
        assert office.show("steward.party_findings", {"name": "Dora Lima"}, count=True).count == 0
    office.do("company.add_role", code="so", name="Só produtos", added=["steward.read", "catalog.read"])
    office.do("company.add_person", login="so", name="Só", roles=["so"])
    with acting(office, "so"):
        page = office.show("steward.party_findings", count=True)
        assert (page.rows, page.count) == ((), 0)
    with acting(office, "sales"), pytest.raises(Forbidden):
        office.show("steward.rules")


def _judged_alike(office: Office, key: str) -> None:
    """The statement judges a CPF or CNPJ as `br.ids` does, whatever stands there."""
    for text in IDENTITIES:
        for kind, fault in (("person", ids.cpf_fault), ("company", ids.cnpj_fault)):
            values = f"kind = '{kind}', tax_id = '{text}', tax_id_shown = '{text}'"
            _put(office, "party", f"id = '{key}'", values)
            wrong = bool(office.show("steward.party_findings", {"rule": "br.invalid_tax_id", "record_id": key}).rows)
            assert wrong == (fault(text) is not None), (kind, text)


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_a_rule_opens_exactly_what_it_counts(office: Office) -> None:
    """Enter on a rule, on a use, and on a record."""
    key = add_product(office, "C1", "Caderno", price="10")
    add_customer(office)
    desk = Desk(office, book())
    board = desk.open("steward.board")
    rules, uses = board.panels["rules"].rows, board.panels["uses"].rows
    assert [row.id for row in rules] == [row.id for row in office.show("steward.rules").rows if row.records]
    for n, row in enumerate(rules):
        board.open("rules", n)
        desk.call(lambda: None)
        assert len(desk.state.rows) == row.records, row.id
        assert {one.rule for one in desk.state.rows} <= {row.id}
    n = next(n for n, row in enumerate(uses) if row.id == "labels.product")
    board.open("uses", n)
    desk.call(lambda: None)
    assert [(row.rule, row.record_id) for row in desk.state.rows] == [("inventory.without_gtin", key)]
    desk.state.open()
    desk.call(lambda: None)
    assert (desk.state.screen.name, desk.state.key) == ("catalog.product_page", key)


@pytest.mark.parametrize("language", ["pt_BR", "en"])
def test_every_rule_and_use_has_its_words(language: str) -> None:
    texts = Texts(language)
    uses = {(use.name, use.about) for module in MODULES for use in module.uses}
    subjects = {subject.table for module in MODULES for subject in module.subjects}
    said = [f"steward.rule.{rule.name}{end}" for rule in RULES for end in ("", ".why")]
    said += [f"steward.use.{name}" for name, _ in uses] + [f"steward.about.{table}" for table in subjects]
    assert [code for code in said if not texts.has(code)] == []
    assert {(rule.use, rule.about) for rule in RULES if rule.use} == uses
    assert {rule.about for rule in RULES} == subjects
    assert [rule.refusal for rule in RULES if rule.refusal and not texts.has(rule.refusal)] == []
