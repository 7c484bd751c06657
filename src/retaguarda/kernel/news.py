"""What other desks changed: one thread waits for their commits, reads the journal and tells the window.

The engines give hints (a notification, a counter of the file); what changed is read from the journal's outcomes. After
a connection was away nobody knows what was missed, and everything in sight is read again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence

from retaguarda.kernel.errors import Trouble
from retaguarda.kernel.journal import KNOWN, changes_of
from retaguarda.kernel.outcome import ANYTHING, News
from retaguarda.kernel.reads import ReadOnly
from retaguarda.kernel.store import Store, Watch

AGAIN_S = 2.0
MOST = 200
"""So many commands at once are not read one by one: the window then looks again at what it shows."""


Tell = Callable[[Sequence[News]], object]
ALL_NEW = News("", (ANYTHING,))


class Watcher:
    """Watches one database from construction to `close`; `tell` (from the watcher's thread) takes the news."""

    def __init__(self, store: Store) -> None:
        self.tell: Tell | None = None
        self._store, self._stop = store, threading.Event()
        # Here, and not in the thread: whatever is read after this is at least as new as what will be told.
        self._watch = self._begin()
        self._thread = threading.Thread(target=self._run, name="watcher")
        self._thread.start()

    def close(self) -> None:
        """Ends the thread and its connection."""
        self._stop.set()
        self._thread.join()

    def _begin(self) -> Watch | None:
        try:
            return self._store.watch()
        except Trouble:
            return None

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                if self._watch is not None:
                    self._look(self._watch)
                elif not self._stop.wait(AGAIN_S):
                    self._watch = self._begin()
                    self._say([ALL_NEW] if self._watch is not None else [])
        finally:
            self._let_go()

    def _look(self, watch: Watch) -> None:
        try:
            ids = tuple(dict.fromkeys(watch.wait(self._stop)))
            news = [ALL_NEW] if len(ids) > MOST else list(self._read(watch, ids))
        except Trouble:
            self._let_go()
        else:
            self._say(news)

    def _read(self, watch: Watch, ids: Iterable[str]) -> Iterable[News]:
        reads = ReadOnly(watch, self._store.dialect)
        for command_id in ids:
            row = reads.one(KNOWN, id=command_id)
            changes = changes_of(command_id, row.outcome) if row is not None and row.outcome else ()
            if changes:
                yield News(command_id, changes)

    def _say(self, news: Sequence[News]) -> None:
        if news and self.tell is not None and not self._stop.is_set():
            self.tell(news)

    def _let_go(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.close()
