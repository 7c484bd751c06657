"""A saved report written into a file, without a window: by the command line and by timed work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from retaguarda.kernel.errors import Missing
from retaguarda.kernel.screen import Door, ReportScreen
from retaguarda.kernel.screen.building import BuiltInquiry
from retaguarda.kernel.screen.built import BuilderScreen, Built, source_of
from retaguarda.kernel.screen.inquiry import Inquiry, ask, offers_of
from retaguarda.kernel.screen.reports import SAVED
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.app.headless import Office
    from retaguarda.kernel.export import FileKind


def saved_inquiry(office: Office, saved: Any, language: str, more: Mapping[str, Any] | None = None) -> Inquiry:
    """A saved report (a row of `reports.saved`) as it is asked today, but for what is typed anew (`more`); refuses one
    whose report or cut is gone. What the report is not asked with any more is left out."""
    screen = office.registry.screens.get(saved.report)
    if not isinstance(screen, ReportScreen):
        raise Missing("report", saved.report, field="name")
    cut = next((one for one in screen.cuts if one.name == saved.cut), None)
    known = () if cut is None else cut.parameters
    typed = {key: value for key, value in saved.asked.items() if key in known}
    return ask(screen, saved.cut, {**typed, **(more or {})}, office.today(), language)


def built_inquiry(office: Office, saved: Any, language: str) -> BuiltInquiry:
    """A report that somebody built (a row of `reports.saved`) as it is asked today; refuses what of it is gone, and a
    list that is not the reader's."""
    lists = office.registry
    built = Built.of(saved.asked)
    source = source_of(lists, built.source, office.actor.may)
    source.judge(built)
    return BuiltInquiry(built, source, texts_of(office, language), office.today())


def texts_of(office: Office, language: str) -> Texts:
    """The words of a language, with the company's clock and currency."""
    facts = office.facts()
    return Texts(language, zone=ZoneInfo(facts.zone), currency=facts.currency)


def is_built(office: Office, saved: Any) -> bool:
    """Whether a saved report is one that somebody built."""
    return isinstance(office.registry.screens.get(saved.report), BuilderScreen)


def write_inquiry(office: Office, door: Door, inquiry: Inquiry, kind: FileKind, path: Path, language: str) -> Path:
    """Writes a report into a file, reading through `door`."""
    view = inquiry.exporting(texts_of(office, language), office.facts().name, offers_of(door, inquiry))
    return view.into(kind, path)(door)


def write_saved(office: Office, door: Door, saved_id: str, kind: FileKind, folder: Path, mark: str) -> Path:
    """Writes a saved report into a folder, under its name and `mark`; a file that is there is written anew."""
    saved = door.one(SAVED, saved_id)
    language = office.actor.language
    name = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in saved.name).strip()
    path = folder / f"{name} {mark}.{kind}"
    if is_built(office, saved):
        return built_inquiry(office, saved, language).exporting(saved.name, office.facts().name).into(kind, path)(door)
    return write_inquiry(office, door, saved_inquiry(office, saved, language), kind, path, language)
