"""Values of commands for reference tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stateful.standing import Standing
from tests.stateful.values.declaring import of


@of("reference.load_table")
def whole_table(s: Standing, _row: Any) -> Mapping[str, Any]:
    first = s.chance.randrange(900)
    rows = [{"code": f"{first + n:03}", "name": s.word()} for n in range(s.chance.randint(1, 9))]
    return {"table": s.one_of(("bank", "bank", "unit")), "rows": rows}


@of("reference.put_in_force")
def named_edition(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"label": s.word(), "dated_on": s.day(-30, 0), "source": s.word()}


@of("reference.revert_table")
def table_with_one_before(s: Standing, _row: Any) -> Mapping[str, Any]:
    return {"table": s.row("reference.tables", lambda r: r.follows_id is not None).id}
