"""The books as plain text, judged by hledger: every balance is ours, and one altered cent makes it fail."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from retaguarda.app.headless import Office
from tests.helpers.terminal import DONE, REFUSED, Terminal
from tests.modules.accounting.declared import tell
from tests.modules.accounting.ledger import Ledger

HLEDGER = shutil.which("hledger")
AMOUNT = re.compile(r"  (-?)(\d+)\.(\d\d) BRL$", re.MULTILINE)


def hledger(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    assert HLEDGER is not None
    command = [HLEDGER, "-f", str(path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def written(office: Office, company_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The journal of a company with entries by rules and by hand, exported at the command line."""
    if HLEDGER is None:
        pytest.skip("hledger is not installed (Debian package hledger)")
    tell(office)
    ledger = Ledger(office)
    try:
        for n in range(1, 40):
            ledger.book("billing.invoice_issued", goods=f"{n}.{n:02}", services="3.33", discount="0.07", number=n)
            ledger.book("inventory.shipped", cost=f"{n}.01")
    finally:
        ledger.bus.close()
    path = tmp_path / "books.journal"
    answer = Terminal(company_url, capsys).call("journal", "--as", "ana", "--out", str(path))
    assert (answer.code, answer.said) == (DONE, {"file": str(path)})
    return path


def test_every_balance_is_ours(office: Office, written: Path) -> None:
    assert hledger(written, "check").returncode == 0
    out = hledger(written, "balance", "--no-total", "--empty", "--flat", "-O", "csv").stdout
    theirs = {
        name.split(" ")[0]: Decimal(amount.split(" ")[0]) for name, amount in list(csv.reader(io.StringIO(out)))[1:]
    }
    rows = office.show("accounting.trial_balance", {"span": "all"}, limit=1000).rows
    ours = {row.code: row.closing_amount for row in rows if row.postable}
    assert theirs == ours
    assert len(ours) > 8
    entries = office.show("accounting.entries", limit=1000).rows
    assert len(hledger(written, "print", "-O", "csv").stdout.splitlines()) > len(entries) > 80
    assert written.read_text("utf-8").count("\n\n") == len(entries)


def test_one_altered_cent_fails(written: Path) -> None:
    text = written.read_text("utf-8")
    spot = list(AMOUNT.finditer(text))[17]
    cents = f"{(int(spot[3]) + 1) % 100:02}"
    written.write_text(f"{text[: spot.start()]}  {spot[1]}{spot[2]}.{cents} BRL{text[spot.end() :]}", "utf-8")
    judged = hledger(written, "check")
    assert judged.returncode != 0
    assert "balance" in judged.stderr.lower()


def test_the_journal_is_for_those_who_read_the_books(company_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    prompt = Terminal(company_url, capsys, "sales")
    assert prompt.call("journal", "--as", "sales").code == REFUSED
    said = prompt.call("journal", "--as", "accounting", json_out=False)
    assert said.code == DONE
    assert "decimal-mark ." in said.said


def test_a_file_that_cannot_be_written_is_a_trouble(
    company_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Terminal(company_url, capsys).call("journal", "--as", "ana", "--out", str(tmp_path / "no" / "file"))
    assert (answer.code, answer.said["code"]) == (3, "kernel.file_not_written")
