"""The line over a list's rows: its tabs need their words, so what stands beside them makes way where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from retaguarda.shell.theme.tokens import GAP_S
from retaguarda.shell.widgets.page import PillTabs


class HeaderRoom(QObject):
    """Shares the line out whenever its width or a count changes: where the tabs lack room, the tools of `spare` leave,
    the last one first. Their keys go on reaching what they do."""

    def __init__(self, tabs: PillTabs, spare: Sequence[QWidget]) -> None:
        super().__init__(tabs)
        self._tabs, self._spare = tabs, spare
        tabs.resized.connect(self.share)

    def share(self) -> None:
        """Gives everybody the room there is."""
        tabs = self._tabs
        if not tabs.isVisible():
            return
        asked = {one: one.sizeHint().width() + GAP_S for one in self._spare}
        there = tabs.width() + sum(asked[one] for one in self._spare if not one.isHidden())
        stays = list(self._spare)
        while stays and tabs.full_width() + sum(asked[one] for one in stays) > there:
            stays.pop()
        for one in self._spare:
            one.setVisible(one in stays)
