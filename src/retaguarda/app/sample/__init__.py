"""The sample company: a Brazilian shop in a database of its own, made through live commands, erased as a whole."""

from retaguarda.app.sample.erasing import erase
from retaguarda.app.sample.making import make

__all__ = ["erase", "make"]
