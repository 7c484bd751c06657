"""The sample company: a Brazilian shop in a database of its own, made through live commands, erased as a whole."""

from retaguarda.app.sample.erasing import erase
from retaguarda.app.sample.making import make, make_again
from retaguarda.app.sample.people import STAFF

LOGIN = STAFF[0][0]
"""Who opens the sample company unless somebody else is named: its administrator."""

__all__ = ["LOGIN", "erase", "make", "make_again"]
