"""What every verb does alike: opens the office for who asks, reads JSON, answers in words or in JSON."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from retaguarda.app import settings
from retaguarda.kernel.errors import Fault, Invalid, Problem, Refusal
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.app.headless import Office

DONE, DEFECT, REFUSED, TROUBLE = 0, 1, 2, 3


def opened(options: argparse.Namespace) -> Office:
    """The office, acted in by who is named; asks for a password where it needs one and somebody sits there."""
    from retaguarda.app.headless import open_office

    url = options.db or default_url()
    if options.person is None:
        raise Invalid(Fault("as", "kernel.required"))
    door = partial(open_office, url, options.person, station=settings.read().name)
    password = given_password(url, options.person)
    if password is not None:
        return door(password)
    try:
        return door()
    except Refusal as refusal:
        if refusal.code != "company.password_needed" or not sys.stdin.isatty():
            raise
    return door(getpass.getpass())


def given_password(url: str, person: str) -> str | None:
    """The password that a file or the key ring of the system gives; None without either."""
    file = os.environ.get("RETAGUARDA_PASSWORD_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal("kernel.no_password_file", field="RETAGUARDA_PASSWORD_FILE", file=file) from error
    if os.environ.get("RETAGUARDA_KEYRING") == "1":
        import keyring

        return keyring.get_password(f"retaguarda {url}", person)
    return None


def default_url() -> str:
    """The embedded database in the person's data folder."""
    return f"sqlite:///{settings.folder() / 'retaguarda.db'}"


def json_record(text: str, field: str) -> dict[str, Any]:
    """JSON that must be a record; `-` reads standard input."""
    value = json_value(sys.stdin.read() if text == "-" else text, field)
    if not isinstance(value, dict):
        raise Invalid(Fault(field, "kernel.not_a_record"))
    return value


def json_value(text: str, field: str) -> Any:
    """JSON without fractions: amounts are strings."""
    try:
        return json.loads(text, parse_float=_no_fraction, parse_constant=_no_fraction)
    except _Fraction as fraction:
        raise Invalid(Fault(field, "kernel.float_refused", {"value": str(fraction)})) from None
    except (ValueError, RecursionError) as error:  # no JSON, a number of thousands of digits, brackets without end
        raise Invalid(Fault(field, "kernel.bad_json", {"detail": str(error)})) from None


class _Fraction(Exception):
    """A JSON number with a fraction: amounts and quantities are strings."""


def _no_fraction(text: str) -> float:
    raise _Fraction(text)


def plain(value: Any) -> Any:
    """A value as JSON says it."""
    return json.loads(msgspec.json.Encoder(enc_hook=str, decimal_format="string").encode(value))


def say(value: Any, options: argparse.Namespace, words: str | None = None) -> None:
    """Answers in JSON where that was asked for or there are no words."""
    if options.json or words is None:
        print(json.dumps(plain(value), ensure_ascii=False))
    else:
        print(words)


def tell(problem: Problem, options: argparse.Namespace) -> None:
    """A refusal or trouble: cause and what to do, in the person's language; in JSON also code, field, remedies."""
    answer = told_of(problem, options)
    if options.json:
        print(json.dumps(plain(answer), ensure_ascii=False))
        return
    for line in answer["told"]:
        where = f"{line['field']}: " if line["field"] else ""
        print(f"{where}{line['cause']} {line['action']}", file=sys.stderr)


def told_of(problem: Problem, options: argparse.Namespace) -> dict[str, Any]:
    """What is said of a problem: its code and parameters, cause and what to do in the person's language, remedies."""
    texts = Texts(options.language or ("en" if os.environ.get("LANG", "").startswith("en") else "pt_BR"))
    faults = (
        problem.faults if isinstance(problem, Invalid) else (Fault(problem.field or "", problem.code, problem.params),)
    )
    told = [
        {
            "field": fault.field,
            "code": fault.code,
            "cause": texts.cause(fault.code, **fault.params),
            "action": texts.action(fault.code, **fault.params),
        }
        for fault in faults
    ]
    return {
        "kind": type(problem).__name__,
        "code": problem.code,
        "field": problem.field,
        "params": problem.params,
        "told": told,
        "remedies": problem.remedies,
        "left_out": problem.left_out,
    }
