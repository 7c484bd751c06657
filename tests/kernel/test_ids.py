"""The ids of a command have running numbers, by which the journal names them."""

from __future__ import annotations

import pytest

from retaguarda.kernel.ids import IdMaker, is_id, new_id


@pytest.mark.parametrize("number", [0, 1, 4095, 4096, 4095 * 4096 + 17])
def test_an_id_and_its_number_say_the_same(number: int) -> None:
    maker = IdMaker(new_id())
    key = maker.id_of(number)
    assert is_id(key)
    assert maker.number_of(key) == number


def test_ids_of_others_have_no_number() -> None:
    command_id = new_id()
    maker = IdMaker(command_id)
    assert [maker.number_of(key) for key in (command_id, new_id(), IdMaker(new_id())())] == [None] * 3


def test_they_count_from_nothing() -> None:
    maker = IdMaker(new_id())
    assert [maker.number_of(maker()) for _ in range(3)] == [0, 1, 2]
