"""The first `.ui` of a form, written from its declaration: two columns, a label over each control, a line under it.

`build/forms.py` writes the files; from then on they are data that anybody may change in Qt Designer. Every property
that is no word for a person carries `notr`, and there is no other: labels are filled in from the catalogue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, fromstring, tostring

from retaguarda.kernel.command import FieldSpec, fields_of
from retaguarda.kernel.kinds import Choice, Codes, Day, Flag, Kind, Number, Picture, Secret, Text, Whole
from retaguarda.kernel.screen import FieldView, FormScreen, LinesView

COLUMNS = 2
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<ui version="4.0">\n <class>{name}</class>\n'


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the grid: a field, a line grid or the name of a section."""

    view: FieldView | LinesView | None
    spec: FieldSpec | None
    row: int
    column: int
    span: int
    section: str = ""


def control_class(kind: Kind, view: FieldView) -> str:
    """The class of the control for a field of that kind."""
    kind = view.kind or kind
    if view.suggestions:
        return "SearchBox" if view.binds else "OfferBox"
    if isinstance(kind, Codes):
        return "CodesBox" if view.options else "Picker" if view.choices else "LineEdit"
    if isinstance(kind, Secret):
        return "SecretEdit"
    if isinstance(kind, Picture):
        return "SignatureBox"
    if isinstance(kind, Text):
        return "TextArea" if kind.lines else "LineEdit"
    for known, control in ((Choice, "Combo"), (Flag, "CheckBox"), (Day, "DateEdit"), (Number, "NumberEdit")):
        if isinstance(kind, known):
            return control
    return "NumberEdit" if isinstance(kind, Whole) else "LineEdit"


def specs_of(screen: FormScreen) -> dict[str, FieldSpec]:
    """The fields of the form's commands by name; those of `command` first."""
    specs: dict[str, FieldSpec] = {}
    for command in (screen.revise, screen.command):
        if command is not None:
            specs |= {spec.name: spec for spec in fields_of(command)}
    return specs


def cells_of(screen: FormScreen) -> Iterator[Cell]:
    """Where each field stands: left to right, a new row where it does not fit, sections and grids on their own."""
    specs, row, column, section = specs_of(screen), 0, 0, ""
    for view in screen.fields:
        if view.name not in specs:
            continue
        wide = COLUMNS if isinstance(view, LinesView) else min(max(view.width, 1), COLUMNS)
        if view.section and view.section != section:
            section = view.section
            row, column = row + (column > 0), 0
            yield Cell(None, None, row, 0, COLUMNS, section)
            row += 1
        if column + wide > COLUMNS:
            row, column = row + 1, 0
        yield Cell(view, specs[view.name], row, column, wide)
        column += wide
        if column >= COLUMNS:
            row, column = row + 1, 0


def write_form(screen: FormScreen) -> str:
    """The whole `.ui` text of a form."""
    name = screen.name.replace(".", "_")
    cells = list(cells_of(screen))
    last = max((cell.row for cell in cells), default=0)
    out = [_HEAD.format(name=name), f' <widget class="QWidget" name="{name}">\n']
    stretch = ",".join(["0"] * (last + 1) + ["1"])
    out.append(f'  <layout class="QGridLayout" name="grid" rowstretch="{stretch}" columnstretch="1,1">\n')
    out.append(_number("horizontalSpacing", 16) + _number("verticalSpacing", 12))
    for side in ("left", "top", "right", "bottom"):
        out.append(_number(f"{side}Margin", 0))
    out += [_place(cell) for cell in cells]
    out.append(_spacer(last + 1))
    out.append("  </layout>\n </widget>\n <resources/>\n <connections/>\n</ui>\n")
    return "".join(out)


def without_cells(text: bytes, absent: Collection[str]) -> bytes:
    """The `.ui` text without the cells of these fields; the cells behind them move up, so that no hole is left.

    A form that makes a record and one that changes it share their file, and each has fields that the other has not.
    """
    root = fromstring(text)
    for grid in root.iter("layout"):
        if grid.get("class") == "QGridLayout":
            _close_ranks(grid, absent)
    return tostring(root)


def _close_ranks(grid: Element, absent: Collection[str]) -> None:
    row, column = 0, 0
    for item in sorted(grid.findall("item"), key=lambda one: (int(one.get("row", 0)), int(one.get("column", 0)))):
        if _names_of(item) & set(absent):
            grid.remove(item)
            continue
        span = int(item.get("colspan", 1))
        if column + span > COLUMNS or (item.find("spacer") is not None and column):
            row, column = row + 1, 0
        item.set("row", str(row))
        item.set("column", str(column))
        column += span


def _names_of(item: Element) -> set[str]:
    return {one.findtext("string", "") for one in item.iter("property") if one.get("name") in ("bind", "lines")}


def _place(cell: Cell) -> str:
    at = f'   <item row="{cell.row}" column="{cell.column}" rowspan="1" colspan="{cell.span}"'
    if cell.view is None or cell.spec is None:
        name = cell.section.replace(".", "_")
        return f"{at}>\n{_widget('SectionLabel', f'section_{name}', 4, section=cell.section)}   </item>\n"
    if isinstance(cell.view, LinesView):
        return f"{at}>\n{_widget('LinesEditor', cell.view.name, 4, lines=cell.view.name)}   </item>\n"
    name = cell.view.name
    assert cell.spec.kind is not None
    control = control_class(cell.spec.kind, cell.view)
    parts = [_widget(control, name, 6, bind=name), _widget("HintLine", f"hint_{name}", 6, hint_of=name)]
    if control != "CheckBox":
        parts.insert(0, _widget("FieldLabel", f"label_{name}", 6, label_of=name))
    # The spacer takes what a taller neighbour leaves, so that labels stand in one line.
    parts.append(_upright_spacer(f"rest_{name}", 6))
    items = "".join(f"     <item>\n{part}     </item>\n" for part in parts)
    spacing = '     <property name="spacing">\n      <number>4</number>\n     </property>\n'
    return f'{at}>\n    <layout class="QVBoxLayout" name="cell_{name}">\n{spacing}{items}    </layout>\n   </item>\n'


def _widget(kind: str, name: str, indent: int, **properties: str) -> str:
    pad = " " * indent
    out = [f'{pad}<widget class="{kind}" name="{escape(name)}">\n']
    for key, value in properties.items():
        out.append(f'{pad} <property name="{key}" stdset="0">\n{pad}  <string notr="true">{value}</string>\n')
        out.append(f"{pad} </property>\n")
    return "".join([*out, f"{pad}</widget>\n"])


def _number(name: str, value: int) -> str:
    return f'   <property name="{name}">\n    <number>{value}</number>\n   </property>\n'


def _spacer(row: int) -> str:
    return f'   <item row="{row}" column="0">\n{_upright_spacer("rest", 4)}   </item>\n'


def _upright_spacer(name: str, indent: int) -> str:
    pad = " " * indent
    return (
        f'{pad}<spacer name="{name}">\n{pad} <property name="orientation">\n'
        f"{pad}  <enum>Qt::Orientation::Vertical</enum>\n{pad} </property>\n"
        f'{pad} <property name="sizeHint" stdset="0">\n{pad}  <size>\n{pad}   <width>0</width>\n'
        f"{pad}   <height>0</height>\n{pad}  </size>\n{pad} </property>\n{pad}</spacer>\n"
    )
