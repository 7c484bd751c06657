"""What the program stands on and under which licences: what was collected when it was built, or what is installed here.

Everybody who gets the program gets these texts with it. A library is taken under the alternative of its licences that
asks nothing of the program itself; one that offers none (GPL, AGPL) must not become a part of it.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import msgspec

from retaguarda.kernel.resource import find_resource

COLLECTED = "licences.json"
PROGRAM = "retaguarda"

# What these say of their licence is free text; their licence files say this.
SAID_IN_WORDS = {
    "charset-normalizer": "MIT",
    "jaraco-classes": "MIT",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "six": "MIT",
}
# Where a library brings no text of its own, and what its makers put into it besides their own work.
TEXTS = dict.fromkeys(("pyside6-essentials", "pyside6-pdf", "shiboken6"), ("LGPL-3.0.txt", "GPL-3.0.txt"))
INSIDE = {
    "pyside6-essentials": "Contains Qt 6 (LGPL-3.0) and with it, under licences that permit this: ICU, HarfBuzz,"
    " FreeType, libpng, libjpeg-turbo, libwebp, zlib, PCRE2, double-conversion, MD4C. Its sources are published by"
    " The Qt Company.",
    "pyside6-pdf": "Contains Qt 6 (LGPL-3.0) and PDFium (BSD-3-Clause, Apache-2.0).",
    "psycopg-binary": "Contains libpq (PostgreSQL), OpenSSL (Apache-2.0), MIT Kerberos (MIT), OpenLDAP (OLDAP-2.8),"
    " Cyrus SASL (BSD-4-Clause), keyutils and libxcrypt (LGPL-2.1).",
}
_FILES = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)")


class Part(msgspec.Struct, frozen=True):
    """A part of the program: its name, version, the licence it is taken under, and the text of that."""

    name: str
    version: str
    licence: str
    text: str


def parts() -> Sequence[Part]:
    """Everything in this program, the program itself first."""
    try:
        collected = find_resource(COLLECTED)
    except FileNotFoundError:
        return gathered()
    return msgspec.json.decode(collected.read_bytes(), type=list[Part])


def gathered() -> Sequence[Part]:
    """The parts as they are installed here."""
    found = {name: _library(each) for name, each in sorted(_libraries().items())}
    program = found.pop(PROGRAM, Part("Retaguarda", "", "Apache-2.0", ""))
    fonts = find_resource("resources", "fonts", "OFL.txt").read_text("utf-8")
    icons = find_resource("resources", "icons", "LICENSE").read_text("utf-8")
    return [
        Part("Retaguarda", program.version, program.licence, program.text),
        Part("Python", sys.version.split()[0], "PSF-2.0", _of_python()),
        Part("Inter", "", "OFL-1.1", fonts),
        Part("Lucide", "", "ISC", icons),
        *found.values(),
    ]


def permitted(expression: str) -> str:
    """The licence a part is taken under, of those it offers; raises ValueError when each would bind the program too."""
    offered = [one.strip(" ()") for one in re.split(r"\s+OR\s+", expression)]
    taken = [one for one in offered if one and not re.search(r"(?<!L)GPL", one)]
    if not taken:
        raise ValueError(expression or "no licence")
    return " OR ".join(taken)


def offered_by(library: Distribution) -> str:
    """The licences a library says it has, as an expression; nothing when it says none."""
    name, said = _plain(library.name), library.metadata
    return SAID_IN_WORDS.get(name) or said.get("License-Expression") or said.get("License") or ""


def _libraries() -> dict[str, Distribution]:
    """The program and every library it asks for, by those in turn, as far as they are installed on this system."""
    found: dict[str, Distribution] = {}
    asked = [PROGRAM]
    while asked:
        name = _plain(asked.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # what another system needs
        for line in found[name].requires or ():
            word = re.match(r"[\w.-]+", line)
            extras = re.match(r"[\w.-]+\s*\[([\w,\s-]+)\]", line)
            if word and "extra ==" not in line:
                asked.append(word[0])
                # What an extra asks for is a library of its own only in psycopg's case: its binary part.
                asked += [f"{word[0]}-{extra.strip()}" for extra in extras[1].split(",")] if extras else []
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _library(each: Distribution) -> Part:
    name = _plain(each.name)
    inside = [INSIDE[name]] if name in INSIDE else []
    own = [find_resource("resources", "licences", text).read_text("utf-8") for text in TEXTS.get(name, ())]
    folder = next((file.parent for file in each.files or () if file.name == "METADATA"), None)
    kept = [
        str(file)
        for file in each.files or ()
        if folder is not None and file.is_relative_to(folder) and _FILES.search(file.name)
    ]
    texts = [Path(str(each.locate_file(file))).read_text("utf-8", errors="replace").strip() for file in sorted(kept)]
    return Part(each.name, each.version, permitted(offered_by(each)), "\n\n".join([*inside, *texts, *own]))


def _of_python() -> str:
    """Python's own licence, which its makers and Debian keep in different places."""
    version = f"python3.{sys.version_info.minor}"
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc") / version / "copyright",
    )
    return next((place.read_text("utf-8") for place in places if place.is_file()), "")
