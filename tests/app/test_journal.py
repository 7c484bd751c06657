"""The books as plain text, judged by hledger: every balance is ours, and one altered cent makes it fail.

The entries are those of played orders with payments and returns: the real ones in ../shared/data/olist where they are
there, made ones otherwise.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from retaguarda.app import olist, play
from retaguarda.app.chance import Chance
from retaguarda.app.headless import Office, open_office
from retaguarda.app.journal import journal
from tests.helpers.terminal import DONE, REFUSED, Terminal
from tests.modules.accounting.declared import tell
from tests.modules.accounting.ledger import Ledger

ORDERS = 280
OLIST = Path(__file__).parents[3] / "shared" / "data" / "olist"
HLEDGER = shutil.which("hledger")
AMOUNT = re.compile(r"  (-?)(\d+)\.(\d\d) BRL$", re.MULTILINE)


def hledger(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    if HLEDGER is None:
        pytest.skip("hledger is not installed (Debian package hledger)")
    command = [HLEDGER, "-f", str(path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def balances(path: Path) -> dict[str, Decimal]:
    """What hledger makes of every account that has entries, by its code."""
    out = hledger(path, "balance", "--no-total", "--empty", "--flat", "-O", "csv").stdout
    rows = list(csv.reader(io.StringIO(out)))[1:]
    return {name.split(" ")[0]: Decimal(amount.split(" ")[0]) for name, amount in rows}


def trial_balance(office: Office) -> dict[str, Decimal]:
    """What our trial balance says of the same accounts."""
    rows = office.show("accounting.trial_balance", {"span": "all"}, limit=1000).rows
    return {row.code: row.closing_amount for row in rows if row.postable}


def transactions(path: Path) -> list[str]:
    """The entries in the text."""
    return path.read_text("utf-8").split("\n\n")[1:]


def altered(path: Path, folder: Path, places: Sequence[int]) -> Path:
    """The same text with a cent more in these amounts, a cent less where one is below zero."""
    text = path.read_text("utf-8")
    spots = list(AMOUNT.finditer(text))
    for spot in (spots[place] for place in sorted(places, reverse=True)):
        cents = int(spot[2]) * 100 + int(spot[3]) + 1
        text = f"{text[: spot.start()]}  {spot[1]}{cents // 100}.{cents % 100:02} BRL{text[spot.end() :]}"
    forged = folder / "forged.journal"
    forged.write_text(text, "utf-8")
    return forged


@dataclass(frozen=True, slots=True)
class Played:
    """The journal of a company whose orders were played, and what our books say of it."""

    profile: str
    journal: Path
    entries: int
    rules: Counter[str]
    balances: dict[str, Decimal]


def made_orders() -> olist.Replay:
    """Orders of one to four lines over 50 products, as many paid in parts as at once; about every tenth is short."""
    chance = Chance("books")
    names = {f"produto-{n:02}": f"Produto {n:02}" for n in range(50)}
    prices = {key: Decimal(chance.between(99, 49999)).scaleb(-2) for key in names}
    orders = []
    for n in range(ORDERS):
        chosen = [chance.one_of(tuple(names)) for _ in range(chance.between(1, 4))]
        items = tuple(olist.Item(key, prices[key]) for key in chosen)
        parts = chance.one_of((1, 1, 2, 3))
        orders.append(olist.RealOrder(f"{n:032x}", f"{n % 90:032x}", "Campinas", "SP", "13010-001", items, parts))
    return olist.Replay(orders, names, olist.stock_of(orders, chance))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The orders played on SQLite; on which engine the entries were made is not what is judged here."""
    real = OLIST.is_dir()
    folder = tmp_path_factory.mktemp("played")
    url = f"sqlite:///{folder / 'played.db'}"
    told = play.play(olist.read(OLIST, ORDERS, 2026) if real else made_orders(), url)
    assert told["findings"] == []
    office = open_office(url, play.BOSS)
    try:
        path = folder / "books.journal"
        path.write_text("".join(f"{line}\n" for line in journal(office, "pt_BR")), "utf-8")
        rules = Counter(row.rule for row in office.show("accounting.entries", limit=5000).rows)
        return Played("real" if real else "made", path, rules.total(), rules, trial_balance(office))
    finally:
        office.close()


@pytest.fixture
def written(office: Office, company_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The journal of a company with entries by rules and by hand, exported at the command line."""
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
    assert balances(written) == trial_balance(office)
    entries = office.show("accounting.entries", limit=1000).rows
    assert len(transactions(written)) == len(entries) > 80


@pytest.mark.slow
def test_the_books_of_played_orders_are_ours(played: Played) -> None:
    print(played.profile, played.entries, dict(played.rules))
    assert played.entries >= 1000
    assert min(played.rules[rule] for rule in ("billing.credit_note", "billing.refunded", "inventory.returned")) >= 60
    assert hledger(played.journal, "check").returncode == 0
    assert len(transactions(played.journal)) == played.entries
    assert balances(played.journal) == played.balances
    assert len(played.balances) == 8


@pytest.mark.slow
def test_one_altered_cent_is_no_entry_any_more(played: Played, tmp_path: Path) -> None:
    judged = hledger(altered(played.journal, tmp_path, [1500]), "check")
    assert judged.returncode != 0
    assert "balance" in judged.stderr.lower()


@pytest.mark.slow
def test_one_cent_altered_on_both_sides_is_another_balance(played: Played, tmp_path: Path) -> None:
    entries = transactions(played.journal)
    place = next(n for n in range(600, len(entries)) if len(AMOUNT.findall(entries[n])) == 2)
    before = sum(len(AMOUNT.findall(entry)) for entry in entries[:place])
    forged = altered(played.journal, tmp_path, [before, before + 1])
    assert hledger(forged, "check").returncode == 0
    theirs = balances(forged)
    wrong = {code: theirs[code] - amount for code, amount in played.balances.items() if theirs[code] != amount}
    assert sorted(wrong.values()) == [Decimal("-0.01"), Decimal("0.01")]


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
