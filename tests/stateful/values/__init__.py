"""What the generic draft of a command cannot know: its lines, its money, and the record it is for where no row offers
it. Each gives the values of one command (or a few) as the company stands; the rest is made from the signature."""

from tests.stateful.values import books, bringing, goods, orders, records, tables
from tests.stateful.values.declaring import VALUES

__all__ = ["VALUES", "books", "bringing", "goods", "orders", "records", "tables"]
