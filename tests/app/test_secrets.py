"""A marker password is sent through every command that takes one, rightly and wrongly, and then hunted: in every table,
in the bytes of database and log, in drafts, reports of defects, outputs and the log of the program."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from retaguarda.app.compose import book
from retaguarda.app.headless import Office, create_office
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.command import dump, fields_of, has_secret, parse
from retaguarda.kernel.draft import Drafts
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.journal import RowAudit
from retaguarda.kernel.kinds import Secret
from retaguarda.kernel.model import table_of
from retaguarda.kernel.screen import FormScreen
from retaguarda.modules.company import api as people
from tests.helpers import company
from tests.helpers.desk import Desk
from tests.helpers.payloads import worked_example
from tests.helpers.terminal import Terminal

MARKER = "Segredo-8f3a91-Marcador"
COMPANY = {"name": "Loja", "admin_name": "Ana", "admin_login": "ana", "admin_password": MARKER, "sample": True}


def with_marker(command: type[Any], key: str) -> dict[str, Any]:
    payload = worked_example(command)
    for spec in fields_of(command):
        if isinstance(spec.kind, Secret):
            payload[spec.name] = MARKER
        if spec.name in ("person_id",):
            payload[spec.name] = key
    return payload


def takers(office: Office) -> Iterator[str]:
    for name, handled in sorted(office.registry.commands.items()):
        if has_secret(handled.command):
            yield name


def test_no_trace_of_a_secret(
    db_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    office = create_office(db_url, COMPANY, clock=FixedClock(company.MONDAY))
    seen: list[str] = []
    try:
        office.log_in("ana", MARKER)
        key = office.do("company.add_person", login="bia", name="Bia", password=MARKER).value["id"]
        assert len(list(takers(office))) >= 4
        for name in takers(office):
            handled = office.registry.handled(name)
            right = with_marker(handled.command, key)
            seen.append(repr(dump(parse(handled.command, right))))
            wrong = {**right, **{k: MARKER * 9 for k, v in right.items() if v == MARKER}}
            for payload in (right, wrong, {**right, "nonsense": 1}):
                try:
                    seen.append(repr(office.do((name, payload)).value))
                except Problem as problem:
                    seen.append(f"{problem!r} {problem.params!r}")
        with pytest.raises(Problem) as refused:
            office.log_in("ana", f"{MARKER}-wrong")
        seen.append(f"{refused.value!r} {refused.value.params!r}")
        seen.append(repr(company.contents(office)))
        seen += [repr(office.show("company.people").rows)]
    finally:
        office.close()
    secret = tmp_path / "secret"
    secret.write_text(MARKER)
    monkeypatch.setenv("RETAGUARDA_PASSWORD_FILE", str(secret))
    terminal = Terminal(db_url, capsys)
    for arguments in (
        ("do", "company.add_person", json.dumps({"login": "caio", "name": "Caio", "password": MARKER})),
        ("do", "company.add_person", json.dumps({"login": "caio", "password": MARKER})),
        ("do", "company.set_password", json.dumps({"person_id": key, "password": MARKER * 20})),
    ):
        seen.append(repr(terminal.call(*arguments, "--as", "ana")))
        seen.append(repr(terminal.call(*arguments, "--as", "ana", json_out=False)))
    seen.append(caplog.text)
    secret.unlink()
    for path in tmp_path.rglob("*"):
        if path.is_file():
            seen.append(path.read_bytes().decode("latin-1"))
    assert len(seen) > 20
    assert [said[max(0, said.find(MARKER) - 200) :][:260] for said in seen if MARKER in said] == []


def test_the_marker_would_have_been_found(db_url: str, tmp_path: Path) -> None:
    """The hunt is no good if it cannot find: a name with the marker is in tables and bytes."""
    office = create_office(db_url, {**COMPANY, "name": MARKER}, clock=FixedClock(company.MONDAY))
    try:
        assert MARKER in repr(company.contents(office))
        if db_url.startswith("sqlite"):
            files = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()]
            assert any(MARKER.encode() in data for data in files)
    finally:
        office.close()


def test_a_secret_column_is_not_copied(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """The verifier of a password stays in its row: the audit says that it changed, and nothing else repeats it."""
    caplog.set_level(logging.DEBUG)
    key = office.show("company.people", {"login": "sales"}).rows[0].id
    office.do("company.set_password", person_id=key, password=MARKER)
    office.do("company.revise_person", person_id=key, login="sales", name="Bia", roles=["sales"])
    office.do("company.set_password", person_id=key, password="another one")
    plant = people.person.update().where(people.person.c.id == key)
    with office.store.engine.begin() as connection:
        connection.execute(plant.values(verifier=MARKER, email="marked@silva.com.br"))
        connection.execute(plant.values(verifier=None, email="marked@silva.com.br"))
        found = connection.execute(select(table_of(RowAudit)).where(table_of(RowAudit).c.row_id == key)).all()
    rows = [(as_read(row.before), as_read(row.after)) for row in found if row.table_name == "person"]
    kept, changed = "***", "*** changed"
    assert [after.get("verifier") for _, after in rows] == [changed, None, changed, changed, changed]
    assert [before.get("verifier") for before, _ in rows] == [kept, None, kept, kept, kept]
    assert rows[1][1]["name"] == "Bia"
    copies = company.contents(office)
    copies.pop("person")
    everything = repr(copies) + caplog.text
    assert "marked@silva.com.br" in everything
    assert MARKER not in everything
    assert "$argon2id$" not in everything


def as_read(stored: Any) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(stored) if isinstance(stored, str) else stored
    return values


def test_a_draft_keeps_everything_but_the_secret(office: Office, tmp_path: Path) -> None:
    desk = Desk(office, book())
    drafts = Drafts(tmp_path / "drafts", FixedClock(company.MONDAY))
    secret = 0
    for screen in book():
        if not isinstance(screen, FormScreen) or screen.command is None or not has_secret(screen.command):
            continue
        state = desk.open(screen.name)
        for spec in fields_of(screen.command):
            if spec.name in {view.name for view in screen.fields}:
                state.type_in(spec.name, MARKER if isinstance(spec.kind, Secret) else "Bia")
                secret += isinstance(spec.kind, Secret)
        drafts.keep("ana", screen.name, "", state.snapshot())
    assert secret >= 3
    kept = [path.read_text() for path in (tmp_path / "drafts").rglob("*") if path.is_file()]
    assert kept
    assert any("Bia" in draft for draft in kept)
    assert [draft for draft in kept if MARKER in draft] == []
