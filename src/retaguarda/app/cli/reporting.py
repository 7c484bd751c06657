"""The verb that adds a report up: into a file, or as rows with their totals."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from retaguarda.app.cli.parts import DONE, json_record, opened, plain, say
from retaguarda.app.reporting import built_inquiry, is_built, saved_inquiry, write_inquiry
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.screen import ReportScreen
from retaguarda.kernel.screen.building import BuiltInquiry
from retaguarda.kernel.screen.gathering import Adding, pages
from retaguarda.kernel.screen.inquiry import Inquiry, ask
from retaguarda.kernel.screen.reports import SAVED

if TYPE_CHECKING:
    from retaguarda.app.headless import Office
DAYS = {"since": "from", "until": "to"}
"""The parameters that have an option of their own."""


def take_options(report: argparse.ArgumentParser) -> None:
    """What the verb is told."""
    report.add_argument("name", help="a report (sales.sales_report), or the name of a saved one")
    report.add_argument("--from", dest="since", default=None, help="its first day as people type it: 1/3, -30")
    report.add_argument("--to", dest="until", default=None, help="its last day")
    report.add_argument("--by", default=None, help="what it is added up by (default: its first way)")
    report.add_argument("--where", default="{}", help="its other parameters as JSON")
    report.add_argument("--out", default=None, help="the file to write: .xlsx, .csv or .pdf (default: standard output)")


def write_report(options: argparse.Namespace) -> int:
    """Adds a report up."""
    from retaguarda.kernel.export import FILE_KINDS, FileKind

    kind = Path(options.out).suffix.removeprefix(".") if options.out else ""
    if options.out and kind not in FILE_KINDS:
        raise Invalid(Fault("out", "kernel.not_a_choice", {"options": ", ".join(FILE_KINDS)}))
    where = json_record(options.where, "where")
    office = opened(options)
    try:
        inquiry = _inquiry(office, options, where)
        if options.out:
            _write(office, inquiry, options, cast(FileKind, kind))
            say({"file": options.out}, options, options.out)
            return DONE
        if isinstance(inquiry, BuiltInquiry):
            told: dict[str, Any] = {"report": inquiry.built.source, "by": [one.field for one in inquiry.built.by]}
            rows, totals = _built_up(office, inquiry)
        else:
            told = {"report": inquiry.screen.name, "by": inquiry.cut.name, "asked": inquiry.asked.where}
            rows, totals = _added_up(office, inquiry)
    finally:
        office.close()
    if options.json:
        say({**told, "rows": rows, "totals": totals}, options)
        return DONE
    for row in (*rows, {"totals": totals}):
        print(json.dumps(row, ensure_ascii=False))
    return DONE


def _inquiry(office: Office, options: argparse.Namespace, where: Mapping[str, Any]) -> Inquiry | BuiltInquiry:
    from retaguarda.app.compose import book

    known = {one.name: one for one in book() if isinstance(one, ReportScreen)}
    days = {key: getattr(options, key) for key in DAYS if getattr(options, key) is not None}
    language = options.language or office.actor.language
    if options.name in known:
        return ask(known[options.name], options.by, {**where, **days}, office.today(), language)
    # One's own before one that is shared under the same name.
    saved = sorted(office.show(SAVED, {"name": options.name}).rows, key=lambda row: (not row.mine, row.id))
    if not saved:
        names = [*sorted(known), *(row.name for row in office.show(SAVED).rows)]
        raise Invalid(Fault("name", "kernel.not_a_choice", {"options": ", ".join(names)}))
    if is_built(office, saved[0]):
        if (more := {**where, **days}) or options.by is not None:
            raise Invalid(*(Fault(key, "kernel.unknown_field", {"known": ""}) for key in more or ("by",)))
        return built_inquiry(office, saved[0], language)
    return saved_inquiry(office, saved[0], language, {**where, **days})


def _write(office: Office, inquiry: Inquiry | BuiltInquiry, options: argparse.Namespace, kind: Any) -> None:
    if isinstance(inquiry, BuiltInquiry):
        inquiry.exporting(options.name, office.facts().name).into(kind, Path(options.out))(office)
        return
    write_inquiry(office, office, inquiry, kind, Path(options.out), options.language or office.actor.language)


def _built_up(office: Office, inquiry: BuiltInquiry) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every row of a report that somebody built, and the totals, as JSON says them."""
    names = [column.field for column in inquiry.cut.columns]
    rows = [
        plain({name: getattr(row, name) for name in names}) for page in inquiry.reads(office) for row in page
    ]  # fmt: skip
    total = inquiry.whole(office)
    return rows, {} if total is None else plain({name: getattr(total, name) for name in inquiry.cut.totals})


def _added_up(office: Office, inquiry: Inquiry) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Every row, and the totals, as JSON says them."""
    cut, rows, adding = inquiry.cut, [], Adding(inquiry.cut.totals)
    for page in pages(office, inquiry.asked):
        adding.add(page)
        rows += [{**plain(row), **plain({name: getattr(row, name) for name in cut.derived})} for row in page]
    total = adding.row()
    names = (*cut.totals, *cut.derived)
    return rows, {} if total is None else plain({name: getattr(total, name) for name in names})
