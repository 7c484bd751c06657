"""The verbs that read: rows, documents, the books, what there is."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from retaguarda.app.cli.parts import DEFECT, DONE, json_record, json_value, opened, plain, say
from retaguarda.kernel.errors import Device


def show_rows(options: argparse.Namespace) -> int:
    """Rows of a query."""
    where = json_record(options.where, "where")
    after = json_value(options.after, "after") if options.after else None
    office = opened(options)
    try:
        page = office.show(options.name, where, options.sort, options.limit, after, options.count)
    finally:
        office.close()
    if options.json:
        say({"rows": page.rows, "after": page.after, "count": page.count, "at": page.at}, options)
        return DONE
    for row in page.rows:
        print(json.dumps(plain(row), ensure_ascii=False))
    return DONE


def print_paper(options: argparse.Namespace) -> int:
    """A document as PDF."""
    params = json_record(options.params, "params")
    office = opened(options)
    try:
        data = office.print_document(options.name, params, options.language)
    finally:
        office.close()
    target = Path(options.out or f"{options.name}.pdf")
    try:
        target.write_bytes(data)
    except OSError as error:
        raise Device("kernel.file_not_written", file=str(target)) from error
    say({"file": str(target), "bytes": len(data)}, options, str(target))
    return DONE


def write_journal(options: argparse.Namespace) -> int:
    """The books as plain text."""
    from retaguarda.app.journal import journal

    office = opened(options)
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
    say({"file": options.out}, options, options.out)
    return DONE


def list_names(options: argparse.Namespace) -> int:
    """What there is to do, to show and to print, and what runs by itself."""
    from retaguarda.app.compose import registry

    found = registry()
    names = {
        "commands": sorted(found.commands),
        "queries": sorted(found.queries),
        "documents": sorted(found.documents),
        "jobs": sorted(found.jobs),
    }
    say(names, options, "\n".join(f"{kind[:-1]} {name}" for kind, all_names in names.items() for name in all_names))
    return DONE


def tell_coverage(options: argparse.Namespace) -> int:
    """Every failure the program knows, with the ways that came back in its standard situation; the exit code says
    whether some have too few."""
    from retaguarda.app.drill import run

    told = run()
    lines = [
        f"{code}: {facts['counting']} of {len(facts['remedies'])} count"
        + "".join(f"\n  {one['kind']}{'' if one['counts'] else ' (goes on)'}" for one in facts["remedies"])
        for code, facts in told["failures"].items()
    ]
    say(told, options, "\n".join([*lines, f"without plan: {', '.join(told['without_plan']) or 'none'}"]))
    return DEFECT if told["without_plan"] else DONE
