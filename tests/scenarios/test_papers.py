"""Every paper of the way from purchase to credit note, in both languages: all that is printed, read back from the PDF,
is the rows it was made of, in their order, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from retaguarda.app.headless import Office
from tests.helpers import company
from tests.helpers.paper_reader import STRONG, PaperPage, read_pages, tight
from tests.helpers.papers_said import PAPERS, SAID, Paper, Shown
from tests.helpers.whole_path import CARRIER, CUSTOMER, NOTE, PRODUCT, SECRET, SUPPLIER, WholePath
from tests.kernel.test_document_bars import bars_of
from tests.kernel.test_document_bars import read as read_bars

LINES = 60
LANGUAGES = ("pt_BR", "en")
FOR_THE_HOUSE = ("pick_list", "count_sheet", "stock_position", "till_closing", "trial_balance", "income_statement")
LONG = {"quotation": 3, "order": 3, "invoice": 3, "purchase_order": 3, "stock_position": 3}
ROLLS = ("receipt", "counter_receipt", "till_closing")


class Script:
    """A script that plays the path: values and rows as plain mappings."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def do(self, name: str, /, **payload: Any) -> Mapping[str, Any]:
        return self.office.do((name, payload)).value

    def show(self, name: str, where: Mapping[str, Any] | None = None, sort: str = "") -> list[dict[str, Any]]:
        rows = self.office.show(name, where or {}, sort or None, 1000).rows
        return [{field: getattr(row, field) for field in row.__dataclass_fields__} for row in rows]


@pytest.fixture(scope="module")
def shown(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    office = company.open_as(company.copy_sqlite(sqlite_template, tmp_path_factory.mktemp("papers") / "company.db"))
    yield Shown(office, WholePath(Script(office), LINES))
    office.close()


def body(pages: Sequence[PaperPage], title: str, language: str, roll: bool) -> str:
    """All that the pages say but for what each further one repeats: the short head, the head of a table that goes on,
    "page n of m". Fails where one of these is wrong or not there."""
    said: list[str] = []
    columns = ""
    for number, page in enumerate(pages, 1):
        pieces = list(page.pieces)
        if not roll:
            words = f"Página {number} de {len(pages)}" if language == "pt_BR" else f"Page {number} of {len(pages)}"
            assert pieces.pop().text == words
        if number > 1:
            short = ""
            while short != tight(SAID[0], title):
                short = tight(short, pieces.pop(0).text)
                assert tight(SAID[0], title).startswith(short)
            assert pieces[0].ground or pieces[0].face in STRONG, f"{pieces[0].text} stands without its head"
        for place, piece in enumerate(pieces):
            if piece.ground and piece.face in STRONG:
                end = next(n for n, other in enumerate(pieces) if n > place and other.face not in STRONG)
                found = tight(*(one.text for one in pieces[place:end]))
                if place == 0 and found == columns:
                    pieces = pieces[end:]
                    break
                columns = found
        said += [piece.text for piece in pieces]
    return tight(*said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.__name__)
def test_it_says_what_its_rows_say_and_nothing_else(shown: Shown, paper: Paper, language: str) -> None:
    name, params = shown.path.papers[paper.__name__]
    data = shown.office.print_document(name, params, language)
    pages, facts = read_pages(data), PdfReader(io.BytesIO(data)).metadata
    assert facts is not None
    title, expected = str(facts.title), list(paper(shown.in_language(language)))
    assert title in expected
    assert body(pages, title, language, paper.__name__ in ROLLS) == tight(*expected)
    assert [fault for page in pages for fault in page.faults()] == []
    assert len(pages) >= LONG.get(paper.__name__, 1)
    if paper.__name__ not in FOR_THE_HOUSE:
        assert SECRET not in tight(*(piece.text for page in pages for piece in page.pieces))
        assert SECRET not in str(facts)
        assert SECRET.encode() not in data


def test_every_paper_of_the_path_is_read(shown: Shown) -> None:
    assert {paper.__name__ for paper in PAPERS} == set(shown.path.papers)


def test_long_names_are_whole(shown: Shown) -> None:
    """The rows that papers are compared with hold what was typed."""
    rows = shown.rows("sales.order_lines", "position", order_id=shown.path.order)
    assert [row.name for row in rows] == [PRODUCT.format(n=n) for n in range(1, LINES + 1)]
    card = shown.one("delivery.shipment_card", shown.path.papers["packing_list"][1]["shipment_id"])
    assert (card.customer_name, card.carrier_name, card.customer_note) == (CUSTOMER, CARRIER, NOTE)
    assert (
        shown.one("purchasing.order_card", shown.path.papers["purchase_order"][1]["order_id"]).supplier_name == SUPPLIER
    )
    assert {len(name) for name in (CUSTOMER, CARRIER, SUPPLIER, PRODUCT.format(n=1))} == {60}


def test_the_bars_say_what_stands_under_them(shown: Shown) -> None:
    for paper, said in (("shipping_label", "2-1"), ("pick_list", "L1")):
        name, params = shown.path.papers[paper]
        assert read_bars(bars_of(shown.office.print_document(name, params))) == said


def test_the_path_left_clean_books(shown: Shown) -> None:
    assert shown.office.check() == []
