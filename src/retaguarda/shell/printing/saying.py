"""Papers in words: what a kind is called, how large its paper is, how it comes out, what stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.jobs import Job
from retaguarda.shell.printing.naming import title_of
from retaguarda.shell.printing.options import PrintOptions
from retaguarda.shell.printing.ports import PaperSize, Size
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.table import Sign

A4, LABEL_WIDE = Size(210, 297), 120
"""What the house calls by a name: A4, and rolls by their width alone, for they are cut where the paper ends."""
_SIGNS = {
    "waiting": ("clock", "info"), "sending": ("loader-circle", "info"), "failed": ("octagon-alert", "bad"),
    "printed": ("circle-check", "ok"), "put_away": ("archive", "neutral"),
}  # fmt: skip


def size_words(size: Size, *, short: bool = False) -> str:
    """A paper by its size: `A4`, `80 mm` for a roll, `100 × 150 mm` (in short without the unit)."""
    if size.equals(A4):
        return "A4"
    if size.is_roll:
        return f"{size.width:.0f} mm"
    return f"{size.width:.0f} × {size.height:.0f}{'' if short else ' mm'}"


def paper_words(paper: PaperSize) -> str:
    """A printer's paper by its own name, with its size where the name does not say it."""
    said = size_words(paper.size)
    return (
        paper.name if said == paper.name or any(mark.isdigit() for mark in paper.name[1:]) else f"{paper.name} · {said}"
    )


def icon_of_paper(size: Size) -> str:
    """The icon of a paper of that size."""
    if size.is_roll:
        return "receipt-text"
    return "file-text" if size.width > LABEL_WIDE else "tag"


def copies_words(copies: int, words: Words) -> str:
    """`2 vias`."""
    return words.say(f"{NAME}.copies_count", n=copies)


def sheets_words(options: PrintOptions, job: Job, words: Words) -> str:
    """How many sheets come out: `3 folhas`, `1 folha, 4 por folha`; of a roll the number of slips."""
    said = words.say(f"{NAME}.sheets", n=options.sheets_out(job))
    several = options.per_sheet(job)
    return words.say(f"{NAME}.several", sheets=said, n=several) if several > 1 and job.pages > 1 else said


def under_title(options: PrintOptions, job: Job, words: Words, when: str = "") -> str:
    """The line under it: what the title above does not say, when it came out, its paper, copies and printer."""
    choice, size = options.of(job), options.size_of(job) or job.size
    parts = [
        job.title if title_of(job, words.texts) != job.title else "",
        when,
        "" if when else size_words(size, short=True),
        copies_words(choice.copies, words) if choice.copies > 1 else "",
        choice.printer or words.say(f"{NAME}.printer_none"),
    ]
    if job.state == "put_away":
        parts[2:] = [words.say(f"{NAME}.state.put_away")]
    return " · ".join(part for part in parts if part)


def out_words(options: PrintOptions, jobs: Sequence[Job], words: Words) -> list[tuple[str, str]]:
    """What a press on print brings out: printer and paper, and how much of it."""
    sums: dict[tuple[str, str], list[Job]] = {}
    for job in jobs:
        size = options.size_of(job) or job.size
        sums.setdefault((options.of(job).printer, size_words(size, short=True)), []).append(job)
    made = []
    for (printer, paper), those in sums.items():
        said = sheets_words(options, those[0], words)
        if len(those) > 1:
            said = words.say(f"{NAME}.sheets", n=sum(options.sheets_out(job) for job in those))
        made.append((f"{printer or words.say(f'{NAME}.printer_none')}, {paper}", said))
    return made


def when_words(at: dt.datetime, today: dt.date, words: Words) -> str:
    """The time of today, the day of what was earlier."""
    day = at.astimezone(words.texts.zone).date()
    return words.say(f"{NAME}.time", at=at) if day == today else words.value(day, "day")


def sign_of(job: Job, words: Words) -> Sign:
    """The icon before a paper: of its size while it is simply to be printed, else of what became of it."""
    if job.state not in _SIGNS:
        return Sign(icon_of_paper(job.size), "neutral", size_words(job.size))
    icon, role = _SIGNS[job.state]
    return Sign(icon, role, words.say(f"{NAME}.state.{job.state}"))
