"""What a first command needs stands ready after the log-in: nothing is loaded while rows are locked."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

from bench.databases import stocked

# In a process of its own: this one has loaded everything long ago.
FIRST_CONFIRM = """
import json, sys
from bench.databases import reopen

office = reopen(sys.argv[1])
office.warm()
before = set(sys.modules)
office.do("sales.confirm_order", order_id=sys.argv[2], version=int(sys.argv[3]))
print(json.dumps({"holidays": "holidays" in before, "loaded": sorted(set(sys.modules) - before)}))
office.close()
"""


def test_a_warmed_office_loads_nothing_in_its_first_confirm(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    office, customer, (product, *_) = stocked(url, products=1, each=Decimal(5))
    line = {"product_id": product, "quantity": "1"}
    order = office.do("sales.create_quotation", customer_id=customer, lines=[line]).value
    office.close()
    command = [sys.executable, "-c", FIRST_CONFIRM, url, order["id"], str(order["version"])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"holidays": True, "loaded": []}
