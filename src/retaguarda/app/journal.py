"""The books as plain text, in the journal format that ledger and hledger read: an independent tool can check them, and
an accountant can take them along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts

PAGE = 5000
_UNREADABLE = re.compile(r"[;|\s]+")
"""A semicolon begins a comment, a bar ends the payee, two spaces end the name of an account."""


def journal(office: Office, language: str) -> Iterator[str]:
    """The lines of the text, entry by entry in the order in which they were made.

    Whoever may not read the books is refused here, before anything is written.
    """
    lines = _lines(office)
    first = list(islice(lines, 1))
    return _text(office, Texts(language), chain(first, lines))


def _text(office: Office, texts: Texts, lines: Iterable[Any]) -> Iterator[str]:
    currency = office.facts().currency
    yield f"; {_plain(office.facts().name)}"
    yield "decimal-mark ."
    yield f"commodity 1000.00 {currency}"
    for _, sides in groupby(lines, key=lambda row: row.entry_id):
        first, *rest = sides
        yield ""
        yield f"{first.occurred_on.isoformat()} ({first.entry_id}) {_what(first, texts)}"
        for row in (first, *rest):
            yield f"    {_plain(f'{row.account_code} {row.account_name}')}  {row.amount:.2f} {currency}"


def _lines(office: Office) -> Iterator[Any]:
    after = None
    while True:
        page = office.show("accounting.journal_lines", sort="entry_id", limit=PAGE, after=after)
        yield from page.rows
        after = page.after
        if after is None:
            return


def _what(row: Any, texts: Texts) -> str:
    said = [texts.say(f"accounting.rule.{row.rule}"), row.source_number or "", row.party_name or row.memo or ""]
    return _plain(" ".join(word for word in said if word))


def _plain(words: str) -> str:
    return _UNREADABLE.sub(" ", words).strip()
