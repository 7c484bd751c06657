"""EAN-13: the modules of the standard's example, and a label whose bars lie where they must."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from retaguarda.kernel.document import LABEL_100X150, CompanyHeader, Document, Ean13, render
from retaguarda.kernel.document.ean import MODULES, ean13_modules


def test_the_example_of_the_standard() -> None:
    said = (
        "101 0001011 0100111 0110011 0010011 0111101 0011101 01010 1100110 1101100 1000010 1011100 1001110 1000100 101"
    )
    assert ean13_modules("5901234123457") == said.replace(" ", "")
    assert len(ean13_modules("7892600010029")) == MODULES


def test_it_is_printed_with_its_digits() -> None:
    block = Ean13("5901234123457")
    paper = Document("test.label", "Etiqueta", "pt_BR", CompanyHeader("Loja"), (block,), LABEL_100X150)
    text = PdfReader(io.BytesIO(render(paper))).pages[0].extract_text()
    assert "5 901234 123457" in text
    assert render(paper) == render(paper)


@pytest.mark.parametrize("wrong", ["", "5901234123458", "12345670", "590123412345X"])
def test_what_is_no_gtin_13_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="no GTIN-13"):
        Ean13(wrong)
