"""Pictures that come in are judged whole: what no program can draw is refused before it is kept."""

from __future__ import annotations

import base64
import struct

import pytest

from retaguarda.kernel.kinds import Picture, ValueFault
from retaguarda.kernel.picture import MOST_SIDE, png_size
from tests.helpers.pictures import drawn, part, png

GOOD = drawn()


def test_a_picture_and_its_size() -> None:
    assert png_size(GOOD) == (120, 40)
    assert png_size(png(3, 1, b"\x00" + b"\x01\x02\x03" * 3, colour=2)) == (3, 1)
    assert png_size(png(9, 2, (b"\x00" + b"\xff\x80") * 2, depth=1)) == (9, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"GIF89a",
        GOOD[:8],
        GOOD[:-5],
        GOOD[:40] + bytes([GOOD[40] ^ 1]) + GOOD[41:],
        GOOD + b"x",
        png(4, 1, b"\x00abc"),
        png(4, 1, b"\x00abcde"),
        png(4, 1, b"\x07abcd"),
        png(4, 1, b"\x00abcd", interlace=1),
        png(4, 1, b"\x00abcd", depth=3),
        png(4, 1, b"\x00abcd", colour=3),
        png(0, 1, b""),
        png(MOST_SIDE + 1, 1, b"\x00" * (MOST_SIDE + 2)),
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + part(b"IEND", b""),
        b"\x89PNG\r\n\x1a\n" + part(b"IDAT", b"") + part(b"IEND", b""),
    ],
)
def test_what_is_no_whole_picture_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match=r"PNG|picture|palette"):
        png_size(wrong)


def test_the_kind_takes_base64_and_gives_it_back() -> None:
    text = base64.b64encode(GOOD).decode()
    assert Picture().clean(text) == GOOD
    assert Picture().clean(GOOD) == GOOD
    assert Picture().dump(GOOD) == text


@pytest.mark.parametrize("wrong", ["???", "aGVsbG8=", 7, None, [1]])
def test_the_kind_refuses_what_is_no_picture(wrong: object) -> None:
    with pytest.raises(ValueFault) as fault:
        Picture().clean(wrong)
    assert fault.value.code == "kernel.not_a_picture"


def test_the_kind_refuses_what_is_too_large() -> None:
    with pytest.raises(ValueFault) as fault:
        Picture(100).clean(GOOD)
    assert fault.value.code == "kernel.picture_too_large"
