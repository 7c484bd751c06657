"""What files can bring in: each kind of record is declared by the module whose command makes it, and filled into the
screen that imports.

Text codes of a kind `catalog.products`: `catalog.import.products` (what it is called) with `.why` (one line under it),
and for each field `catalog.import.products.<field>` with `.also`, the headings under which files have it, parted by
commas: those of every language are looked at, whoever sits here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportField:
    """A field of the command that a column may go to. `lists.field` is one of the row's only entry in a list of parts,
    or of the parts that further rows of the same record make (`ImportKind.parts`).

    `read` is how it is read (`kernel.imports.values.READ`). A field that takes one of a few codes names them in
    `options`; `<field>.<option>` are the words that files have for one, parted by commas. A field that names a record
    of the company is looked for: the row of the query `looks_in` one of whose attributes `by`, in their order, has what
    stands there. `is_key` says that a column tells the records apart and goes no further. `passes_over` says that a row
    is no record where the column has one of the `options`, or anything at all without them; it goes no further either.
    `steps.<name>` is when a step of the flow was done.
    """

    name: str
    read: str = "text"
    digits: int | None = None
    required: bool = False
    options: tuple[str, ...] = ()
    is_key: bool = False
    passes_over: bool = False
    looks_in: str = ""
    by: tuple[str, ...] = ("code",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportKind:
    """Records of one kind. `key` names the fields that may tell one from the others, the best first; those of `beside`
    do so together with it, where a column goes to them; `given` is what every one of them has that no column says;
    `parts` names the list whose entries are the rows of one record; `opens` is the list in which they stand afterwards.
    A file that is `whole` comes in as one record or not at all, whose page `opens` is."""

    name: str
    command: str
    key: tuple[str, ...]
    beside: tuple[str, ...] = ()
    fields: tuple[ImportField, ...]
    given: Mapping[str, Any] = field(default_factory=dict)
    parts: str = ""
    opens: str = ""
    whole: bool = False

    @property
    def code(self) -> str:
        """The catalogue code of what it is called."""
        module, _, name = self.name.partition(".")
        return f"{module}.import.{name}"

    def label(self, name: str) -> str:
        """The catalogue code of a field."""
        return f"{self.code}.{name}"

    def field(self, name: str) -> ImportField:
        """The field of that name."""
        return next(one for one in self.fields if one.name == name)
