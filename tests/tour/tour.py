"""The tour itself: one window per language, every sight in both themes, a picture of each, then the sheets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.shell import theme
from retaguarda.shell.first import First
from retaguarda.shell.widgets.sheet import Sheet
from tests.tour.failing import failing_sights
from tests.tour.gates import look_over
from tests.tour.seeing import Eye
from tests.tour.sheets import make_sheets
from tests.tour.sight import NothingToShow, Sight
from tests.tour.sights import HOME, ROLES, sights
from tests.tour.stage import THEMES, Stage, make_sample
from tests.tour.words import Speech, written

LANGUAGES = ("pt_BR", "en")
QUICKLY = 90
"""How Qt is told to press a picture little: to press hard takes longer than to paint it."""


class Tour:
    """A tour into `out`; `scratch` holds its databases, copies of `sample` where that is there already. After `go`:
    `pictures` by name, and `faults`."""

    def __init__(
        self, out: Path, scratch: Path, *, only: tuple[str, ...] = (), short: bool = False, sample: Path | None = None
    ) -> None:
        self.out, self._scratch, self._only, self._sample = out, scratch, only, sample
        self._languages = LANGUAGES[:1] if short else LANGUAGES
        self._themes = ("light",) if short else tuple(THEMES)
        self.pictures: list[Path] = []
        self.faults: list[str] = []
        self._speech: dict[str, Speech] = {}

    def go(self) -> None:
        """Shows everything."""
        self.out.mkdir(parents=True, exist_ok=True)
        for old in self.out.glob("*.png"):
            old.unlink()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        made = self._sample or self._scratch / "sample.db"
        if self._sample is None:
            make_sample(f"sqlite:///{made}")
        data = written(made)
        self._speech = {language: Speech(language, data) for language in self._languages}
        for language in self._languages:
            theme.apply(app, THEMES[self._themes[0]])
            copy = shutil.copy(made, self._scratch / f"{language}.db")
            stage = Stage(f"sqlite:///{copy}", self._scratch / language, language)
            try:
                self._walk(stage)
            finally:
                stage.close()
        for language in self._languages:
            for name in self._themes:
                shown = [path for path in self.pictures if path.name.startswith(f"{language}-{name}-")]
                make_sheets(shown, self.out, f"sheet-{language}-{name}")

    def _walk(self, stage: Stage) -> None:
        if self._wanted("login", "login"):
            self._show(stage, "login")
        if self._wanted("first", "first"):
            first = First(None)
            self._show(stage, "first", first)
            first.deleteLater()
        stage.enter("ana")
        for sight in sights(stage):
            if self._wanted(sight.name, sight.screen):
                self._visit(stage, sight)
        for role, login in ROLES.items():
            if self._wanted(f"home.{role}", HOME):
                stage.enter(login)
                self._show(stage, f"home.{role}")
        # Last: they make records that are in no other picture.
        stage.enter("ana")
        for sight in failing_sights():
            if self._wanted(sight.name, sight.screen):
                self._visit(stage, sight)

    def _wanted(self, *names: str) -> bool:
        return not self._only or any(name in self._only for name in names)

    def _visit(self, stage: Stage, sight: Sight) -> None:
        kept = {opened.key for opened in stage.desk.screens}
        try:
            sight.show(stage)
        except NothingToShow as empty:
            self.faults.append(f"{sight.name} {stage.language}: the sample company has no record for {empty}")
            return
        self._show(stage, sight.name)
        stage.calm()
        _leave(stage, kept)

    def _show(self, stage: Stage, name: str, widget: QWidget | None = None) -> None:
        for look in self._themes_from(stage.theme):
            stage.use_theme(look)
            window = widget or stage.window
            eye = Eye(window)
            picture = eye.look()
            self._keep(picture, f"{stage.language}-{look}-{name}")
            where = f"{name} {stage.language} {look}"
            found = look_over(window, picture, eye.texts(), self._speech[stage.language])
            self.faults += [f"{where}: {fault.gate}: {fault.widget}: {fault.text}" for fault in found]

    def _themes_from(self, now: str) -> Iterator[str]:
        """Both themes, beginning with the one that is on: a switch costs more than a picture."""
        yield from sorted(self._themes, key=lambda name: name != now)

    def _keep(self, picture: QImage, name: str) -> None:
        path = self.out / f"{name}.png"
        picture.save(str(path), quality=QUICKLY)
        self.pictures.append(path)


def _leave(stage: Stage, kept: set[str]) -> None:
    """Closes what a sight opened: sheets, then screens, whose changes are thrown away."""
    for sheet in stage.desk.findChildren(Sheet):
        sheet.close_sheet()
    stage.desk.toast.hide()
    for opened in stage.desk.screens:
        if opened.key not in kept:
            opened.state.close()
            if opened.state.question is not None:
                opened.state.answer("discard")
    stage.calm()
