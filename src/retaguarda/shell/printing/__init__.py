"""Printing: papers come in as PDF, are seen as they will come out, and go to the printer of their kind at this station.

`ports` what a printer is asked for · `choices` what the station remembers for each kind of document · `layout` pages on
the sheets of a printer · `pages` reads and draws a PDF · `system` the printers of this computer · `jobs` the papers of
the station, kept in its folder · `centre` what happens to them · `options`, `state`, `view` and the other parts: the
print centre on the screen. `shell/print_desk.py` ties it to the window. Nothing here numbers anything: a paper that did
not come out is the same document, printed later.
"""

from __future__ import annotations

NAME = "shell.print_centre"
"""Of the screen, and the head of its texts."""
