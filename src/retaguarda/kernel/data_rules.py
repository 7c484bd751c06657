"""Rules about master data: what is wrong with a record and which use of it that stops, as data beside each module.

A rule is a select that gives the records it finds; the module whose use it stops declares it, and where the program
itself refuses that use, the rule names the same refusal. A defect stops its own use and no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Date, Integer, Select, String, cast, func, null, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Key

Level = Literal["bad", "warn", "info"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of record that rules judge, by its table. `select` has the columns `id`, `name`, `sub`, `folded` and
    `opens` (the screen of the record) of all that somebody may still mend; `permission` is what seeing them takes."""

    table: str
    permission: str
    select: Select[Any]


@dataclass(frozen=True, slots=True)
class DataUse:
    """What records are needed for. `select` has the column `id`: the records that have to be fit for it.

    `name` is the code under `steward.use.` of its words; a use may need records of several subjects, one entry each.
    """

    name: str
    about: str
    select: Select[Any]


@dataclass(frozen=True, slots=True)
class DataRule:
    """What is wrong with a record of `about`, made by `found`. Its words are the texts `steward.rule.<name>` and, for
    what it stops, `steward.rule.<name>.why`.

    `use` is the use it stops, empty where it only points something out. `refusal` is the code by which the program
    refuses that use; such a rule is `bad`.
    """

    name: str
    about: str
    select: Select[Any]
    use: str = ""
    refusal: str = ""

    @property
    def level(self) -> Level:
        """Refused by the program, needed by a use, or just worth a look."""
        return "bad" if self.refusal else "warn" if self.use else "info"


def found(
    key: ColumnElement[Any],
    *,
    detail: ColumnElement[Any] | None = None,
    since: ColumnElement[Any] | None = None,
    other: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """The columns of a rule's select: the record, what is wrong in it, since when, and the record it is alike."""
    return select(
        key.label("id"),
        cast(null() if detail is None else detail, String).label("detail"),
        cast(null(), Date).label("since") if since is None else since.label("since"),
        cast(null(), Key).label("other_id") if other is None else other.label("other_id"),
    )


class _CodePoint(FunctionElement[int]):
    """The number of the first character of a text."""

    name = "code_point"
    type = Integer()
    inherit_cache = True


@compiles(_CodePoint, "sqlite")
def _on_sqlite(element: _CodePoint, compiler: SQLCompiler, **more: Any) -> str:
    return f"unicode({compiler.process(element.clauses, **more)})"


@compiles(_CodePoint)
def _elsewhere(element: _CodePoint, compiler: SQLCompiler, **more: Any) -> str:
    return f"ascii({compiler.process(element.clauses, **more)})"


def digit_at(text: ColumnElement[str], place: int) -> ColumnElement[int]:
    """What the character at a place (the first is 1) counts in a check digit: its code less that of zero."""
    return _CodePoint(func.substr(text, place, 1)) - 48


def all_digits(text: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a text has nothing but digits."""
    return func.ltrim(text, "0123456789") == ""


GTIN_LENGTHS, LONGEST = (8, 12, 13, 14), 14


def gtin_holds(text: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a text is a GTIN whose check digit is right: `kernel.gtin.gtin_fault`, inside a statement."""
    whole = func.substr(word("0" * LONGEST).op("||")(text), func.length(text) + 1, LONGEST)
    total = sum((digit_at(whole, n) * (3 if n % 2 else 1) for n in range(2, LONGEST + 1)), digit_at(whole, 1) * 3)
    return all_digits(text) & func.length(text).in_(GTIN_LENGTHS) & (total % 10 == 0)
