"""The command line: the same door as scripts and windows, one verb each.

Exit codes: 0 done, 2 refused, 3 trouble, 1 defect or failed check.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from retaguarda import __version__
from retaguarda.app.cli import asking, replaying, reporting
from retaguarda.app.cli.parts import (
    DEFECT,
    DONE,
    REFUSED,
    TROUBLE,
    default_url,
    given_password,
    json_record,
    opened,
    plain,
    say,
    tell,
    told_of,
)
from retaguarda.kernel.errors import Problem, Refusal

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
        tell(problem, options)
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
    show = verb("show", asking.show_rows, "rows of a query")
    show.add_argument("name")
    show.add_argument("--where", default="{}", help="filter as JSON")
    show.add_argument("--sort", default=None)
    show.add_argument("--limit", type=int, default=100)
    show.add_argument("--after", default=None, help="cursor of the page before, as JSON")
    show.add_argument("--count", action="store_true")
    reporting.take_options(verb("report", reporting.write_report, "a report, into a file or as rows"))
    paper = verb("print", asking.print_paper, "a document as PDF")
    paper.add_argument("name")
    paper.add_argument("params", nargs="?", default="{}")
    paper.add_argument("--out", default=None, help="the file to write (default: the document's name)")
    books = verb("journal", asking.write_journal, "the books as plain text that ledger and hledger read")
    books.add_argument("--out", default=None, help="the file to write (default: standard output)")
    verb("list", asking.list_names, "what there is to do, to show and to print, and what runs by itself")
    verb("coverage", asking.tell_coverage, "bring every failure about in a company apart, and tell what answers it")
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
    bring.add_argument("--profile", required=True, help="how the files are read: olist, northwind or your own")
    bring.add_argument("--errors", default=None, help="write the rows that stay out into this file, with the reason")
    bring.add_argument("path", help="the folder of the files, or a file that is brought in by itself")
    replaying.take_verbs(verb)
    return parser


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

    payload = json_record(options.payload, "payload")
    office = opened(options)
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
        "mishap": None if outcome.mishap is None else told_of(outcome.mishap, options),
    }
    say(answer, options, f"{options.name}: {json.dumps(plain(outcome.value), ensure_ascii=False)}")
    if outcome.mishap is not None and not options.json:
        tell(outcome.mishap, options)
    return DONE


def _check(options: argparse.Namespace) -> int:
    from retaguarda.app.compose import registry
    from retaguarda.app.headless import check_office

    findings = check_office(options.db or default_url())
    lines = [f"{f.proof} {f.id}: expected {f.expected}, found {f.found}" for f in findings]
    say({"findings": findings, "proofs": len(registry().proofs)}, options, "\n".join(lines) or "clean")
    return DEFECT if findings else DONE


def _work(options: argparse.Namespace) -> int:
    from retaguarda.app.work import keep_working

    office = opened(options)
    try:
        tally, faults = keep_working(office, once=options.once, seconds=options.seconds)
    finally:
        office.close()
    words = "{done} done, {later} later, {dead} dead, {left} left; jobs: {jobs_done} done, {jobs_failed} failed"
    say(tally, options, words.format(**tally))
    if options.once and faults:
        raise faults[-1]
    return TROUBLE if options.once and tally["jobs_failed"] else DONE


def _backup(options: argparse.Namespace) -> int:
    from retaguarda.app.headless import back_up_office

    path = back_up_office(options.db or default_url(), Path(options.folder) if options.folder else None)
    say({"file": str(path)}, options, str(path))
    return DONE


def _migrate(options: argparse.Namespace) -> int:
    from retaguarda.app.headless import migrate_office

    ran = migrate_office(options.db or default_url())
    say({"migrations": ran}, options, f"{ran} migrations")
    return DONE


def _new(options: argparse.Namespace) -> int:
    from retaguarda.app.headless import create_office

    payload = json_record(options.payload, "payload")
    if "admin_password" not in payload:
        given = given_password(options.db, "")
        payload["admin_password"] = given if given is not None else getpass.getpass()
    office = create_office(options.db or default_url(), payload)
    office.close()
    say({"db": options.db or default_url()}, options, "created")
    return DONE


def _sample(options: argparse.Namespace) -> int:
    from retaguarda.app import sample

    url = options.db or default_url().replace("retaguarda.db", "retaguarda-sample.db")
    if options.again:
        say({"db": url, **sample.make_again(url)}, options, f"made {url} again")
    elif options.erase:
        sample.erase(url)
        say({"erased": url}, options, f"erased {url}")
    else:
        say({"db": url, **sample.make(url)}, options, f"made {url}")
    return DONE


def _import(options: argparse.Namespace) -> int:
    from retaguarda.app import importing

    url = options.db or default_url()
    password = given_password(url, options.person) if options.person else None
    errors = Path(options.errors) if options.errors else None
    told = importing.run(
        Path(options.path), url, options.profile, person=options.person, password=password, errors=errors
    )
    say(told, options)
    return DONE
