"""Documents: read back from the PDF, in both languages and on every paper; nothing clipped, nothing left alone."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from retaguarda.kernel.document import (
    A4,
    LABEL_100X150,
    RECEIPT_80,
    Align,
    Barcode,
    Block,
    Column,
    ColumnKind,
    CompanyHeader,
    Document,
    Heading,
    KeyValues,
    Note,
    Paper,
    Paragraph,
    Spacer,
    Table,
    Total,
    render,
)
from retaguarda.kernel.document.marks import Bars, Face, Words, wrap
from retaguarda.kernel.document.pages import Page, lay_out
from retaguarda.kernel.document.pdf import width_of

HEADER = CompanyHeader(
    "Ferragens São João Ltda.", ("CNPJ 12.ABC.345/01DE-35", "Av. Conceição, 1.204, Ribeirão Preto/SP")
)
COLUMNS = (
    Column("Código"),
    Column("Descrição"),
    Column("Quantidade", ColumnKind.NUMBER),
    Column("Un.", align=Align.CENTRE),
    Column("Total", ColumnKind.NUMBER, width_mm=32),
)
ALL_PAPERS = pytest.mark.parametrize("paper", [A4, LABEL_100X150, RECEIPT_80], ids=["a4", "label", "receipt"])


def document(*blocks: Block, language: str = "pt_BR", paper: Paper = A4) -> Document:
    return Document("billing.invoice", "Fatura 1.234", language, HEADER, blocks, paper)


def lines(count: int) -> Table:
    rows = [(f"P{n:04}", f"Açúcar cristal nº {n}", f"{n},5", "kg", f"R$\u00a0{n},00") for n in range(1, count + 1)]
    return Table(
        COLUMNS, rows, (Total("Subtotal", "R$\u00a045.150,00"), Total("Total", "R$\u00a045.150,00", strong=True))
    )


def receipt_lines(count: int) -> Table:
    rows = [(f"Açúcar {n}", f"R$\u00a0{n},00") for n in range(count)]
    return Table((Column("Item"), Column("Total", ColumnKind.NUMBER)), rows)


def texts(made: Document) -> list[str]:
    pages = PdfReader(io.BytesIO(render(made))).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


def words(page: Page) -> list[Words]:
    return [mark for mark in page.marks if isinstance(mark, Words)]


@pytest.mark.parametrize(("language", "foot"), [("pt_BR", "Página {} de {}"), ("en", "Page {} of {}")])
def test_three_hundred_lines_come_out_whole_with_head_and_number_on_each_page(language: str, foot: str) -> None:
    pages = texts(document(lines(300), language=language))
    assert len(pages) == 8
    for number, page in enumerate(pages, 1):
        assert foot.format(number, len(pages)) in page
        assert "Ferragens São João Ltda." in page
        assert "Fatura 1.234" in page
        assert "Descrição" in page
    everything = " ".join(pages)
    assert re.findall(r"P\d{4}", everything) == [f"P{n:04}" for n in range(1, 301)]
    assert "Açúcar cristal nº 300" in everything
    assert "Av. Conceição" in pages[0]
    assert "Av. Conceição" not in pages[1]
    assert everything.count("45.150,00") == 2


def test_the_file_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(render(document(Paragraph("Olá")))))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.subject) == ("Fatura 1.234", "billing.invoice")
    assert reader.metadata.author == HEADER.name
    assert str(reader.root_object["/Lang"]) == "pt-BR"
    page: Any = reader.pages[0]
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any("Inter" in font for font in fonts)


@ALL_PAPERS
def test_every_block_on_every_paper(paper: Paper) -> None:
    made = document(
        Heading("Cliente"),
        KeyValues((("Nome", "Padaria Pão & Açaí"), ("Endereço", "Rua das Acácias, 12"), ("Vencimento", "25/11/2026"))),
        lines(3),
        Note("Não empilhar."),
        Spacer(5),
        Paragraph("Obrigado pela preferência!\nVolte sempre.", strong=True),
        Barcode("PED-000123"),
        paper=paper,
    )
    shown = " ".join(texts(made))
    for part in (
        "Cliente",
        "Padaria Pão & Açaí",
        "25/11/2026",
        "Não empilhar.",
        "Volte sempre.",
        "PED-000123",
        "Total",
    ):
        assert part in shown
    page = PdfReader(io.BytesIO(render(made))).pages[0]
    assert float(page.mediabox.width) == pytest.approx(paper.width, abs=0.01)
    if paper.height is not None:
        assert float(page.mediabox.height) == pytest.approx(paper.height, abs=0.01)


def test_a_receipt_is_cut_where_it_ends_and_has_no_page_number() -> None:
    short, long = (document(receipt_lines(count), paper=RECEIPT_80) for count in (2, 60))
    assert len(texts(long)) == 1
    assert "Página" not in texts(long)[0]
    heights = [next(lay_out(made, width_of)).height for made in (short, long)]
    assert heights[1] > heights[0] + 58 * RECEIPT_80.text_size
    assert len(texts(document(receipt_lines(1200), paper=RECEIPT_80))) == 2


awkward = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Co")), max_size=400) | st.sampled_from(
    ["W" * 300, "nome " * 80, "a\nb\n" * 30, "", "\u00a0" * 50, "1234567890,00" * 9]
)


@ALL_PAPERS
@settings(max_examples=25, deadline=None)
@given(cell=awkward, other=awkward, count=st.integers(1, 40))
def test_nothing_leaves_the_paper_and_nothing_is_lost(paper: Paper, cell: str, other: str, count: int) -> None:
    table = Table(
        COLUMNS, [(cell, other, "1.234,5", "kg", "R$\u00a09,00")] * count, (Total(cell[:40], "R$\u00a09,00"),)
    )
    made = document(KeyValues((("Nome", other), ("Obs.", cell))), table, Paragraph(cell), Note(other), paper=paper)
    pages = list(lay_out(made, width_of))
    for page in pages:
        for mark in words(page):
            width = width_of(mark.text, mark.face, mark.size)
            start = mark.x - {Align.LEFT: 0, Align.CENTRE: width / 2, Align.RIGHT: width}[mark.align]
            assert start >= paper.margin - 0.1
            assert start + width <= paper.width - paper.margin + 0.1
            assert paper.margin <= mark.y <= page.height - paper.margin + 0.1
    shown = "".join(mark.text for page in pages for mark in words(page))
    for text in (cell, other):
        visible = {char for char in text if char.isprintable() and not char.isspace()}
        assert visible <= set(shown)
    assert shown.count("1.234,5") >= count


def test_a_cell_higher_than_a_page_goes_on() -> None:
    long = " ".join(f"palavra{n}" for n in range(3000))
    made = document(Table((Column("Texto"),), [(long,)]), KeyValues((("Obs.", long),)), paper=LABEL_100X150)
    everything = " ".join(texts(made))
    assert [everything.count(f"palavra{n} ") for n in (0, 1500, 2998)] == [2, 2, 2]


def test_a_heading_stays_with_what_follows() -> None:
    for filler in range(150, 250):
        made = document(Spacer(filler), Heading("Itens"), lines(3))
        for page in lay_out(made, width_of):
            found = [mark.text for mark in words(page)]
            if "Itens" in found:
                assert "P0001" in found


def test_totals_are_never_alone_on_a_page() -> None:
    for count in range(30, 60):
        last = [mark.text for mark in words(list(lay_out(document(lines(count)), width_of))[-1])]
        assert "Subtotal" in last
        assert f"P{count:04}" in last


def test_figures_stand_under_each_other() -> None:
    widths = {width_of(digit, face, 9) for digit in "0123456789" for face in (Face.FIGURES,)}
    assert len(widths) == 1
    page = next(lay_out(document(lines(12)), width_of))
    amounts = [mark for mark in words(page) if mark.text.endswith(",00") and mark.face is Face.FIGURES]
    assert len({(mark.x, mark.align) for mark in amounts}) == 1


@pytest.mark.parametrize("wrong", ["", "açaí", "x" * 49, "a\nb"])
def test_a_bar_code_refuses_what_it_cannot_hold(wrong: str) -> None:
    with pytest.raises(ValueError, match="Code 128"):
        Barcode(wrong)


def test_a_bar_code_too_long_for_the_paper_is_refused_rather_than_unreadable() -> None:
    assert render(document(Barcode("X" * 40)))
    with pytest.raises(ValueError, match="too long"):
        render(document(Barcode("X" * 40), paper=RECEIPT_80))


def test_a_table_refuses_rows_of_another_length() -> None:
    with pytest.raises(ValueError, match="one text for each column"):
        Table(COLUMNS, [("only one",)])


def test_wrapping_breaks_at_spaces_and_never_loses_a_character() -> None:
    assert wrap("uma frase curta", 1000, Face.REGULAR, 9, width_of) == ["uma frase curta"]
    assert wrap("a\tb\x07\nc", 1000, Face.REGULAR, 9, width_of) == ["a b", "c"]
    assert wrap("", 100, Face.REGULAR, 9, width_of) == [""]
    pieces = wrap("x" * 500, 100, Face.REGULAR, 9, width_of)
    assert "".join(pieces) == "x" * 500
    assert max(width_of(piece, Face.REGULAR, 9) for piece in pieces) <= 100.1


GOLDEN = document(
    KeyValues((("Cliente", "Ana Conceição"),)),
    Table(
        (Column("Item"), Column("Total", ColumnKind.NUMBER)),
        [("Café", "R$\u00a012,50")],
        (Total("Total", "R$\u00a012,50", True),),
    ),
    Barcode("PED-1"),
    paper=LABEL_100X150,
)


def test_golden_places() -> None:
    """The places of one small label. A change here is a change of every document: look at one before accepting it."""
    (page,) = lay_out(GOLDEN, width_of)
    places = [
        (round(mark.x), round(mark.y), mark.text if isinstance(mark, Words) else mark.value)
        for mark in page.marks
        if isinstance(mark, Words | Bars)
    ]
    assert places == [
        (14, 26, "Ferragens São João Ltda."),
        (14, 39, "CNPJ 12.ABC.345/01DE-35"),
        (14, 50, "Av. Conceição, 1.204, Ribeirão Preto/SP"),
        (14, 69, "Fatura 1.234"),
        (14, 92, "Cliente"),
        (14, 103, "Ana Conceição"),
        (18, 125, "Item"),
        (265, 125, "Total"),
        (18, 141, "Café"),
        (265, 141, "R$\xa012,50"),
        (265, 158, "R$\xa012,50"),
        (209, 158, "Total"),
        (14, 170, "PED-1"),
        (24, 221, "PED-1"),
        (269, 411, "Página 1 de 1"),
    ]


def test_the_same_document_gives_the_same_bytes_in_another_process() -> None:
    here = render(GOLDEN)
    assert here == render(replace(GOLDEN))
    script = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.kernel.test_document import GOLDEN, render\n"
        "sys.stdout.write(hashlib.sha256(render(GOLDEN)).hexdigest())"
    )
    root = str(Path(__file__).resolve().parents[2])
    run = subprocess.run([sys.executable, "-c", script, root], capture_output=True, text=True, check=True)
    assert run.stdout == hashlib.sha256(here).hexdigest()


class Counted:
    """Rows that are made anew each time, and how many there are at once."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for n in range(self.count):
            yield (f"{n:06}", f"Linha {n}", f"{n},00")


def test_rows_that_are_not_held_come_out_like_those_that_are() -> None:
    columns = (
        Column("Nº", width_mm=25),
        Column("O quê", width_mm=90),
        Column("Valor", ColumnKind.NUMBER, width_mm=40),
    )
    totals = (Total("Soma", "1,00", strong=True),)
    streamed, held = (
        render(replace(document(lines(1)), blocks=(Table(columns, rows, totals),)))
        for rows in (Counted(300), list(Counted(300)))
    )
    assert streamed == held


def test_rows_that_are_not_held_say_their_widths() -> None:
    with pytest.raises(ValueError, match="how wide"):
        Table((Column("Nº"), Column("O quê", width_mm=30), Column("Valor", width_mm=30)), Counted(3))


def test_twenty_times_the_rows_are_laid_out_in_the_same_memory() -> None:
    """What is kept grows with a page, not with the rows."""
    columns = (Column("Nº", width_mm=25), Column("O quê", width_mm=90), Column("Valor", width_mm=40))
    peaks = []
    for count in (500, 10_000):
        made = replace(document(lines(1)), blocks=(Table(columns, Counted(count)),))
        tracemalloc.start()
        pages = sum(1 for _ in lay_out(made, lambda text, face, size: len(text) * size / 2))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert pages > count / 60
    assert peaks[1] < peaks[0] * 1.5 + 100_000
