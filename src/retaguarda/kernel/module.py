"""The manifest: everything a module brings, as one frozen value; the registry is what all manifests add up to.

Nothing registers itself by being imported: `app/compose.py` lists the modules and builds the registry from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sqlalchemy import Select

from retaguarda.kernel.bulk import Bulk
from retaguarda.kernel.command import Command, module_of, name_of
from retaguarda.kernel.data_rules import DataRule, DataUse, Subject
from retaguarda.kernel.errors import Missing
from retaguarda.kernel.model import Base, models
from retaguarda.kernel.query import Query

if TYPE_CHECKING:
    from alembic.operations import Operations

    from retaguarda.kernel.document import Document
    from retaguarda.kernel.reference import CodeUse
    from retaguarda.kernel.screen import Door, Place, Screen, SlotFill
    from retaguarda.kernel.screen.door import JobDoor
    from retaguarda.kernel.text import Texts
    from retaguarda.kernel.unit import Unit


@dataclass(frozen=True, slots=True)
class Handled:
    """A command with its handler. `rows` names the query and the key of the value whose row the outcome carries.

    `undo` is the name of the inverse command, `reversal` where a further document reverses, or `none`.
    `permission` is the command's name unless another covers it. `gathers` names the list into which all rows of a file
    that is imported go, for what comes in whole or not at all. `bulk` are its fields that may be changed for many rows
    at once.
    """

    command: type[Command]
    handler: Callable[[Unit, Any], Mapping[str, Any] | None]
    rows: tuple[str, str] | None = None
    undo: str = "none"
    permission: str = ""
    gathers: str = ""
    bulk: tuple[Bulk, ...] = ()

    @property
    def name(self) -> str:
        return name_of(self.command)


@dataclass(frozen=True, slots=True)
class Listener:
    """What a module does when a lower one says something. `event` is `sales.OrderConfirmed`.

    `within`: `act(unit, event)` in the same transaction. `after`: `act(door, payload)` through the outbox, idempotent.
    """

    event: str
    name: str
    act: Callable[[Any, Any], None]
    kind: Literal["within", "after"] = "within"


@dataclass(frozen=True, slots=True)
class Proof:
    """A statement that must give no row: `retaguarda check` names each row it gives.

    The select has the columns `id`, `expected` and `found` (texts or numbers, both may be None).
    """

    name: str
    select: Select[Any]


@dataclass(frozen=True, slots=True)
class DocumentSpec:
    """A printable document: `build(door, params, texts)` makes the page model from query rows; `texts` are in the
    reader's language, with instants as the company's clock shows them."""

    name: str
    permission: str
    build: Callable[[Door, Mapping[str, Any], Texts], Document]


@dataclass(frozen=True, slots=True)
class Job:
    """Timed work: `run(door)` every `every_s` seconds, by whichever client holds the lease.

    Nobody is at the desk: it acts as the program itself, with these `permissions` and no other. Its name is the code of
    its text (`billing.job.recurring`). What it did before it was cut off it must not do again.
    """

    name: str
    every_s: int
    run: Callable[[JobDoor], object]
    permissions: tuple[str, ...]


class Seed(Protocol):
    """Fills a new company with what the module ships (roles, units, flows); runs inside its first command."""

    def __call__(self, unit: Unit) -> None: ...


@dataclass(frozen=True, slots=True)
class Module:
    """One module as data. `permissions` are those beside its commands' and queries' own names.

    `ports` fill what a lower module asks for (`party.ports.TaxIds` by a country's pack). `grants` name, for each
    ready-made role, what it may do here; `guards` turn a constraint's name into the code of a refusal; `migrations`
    change older databases, in order: a database is at the number of migrations that ran on it; `catch_up` names the
    commands (without parameters) that a company of a database to which the module is new needs once, after them.
    `subjects`, `uses` and `data_rules` say which records there are, what they have to be fit for and what is wrong with
    them; `code_uses` says which records say codes of reference tables; `queries_over` makes queries of what all
    manifests declare.
    """

    name: str
    needs: tuple[str, ...] = ()
    models: tuple[type[Base], ...] = ()
    commands: tuple[Handled, ...] = ()
    queries: tuple[Query, ...] = ()
    screens: tuple[Screen, ...] = ()
    places: tuple[Place, ...] = ()
    slots: tuple[SlotFill, ...] = ()
    documents: tuple[DocumentSpec, ...] = ()
    jobs: tuple[Job, ...] = ()
    listeners: tuple[Listener, ...] = ()
    events: tuple[type[Any], ...] = ()
    failures: tuple[str, ...] = ()
    flows: tuple[Any, ...] = ()
    permissions: tuple[str, ...] = ()
    ports: Mapping[type[Any], Any] = field(default_factory=dict)
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    guards: Mapping[str, str] = field(default_factory=dict)
    proofs: tuple[Proof, ...] = ()
    seeds: tuple[Seed, ...] = ()
    migrations: tuple[Callable[[Operations], None], ...] = ()
    catch_up: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    uses: tuple[DataUse, ...] = ()
    data_rules: tuple[DataRule, ...] = ()
    code_uses: tuple[CodeUse, ...] = ()
    queries_over: Callable[[Sequence[Module]], tuple[Query, ...]] | None = None


def models_of(modules: Iterable[Module]) -> dict[str, type[Base]]:
    """The mapped classes of the kernel and of `modules` by table, sorted: what a database of these modules holds."""
    named = {model for module in modules for model in module.models}
    return {
        name: model
        for name, model in sorted(models().items())
        if model in named or model.__module__.startswith("retaguarda.kernel.")
    }


def event_name(event: type[Any]) -> str:
    """`sales.OrderConfirmed` for the class of that name in the module sales."""
    return f"{module_of(event)}.{event.__name__}"


class Registry:
    """All manifests together: commands by name and type, queries, screens, documents, listeners, guards."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.modules = tuple(modules)
        self.commands: dict[str, Handled] = _unique((h.name, h) for m in modules for h in m.commands)
        self.by_type: dict[type[Command], Handled] = {h.command: h for h in self.commands.values()}
        made = [q for m in modules if m.queries_over is not None for q in m.queries_over(modules)]
        self.queries: dict[str, Query] = _unique((q.name, q) for q in (*(q for m in modules for q in m.queries), *made))
        self.screens: dict[str, Screen] = _unique((s.name, s) for m in modules for s in m.screens)
        self.documents: dict[str, DocumentSpec] = _unique((d.name, d) for m in modules for d in m.documents)
        self.places: tuple[Place, ...] = tuple(p for m in modules for p in m.places)
        self.slots: tuple[SlotFill, ...] = tuple(s for m in modules for s in m.slots)
        self.proofs: tuple[Proof, ...] = tuple(p for m in modules for p in m.proofs)
        self.jobs: dict[str, Job] = _unique((j.name, j) for m in modules for j in m.jobs)
        self.guards: dict[str, str] = _unique((k, v) for m in modules for k, v in m.guards.items())
        self.ports: dict[type[Any], Any] = {k: v for m in modules for k, v in m.ports.items()}
        self.grants: dict[str, frozenset[str]] = {}
        for module in modules:
            for role, names in module.grants.items():
                self.grants[role] = self.grants.get(role, frozenset()) | frozenset(names)
        self.within: dict[str, list[Listener]] = {}
        self.after: dict[str, list[Listener]] = {}
        for listener in (n for m in modules for n in m.listeners):
            kind = self.within if listener.kind == "within" else self.after
            kind.setdefault(listener.event, []).append(listener)

    def handled(self, name: str) -> Handled:
        """The command of this name; `Missing` when no module has it."""
        found = self.commands.get(name)
        if found is None:
            raise Missing("command", name)
        return found

    def query(self, name: str) -> Query:
        """The query of this name; `Missing` when no module has it."""
        found = self.queries.get(name)
        if found is None:
            raise Missing("query", name)
        return found

    def kinds(self, query: str) -> Mapping[str, str]:
        """What the fields of a query hold."""
        return self.query(query).kinds()

    def permission_of(self, query: str) -> str:
        """The permission that a query asks for; empty: none."""
        return self.query(query).permission

    def covered(self, permissions: frozenset[str]) -> frozenset[str]:
        """The commands that these permissions cover beside those of their own name."""
        return frozenset(h.name for h in self.commands.values() if h.permission in permissions)

    def permissions(self) -> tuple[str, ...]:
        """Every permission there is: commands', queries', and those the modules add."""
        found = {h.permission or h.name for h in self.commands.values()}
        found |= {q.permission for q in self.queries.values()}
        found |= {d.permission for d in self.documents.values()}
        found |= {p for m in self.modules for p in m.permissions}
        return tuple(sorted(found - {""}))


def _unique[V](pairs: Iterable[tuple[str, V]]) -> dict[str, V]:
    out: dict[str, V] = {}
    for name, value in pairs:
        if name in out:
            raise ValueError(f"two modules claim {name!r}")
        out[name] = value
    return out
