"""Pages on sheets: never made larger, never cut, several where several fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.shell.printing.layout import per_sheet, sheets_of
from retaguarda.shell.printing.ports import SAME, PaperSize, Printer, Size

A4, ROLL, LABEL = Size(210, 297), Size(80, 214), Size(100, 150)
lengths = st.floats(min_value=20, max_value=400)
sizes = st.builds(Size, lengths, lengths)


def test_without_a_paper_every_page_has_a_sheet_of_its_own_size():
    sheets = sheets_of([A4, ROLL, LABEL], None)
    assert [sheet.size for sheet in sheets] == [A4, ROLL, LABEL]
    assert [placed.scale for sheet in sheets for placed in sheet.placed] == [1, 1, 1]
    assert [placed.page for sheet in sheets for placed in sheet.placed] == [0, 1, 2]


def test_four_labels_share_an_a4_sheet_at_nearly_their_own_size():
    sheets = sheets_of([LABEL] * 5, A4)
    assert [len(sheet.placed) for sheet in sheets] == [4, 1]
    assert sheets[0].placed[0].scale == pytest.approx(0.99)
    assert per_sheet(LABEL, A4) == 4
    corners = [(round(placed.x, 1), round(placed.y, 1)) for placed in sheets[0].placed]
    assert corners == [(6.0, 0.0), (105.0, 0.0), (6.0, 148.5), (105.0, 148.5)]
    # A single label stands where the first of four would: stuck labels are cut before they are printed.
    assert sheets[1].placed[0] == type(sheets[1].placed[0])(4, *(sheets[0].placed[0].x, 0.0), sheets[0].placed[0].scale)


def test_a_page_larger_than_the_paper_is_made_to_fit():
    (sheet,) = sheets_of([A4], LABEL)
    (placed,) = sheet.placed
    assert placed.scale == pytest.approx(100 / 210)
    assert placed.y + A4.height * placed.scale <= LABEL.height + SAME


def test_pages_of_different_sizes_do_not_share_a_sheet():
    sheets = sheets_of([LABEL, LABEL, ROLL], A4)
    assert [[placed.page for placed in sheet.placed] for sheet in sheets] == [[0, 1], [2]]


@given(page=sizes, paper=sizes, pages=st.integers(1, 9))
def test_every_page_comes_out_once_whole_and_beside_the_others(page: Size, paper: Size, pages: int):
    sheets = sheets_of([page] * pages, paper)
    assert [placed.page for sheet in sheets for placed in sheet.placed] == list(range(pages))
    for sheet in sheets:
        for placed in sheet.placed:
            assert 0 < placed.scale <= 1
            assert placed.x >= -0.01
            assert placed.x + page.width * placed.scale <= paper.width + 0.01
            assert placed.y + page.height * placed.scale <= paper.height + 0.01
        corners = [(placed.x, placed.y) for placed in sheet.placed]
        assert len(set(corners)) == len(corners)


@pytest.mark.parametrize(
    ("page", "papers", "usual", "best"),
    [
        (A4, ("A4", "A5"), "A4", ""),
        (LABEL, ("A4", "A5"), "A4", "A4"),
        (LABEL, ("A4", "A5"), "", "A5"),
        (Size(80, 412), ("72 × 297",), "72 × 297", ""),
        (A4, ("72 × 297",), "72 × 297", "72 × 297"),
        (A4, (), "", ""),
    ],
)
def test_the_paper_on_which_a_page_comes_out_best(page: Size, papers: tuple[str, ...], usual: str, best: str):
    known = {"A4": A4, "A5": Size(148, 210), "72 × 297": Size(72, 297)}
    printer = Printer("X", tuple(PaperSize(name, known[name]) for name in papers), usual=usual)
    assert printer.paper_for(page) == best
