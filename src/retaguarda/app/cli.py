"""The command line: the same door as scripts and windows, one verb each.

Exit codes: 0 done, 2 refused, 3 trouble, 1 defect or failed check.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from retaguarda import __version__
from retaguarda.app import settings
from retaguarda.kernel.errors import Device, Fault, Invalid, Problem, Refusal
from retaguarda.kernel.text import Texts

if TYPE_CHECKING:
    from retaguarda.app.headless import Office

DONE, DEFECT, REFUSED, TROUBLE = 0, 1, 2, 3
DRAIN_S = 5.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb and gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.act(options))
    except Problem as problem:
        _tell(problem, options)
        return REFUSED if isinstance(problem, Refusal) else TROUBLE
    except BrokenPipeError:
        return DONE


@cache
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="retaguarda", description=__doc__)
    parser.add_argument("--version", action="version", version=f"retaguarda {__version__}")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--db", default="", help="address of the database: sqlite:///file.db or postgresql://host/name")
    common.add_argument("--as", dest="person", default=None, help="who acts (a log-in)")
    common.add_argument("--json", action="store_true", help="answer in JSON")
    common.add_argument("--language", choices=("pt_BR", "en"), default=None)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, act: Any, words: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, parents=[common], help=words, description=words)
        sub.set_defaults(act=act)
        return sub

    run = verb("run", _run, "open the window")
    run.add_argument("--sample", action="store_true", help="make a sample company when the database is empty")
    run.add_argument("--exit-after-paint", action="store_true", help="leave once Home is painted")
    do = verb("do", _do, "carry out a command")
    do.add_argument("name")
    do.add_argument("payload", nargs="?", default="{}", help="its fields as JSON; - reads standard input")
    do.add_argument("--id", dest="command_id", default=None, help="the command's id: sent twice, done once")
    do.add_argument("--accept", action="append", default=[], help="a consent the command asked for")
    show = verb("show", _show, "rows of a query")
    show.add_argument("name")
    show.add_argument("--where", default="{}", help="filter as JSON")
    show.add_argument("--sort", default=None)
    show.add_argument("--limit", type=int, default=100)
    show.add_argument("--after", default=None, help="cursor of the page before, as JSON")
    show.add_argument("--count", action="store_true")
    paper = verb("print", _print, "a document as PDF")
    paper.add_argument("name")
    paper.add_argument("params", nargs="?", default="{}")
    paper.add_argument("--out", default=None, help="the file to write (default: the document's name)")
    books = verb("journal", _journal, "the books as plain text that ledger and hledger read")
    books.add_argument("--out", default=None, help="the file to write (default: standard output)")
    verb("list", _list, "what there is to do, to show and to print, and what runs by itself")
    verb("check", _check, "prove that the database is as it must be")
    work = verb("work", _work, "carry out waiting effects and timed work, until stopped")
    work.add_argument("--once", action="store_true", help="what is due now, and leave")
    work.add_argument("--seconds", type=float, default=None, help="leave after this time at the latest")
    backup = verb("backup", _backup, "write a verified copy")
    backup.add_argument("--folder", default=None)
    verb("migrate", _migrate, "bring an older database to this program, after a backup")
    new = verb("new", _new, "create a company in an empty database")
    new.add_argument("payload", nargs="?", default="{}", help="fields of company.create_company as JSON")
    sample = verb("sample", _sample, "make a sample company in a database of its own")
    sample.add_argument("--erase", action="store_true", help="delete that sample company; refused for any other")
    sample.add_argument("--again", action="store_true", help="make it anew, also where the making was interrupted")
    bring = verb("import", _import, "bring files in by a profile")
    bring.add_argument("--profile", required=True, help="how the files are read: olist")
    bring.add_argument("path", help="the folder of the files")
    play = verb("play", _play, "replay real orders through the live commands")
    play.add_argument("--profile", choices=("olist",), default="olist")
    play.add_argument("--orders", type=int, default=300)
    play.add_argument("--seed", type=int, default=2026)
    play.add_argument("path")
    return parser


def _open(options: argparse.Namespace) -> Office:
    from retaguarda.app.headless import open_office

    url = options.db or default_url()
    if options.person is None:
        raise Invalid(Fault("as", "kernel.required"))
    opened = partial(open_office, url, options.person, station=settings.read().name)
    password = _given_password(url, options.person)
    if password is not None:
        return opened(password)
    try:
        return opened()
    except Refusal as refusal:
        if refusal.code != "company.password_needed" or not sys.stdin.isatty():
            raise
    return opened(getpass.getpass())


def _given_password(url: str, person: str) -> str | None:
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


def _json(text: str, field: str) -> dict[str, Any]:
    value = _json_value(sys.stdin.read() if text == "-" else text, field)
    if not isinstance(value, dict):
        raise Invalid(Fault(field, "kernel.not_a_record"))
    return value


def _json_value(text: str, field: str) -> Any:
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


def _run(options: argparse.Namespace) -> int:
    from retaguarda.app.main import run

    return run(
        options.db or default_url(),
        sample=options.sample,
        exit_after_paint=options.exit_after_paint,
        person=options.person,
        language=options.language,
    )


def _do(options: argparse.Namespace) -> int:
    from retaguarda.app.work import Worker

    payload = _json(options.payload, "payload")
    office = _open(options)
    try:
        if options.accept:
            payload = {**payload, "accept": options.accept}
        outcome = office.do((options.name, payload), (), options.command_id)
        worked = Worker(office).drain(DRAIN_S)
    finally:
        office.close()
    answer = {
        "command_id": outcome.command_id,
        "value": outcome.value,
        "rows": outcome.rows,
        "warnings": outcome.warnings,
        "known": outcome.known,
        "effects_left": worked.left,
    }
    _say(answer, options, f"{options.name}: {json.dumps(_plain(outcome.value), ensure_ascii=False)}")
    return DONE


def _show(options: argparse.Namespace) -> int:
    where = _json(options.where, "where")
    after = _json_value(options.after, "after") if options.after else None
    office = _open(options)
    try:
        page = office.show(options.name, where, options.sort, options.limit, after, options.count)
    finally:
        office.close()
    if options.json:
        _say({"rows": page.rows, "after": page.after, "count": page.count, "at": page.at}, options)
        return DONE
    for row in page.rows:
        print(json.dumps(_plain(row), ensure_ascii=False))
    return DONE


def _print(options: argparse.Namespace) -> int:
    params = _json(options.params, "params")
    office = _open(options)
    try:
        data = office.print_document(options.name, params, options.language)
    finally:
        office.close()
    target = Path(options.out or f"{options.name}.pdf")
    try:
        target.write_bytes(data)
    except OSError as error:
        raise Device("kernel.file_not_written", file=str(target)) from error
    _say({"file": str(target), "bytes": len(data)}, options, str(target))
    return DONE


def _journal(options: argparse.Namespace) -> int:
    from retaguarda.app.journal import journal

    office = _open(options)
    try:
        lines = journal(office, options.language or office.actor.language)
        if options.out is None:
            for line in lines:
                print(line)
            return DONE
        try:
            with Path(options.out).open("w", encoding="utf-8") as target:
                target.writelines(f"{line}\n" for line in lines)
        except OSError as error:
            raise Device("kernel.file_not_written", file=options.out) from error
    finally:
        office.close()
    _say({"file": options.out}, options, options.out)
    return DONE


def _list(options: argparse.Namespace) -> int:
    from retaguarda.app.compose import registry

    found = registry()
    names = {
        "commands": sorted(found.commands),
        "queries": sorted(found.queries),
        "documents": sorted(found.documents),
        "jobs": sorted(found.jobs),
    }
    _say(names, options, "\n".join(f"{kind[:-1]} {name}" for kind, all_names in names.items() for name in all_names))
    return DONE


def _check(options: argparse.Namespace) -> int:
    from retaguarda.app.compose import registry
    from retaguarda.app.headless import check_office

    findings = check_office(options.db or default_url())
    lines = [f"{f.proof} {f.id}: expected {f.expected}, found {f.found}" for f in findings]
    _say({"findings": findings, "proofs": len(registry().proofs)}, options, "\n".join(lines) or "clean")
    return DEFECT if findings else DONE


def _work(options: argparse.Namespace) -> int:
    from retaguarda.app.work import keep_working

    office = _open(options)
    try:
        tally, faults = keep_working(office, once=options.once, seconds=options.seconds)
    finally:
        office.close()
    words = "{done} done, {later} later, {dead} dead, {left} left; jobs: {jobs_done} done, {jobs_failed} failed"
    _say(tally, options, words.format(**tally))
    if options.once and faults:
        raise faults[-1]
    return TROUBLE if options.once and tally["jobs_failed"] else DONE


def _backup(options: argparse.Namespace) -> int:
    from retaguarda.app.headless import back_up_office

    path = back_up_office(options.db or default_url(), Path(options.folder) if options.folder else None)
    _say({"file": str(path)}, options, str(path))
    return DONE


def _migrate(options: argparse.Namespace) -> int:
    from retaguarda.app.headless import migrate_office

    ran = migrate_office(options.db or default_url())
    _say({"migrations": ran}, options, f"{ran} migrations")
    return DONE


def _new(options: argparse.Namespace) -> int:
    from retaguarda.app.headless import create_office

    payload = _json(options.payload, "payload")
    if "admin_password" not in payload:
        given = _given_password(options.db, "")
        payload["admin_password"] = given if given is not None else getpass.getpass()
    office = create_office(options.db or default_url(), payload)
    office.close()
    _say({"db": options.db or default_url()}, options, "created")
    return DONE


def _sample(options: argparse.Namespace) -> int:
    from retaguarda.app import sample

    url = options.db or default_url().replace("retaguarda.db", "retaguarda-sample.db")
    if options.again:
        _say({"db": url, **sample.make_again(url)}, options, f"made {url} again")
    elif options.erase:
        sample.erase(url)
        _say({"erased": url}, options, f"erased {url}")
    else:
        _say({"db": url, **sample.make(url)}, options, f"made {url}")
    return DONE


def _play(options: argparse.Namespace) -> int:
    from retaguarda.app import play

    url = options.db or default_url().replace("retaguarda.db", "retaguarda-play.db")
    _say(play.run(Path(options.path), url, orders=options.orders, seed=options.seed), options)
    return DONE


def _import(options: argparse.Namespace) -> int:
    from retaguarda.app import importing

    url = options.db or default_url()
    password = _given_password(url, options.person) if options.person else None
    _say(importing.run(Path(options.path), url, options.profile, person=options.person, password=password), options)
    return DONE


def _plain(value: Any) -> Any:
    return json.loads(msgspec.json.Encoder(enc_hook=str, decimal_format="string").encode(value))


def _say(value: Any, options: argparse.Namespace, words: str | None = None) -> None:
    if options.json or words is None:
        print(json.dumps(_plain(value), ensure_ascii=False))
    else:
        print(words)


def _tell(problem: Problem, options: argparse.Namespace) -> None:
    """A refusal or trouble: cause and what to do, in the person's language; in JSON also code, field, remedies."""
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
    if options.json:
        answer = {
            "kind": type(problem).__name__,
            "code": problem.code,
            "field": problem.field,
            "params": problem.params,
            "told": told,
            "remedies": problem.remedies,
        }
        print(json.dumps(_plain(answer), ensure_ascii=False))
        return
    for line in told:
        where = f"{line['field']}: " if line["field"] else ""
        print(f"{where}{line['cause']} {line['action']}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
