"""A file on its way in, in the tour: every step, a mapping that lacks a column, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from retaguarda.kernel.screen.importing import ImportState, Step
from retaguarda.kernel.screen.state import Go
from tests.tour.sight import Sight
from tests.tour.stage import Stage

NAME = "imports.wizard"
ROWS = """\
Ref;Descrição do item;Valor de venda;cod_barras;un;obs2
T-4410;Estante de aço 6 prateleiras;1.289,90;;UN;ver c/ Zé
T-4411;Martelo unha 27 mm cabo de fibra;64,50;7891234567895;UN;
T-4412;Serrote profissional 20";8O,00;;UN;
T-4413;Lixa d'água grão 220;2,35;789123456789;UN;pct c/ 50
T-4414;Cabo flexível 2,5 mm² (rolo 100 m);289,00;;XYZ;
;Parafuso sextavado 1/4" x 2";0,75;;UN;sem referência
T-4416;Trena 5 m;28,90;;UN;
"""
CHOSEN = {
    "kind": "catalog.products",
    "encoding": "windows",
    "delimiter": "semicolon",
    "decimal": "comma",
    "dates": "mdy",
}


def import_sights() -> Iterator[Sight]:
    """What a person meets who brings a file in."""
    yield Sight("import.file", NAME, partial(_at, step="file"))
    yield Sight("import.columns", NAME, partial(_at, step="columns"))
    yield Sight("import.lacking", NAME, _lacking)
    yield Sight("import.check", NAME, partial(_at, step="check"))
    yield Sight("import.done", NAME, partial(_at, step="done"))


def _at(stage: Stage, step: Step) -> ImportState:
    """The wizard on a list of products that an old program wrote, at a step."""
    stage.folder.mkdir(parents=True, exist_ok=True)
    path = stage.folder / "produtos_2026.csv"
    path.write_text(ROWS, encoding="cp1252")
    opened = stage.open(Go(NAME))
    state = opened.state
    assert isinstance(state, ImportState)
    stage.calm()
    state.choose(path=str(path), **CHOSEN)
    stage.calm()
    while state.step != step:
        opened.view.press("go_on")
        stage.calm()
    if step == "done":  # what other pictures show is as it was
        stage.office.do("imports.undo_batch", batch_id=state.came.batch if state.came is not None else "")
    return state


def _lacking(stage: Stage) -> None:
    state = _at(stage, "columns")
    for field in ("name", "price"):
        state.set_column(field, "")
    state.does("go_on")
    stage.calm()
