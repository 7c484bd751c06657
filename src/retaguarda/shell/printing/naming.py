"""What papers are called, in the words of a language. No Qt in here."""

from __future__ import annotations

from retaguarda.kernel.text import Texts
from retaguarda.shell.printing.jobs import Job


def kind_words(kind: str, texts: Texts, title: str = "") -> str:
    """What a kind of document is called; its own title where the catalogue does not know it."""
    code = f"{kind}.kind"
    return texts.say(code) if texts.has(code) else title or kind


def title_of(job: Job, texts: Texts) -> str:
    """What a paper is called in the list: by its title where that says its kind (`Fatura 75`), else by its kind."""
    kind = kind_words(job.kind, texts, job.title)
    return job.title if job.title.startswith(kind) else kind


def full_title(job: Job, texts: Texts) -> str:
    """What a paper is called over the page: `Etiqueta de volume · Pedido 86`."""
    title = title_of(job, texts)
    return title if title == job.title else f"{title} · {job.title}"
