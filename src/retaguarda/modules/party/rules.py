"""Pure rules of parties: what they are found by, when two names are alike, what an e-mail address looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from retaguarda.kernel.fold import fold

KINDS: tuple[str, ...] = ("person", "company")
"""A party is a natural person or a company; the kind decides which tax identity it has."""

ROLES: tuple[str, ...] = ("customer", "supplier", "carrier", "employee")
"""What a party is to this company; it may be several at once."""

KEEP_EMPLOYEES = "party.keep_employees"
"""The permission to see and change who is employed here and nothing else to the company."""

ADDRESS_PURPOSES: tuple[str, ...] = ("main", "billing", "delivery", "other")
CONTACT_PURPOSES: tuple[str, ...] = ("general", "purchasing", "finance", "delivery", "other")

PROPOSED, MERGED, UNDONE, DROPPED = MERGE_STATES = ("proposed", "merged", "undone", "dropped")
KEPT_SIDE, MERGED_SIDE = SIDES = ("kept", "merged")
BOTH_SIDES = "both"
MERGED_FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("name_key", "name"),
    "legal_name": ("legal_name",),
    "identity": ("kind", "tax_id_kind", "tax_id_shown", "tax_id"),
    "credit_limit": (),
    "notes": ("notes",),
}
"""What is chosen when two records become one, with the columns of the party that go with it; the last of these says
whether there is anything. The credit limit stands with the customer."""

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s.,;<>\"]{2,}")


def name_key(name: str) -> str:
    """What two names have in common when they are alike: their words, folded, in one order.

    "Padaria São João" and "joão sao padaria" have the same key.
    """
    return " ".join(sorted(set(re.findall(r"[a-z0-9]+", fold(name)))))


def search_form(texts: Iterable[str | None]) -> str:
    """The folded text a party is found by; empty texts are left out."""
    return fold(" ".join(text for text in texts if text))


def is_email(text: str) -> bool:
    """Whether the text looks like one e-mail address; whether mail arrives there, only mail can tell."""
    return _EMAIL.fullmatch(text) is not None


def folded_together(kept: str, merged: str) -> str:
    """What two records that are one are found by: each one's form on a line of its own, the kept one's first."""
    return f"{kept}\n{merged}"


def folded_apart(kept: str, merged: str) -> str:
    """The same without what came from the merged record."""
    own, *rest = kept.split("\n")
    for line in merged.split("\n"):
        if line in rest:
            rest.remove(line)
    return "\n".join((own, *rest))


def folded_anew(before: str, own: str) -> str:
    """The same with another form of the kept record itself."""
    return "\n".join((own, *before.split("\n")[1:]))
