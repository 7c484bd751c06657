"""Values of commands that keep people, parties and products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retaguarda.app.sample.people import PASSWORD
from retaguarda.kernel.gtin import gtin_check_digit
from tests.stateful.standing import Standing
from tests.stateful.values.declaring import of, of_a_walk


@of("company.add_person", "company.revise_person")
def person(s: Standing, row: Any) -> Mapping[str, Any]:
    if row:
        return {"login": row.login, "name": s.word(), "roles": list(row.roles), "department": row.department}
    return {"login": s.word().lower(), "roles": ["sales"], "department": "sales"}


@of("company.change_password")
def password(_s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"old_password": PASSWORD, "new_password": PASSWORD}


@of("company.set_password")
def given_password(_s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"password": PASSWORD}


@of("company.revise_company")
def the_company(_s: Standing, row: Any) -> Mapping[str, Any]:
    return {"zone": row.zone, "language": row.language}


@of("company.add_branch")
def branch(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"code": str(s.chance.randint(2, 999))}


@of("company.change_setting")
def setting(s: Standing, row: Any) -> Mapping[str, Any]:
    # Whole ways of an order hang on when it is billed.
    code = s.one_of([row.code, "invoice_policy"])
    if code == "invoice_policy":
        return {"code": code, "value": s.one_of(["confirmed", "shipped", "shipped"])}
    return {"code": code, "value": s.one_of(["1", "2", "30", "yes", "no", "own_step", "while_picking"])}


@of("party.add_party")
def newcomer(s: Standing, _row: Any) -> Mapping[str, Any]:
    role = s.one_of(["customer", "supplier", "carrier"])
    return {"kind": "person", role: True, "addresses": [{"street": "Rua A", "city": "Campinas", "state": "SP"}]}


@of("party.revise_party")
def known_party(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("party.parties")
    roles = {name: getattr(row, name) for name in ("customer", "supplier", "carrier", "employee")}
    return {"party_id": row.id, "name": s.word(), "kind": row.kind, "tax_id": row.tax_id, **roles}


@of("party.set_credit_limit")
def limit(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"credit_limit": s.one_of(["100", "500", "5000", "100000"])}


@of("party.archive_party")
def spare_party(s: Standing, _row: Any) -> Mapping[str, Any]:
    """One that a walk made: the company goes on with the others."""
    return {"party_id": s.row("party.parties", lambda r: not r.archived and of_a_walk(r.name)).id}


@of("catalog.archive_product")
def spare_product(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"product_id": s.row("catalog.products", lambda r: not r.archived and of_a_walk(r.code)).id}


@of("catalog.propose_merge")
def duplicates(s: Standing, _row: Any) -> Mapping[str, Any]:
    """Two that a walk made and that are counted alike; often something is left of the other, which then refuses."""
    rows = s.rows("catalog.products", lambda r: not r.archived and of_a_walk(r.code))
    kept = s.one_of(rows)
    other = s.one_of([r for r in rows if r.id != kept.id and (r.kind, r.unit_code) == (kept.kind, kept.unit_code)])
    return {"product_id": kept.id, "other_id": other.id}


@of("catalog.add_unit")
def unit(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"code": s.word()[:6], "decimals": 2}


@of("catalog.add_product")
def product(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"price": s.whole(90), "kind": s.one_of(["stock", "stock", "service"])}


@of("catalog.revise_product")
def known_product(s: Standing, row: Any) -> Mapping[str, Any]:
    return {"code": row.code, "name": s.word(), "unit_code": row.unit_code}


@of("catalog.add_code")
def bar_code(s: Standing, _row: Any) -> Mapping[str, Any]:
    body = f"789{s.chance.randrange(10**9):09}"
    return {"code": body + gtin_check_digit(body), "kind": "gtin"}


@of("catalog.retire_code")
def old_code(s: Standing, _row: Any) -> Mapping[str, Any]:
    main = {code for r in s.rows("catalog.products") for code in (r.code, r.gtin)}
    row = s.row("catalog.codes", lambda r: r.active and r.code not in main)
    return {"product_id": row.product_id, "code": row.code}


@of("catalog.remove_substitute")
def substitute(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("catalog.substitutes", lambda r: r.active)
    return {"product_id": row.product_id, "substitute_id": row.substitute_id}


@of("catalog.set_tax_rate")
def tax(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"tax_code": s.word(), "rate": "0.18"}


@of("company.keep_view")
def view(s: Standing, _row: Any) -> Mapping[str, Any]:
    screen = s.one_of(["sales.order_list", "party.customer_list", "billing.invoice_list"])
    return {"screen": screen, "name": s.word(), "look": "{}"}


@of("reports.save_report")
def kept_report(s: Standing, _row: Any) -> Mapping[str, Any]:
    asked = [{"key": key, "value": "last_month"} for key in ("since", "until")]
    return {"name": s.word(), "report": "sales.sales_report", "cut": "place", "asked": asked}


@of("reports.build_report")
def built_report(s: Standing, _row: Any) -> Mapping[str, Any]:
    source, by = s.one_of([("sales.order_list", "customer_name"), ("billing.receivable_list", "state")])
    told = {"columns": [by], "by": [{"field": by}], "totals": [{"how": "count"}]}
    return {"name": s.word(), "source": source, **told}


@of("reports.revise_built")
def rebuilt_report(s: Standing, _row: Any) -> Mapping[str, Any]:
    row = s.row("reports.saved", lambda r: r.report == "reports.builder")
    return {"saved_id": row.id, "source": "sales.order_list", "columns": ["number"]}


@of("reports.note_run")
def run(s: Standing, _row: Any) -> Mapping[str, Any]:
    now = s.office.clock.now()
    row = s.row("reports.schedules", lambda r: r.next_at is not None and r.next_at <= now)
    return {"schedule_id": row.id, "due_at": row.next_at.isoformat()}
