"""Rows into files: CSV, a workbook or paper. A file stands under its name only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from retaguarda.kernel.errors import Device
from retaguarda.kernel.export.csv_file import write_csv
from retaguarda.kernel.export.sheet import Sheet, SheetColumn

__all__ = ["FILE_KINDS", "FileKind", "Sheet", "SheetColumn", "whole", "write_file"]

FileKind = Literal["xlsx", "csv", "pdf"]
FILE_KINDS: tuple[FileKind, ...] = ("xlsx", "csv", "pdf")


def write_file(path: Path, kind: FileKind, sheet: Sheet, issuer: str = "") -> Path:
    """Writes the sheet and gives its path.

    Raises `Device` where the folder takes no file; whatever ends the writing takes the half file away.
    """
    with whole(path) as fresh:
        if kind == "xlsx":
            from retaguarda.kernel.export.xlsx_file import write_xlsx

            write_xlsx(fresh, sheet)
        elif kind == "pdf":
            from retaguarda.kernel.export.pdf_file import write_pdf

            write_pdf(fresh, sheet, issuer)
        else:
            write_csv(fresh, sheet)
    return path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write a file: it stands under its name at the end, and one that was there stays as it was until then."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        yield fresh
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as wrong:
        raise Device("shell.file_not_written", path=str(path), reason=wrong.strerror or str(wrong)) from wrong
    finally:
        with suppress(OSError):
            fresh.unlink()
