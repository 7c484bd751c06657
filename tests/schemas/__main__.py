"""Records the shape of a fresh database on both engines: `python -m tests.schemas issue_2`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from retaguarda.app.compose import MODULES
from retaguarda.kernel.stores import open_store
from tests.helpers import postgres
from tests.schemas.recorded import FOLDER, record


def main() -> int:
    """Writes one file for each engine; a name that was recorded before is refused, for databases of it exist."""
    parser = argparse.ArgumentParser(prog="schemas", description=__doc__)
    parser.add_argument("name")
    name = parser.parse_args().name
    if there := sorted(FOLDER.glob(f"{name}.*.sql")):
        print(f"{there[0].name} is recorded already", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder, postgres.running(fast=True) as admin:
        urls = {"sqlite": f"sqlite:///{Path(folder) / 'fresh.db'}", "postgresql": postgres.new_database(admin)}
        for engine, url in urls.items():
            store = open_store(url, create=True)
            try:
                path = FOLDER / f"{name}.{engine}.sql"
                path.write_text(record(store, MODULES), encoding="utf-8")
                print(path.name)
            finally:
                store.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
