"""Lists and forms of the parties. One form serves every role; customer and supplier begin it with theirs ticked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from retaguarda.kernel.screen import (
    Action,
    Column,
    FactsPanel,
    FieldView,
    FormScreen,
    ImportField,
    ImportKind,
    Level,
    LinesView,
    ListScreen,
    PageScreen,
    Phrase,
    Place,
    SlotFill,
    Tab,
    TablePanel,
)
from retaguarda.kernel.screen.labels import Labels
from retaguarda.kernel.screen.parts import DO_IT
from retaguarda.modules.party import commands, rules

TABLES = ("party", "customer", "supplier", "carrier", "employee", "party_address", "party_contact")
_STATUS: dict[str, Level] = {"active": "ok", "blocked": "bad", "archived": "", "merged": "info"}
_MERGE_STATES: dict[str, Level] = {"proposed": "warn", "merged": "ok", "undone": "", "dropped": ""}
_SIDES: dict[str, Level] = {"kept": "ok", "merged": "info", "both": ""}


_LABELS = Labels("party")
_field, _column = _LABELS.field, _LABELS.column


def _form(name: str, role: str) -> FormScreen:
    ticked = {role: "1"}
    return FormScreen(
        name=name,
        icon="contact" if role == "customer" else "building-2",
        command=commands.AddParty,
        revise=commands.ReviseParty,
        load="party.parties",
        key="party_id",
        fields=(
            _field("name"),
            _field("legal_name"),
            _field("kind"),
            _field("tax_id", help="party.field.tax_id.help"),
            *(_field(flag, section="party.section.roles", initial=ticked.get(flag, "")) for flag in _FLAGS),
            LinesView(
                name="addresses",
                label="party.field.addresses",
                section="party.section.addresses",
                columns=(
                    _field("purpose", width=110),
                    _field("street"),
                    _field("number", width=80),
                    _field("complement", width=110),
                    _field("district", width=150),
                    _field("city", width=140, suggestions="reference.city_choices", offers="name", depends=("state",)),
                    _field("state", width=50),
                    _field("postcode", width=96),
                ),
            ),
            LinesView(
                name="contacts",
                label="party.field.contacts",
                columns=(
                    _field("purpose", width=130),
                    FieldView(name="name", label="party.field.contact_name"),
                    _field("phone", width=150),
                    _field("email", width=320),
                ),
            ),
            _field("notes", width=2),
        ),
        refreshed_by=TABLES,
    )


_FLAGS = ("customer", "supplier", "carrier", "employee")

CUSTOMER_FORM = _form("party.customer_form", "customer")
SUPPLIER_FORM = _form("party.supplier_form", "supplier")

CREDIT_FORM = FormScreen(
    name="party.credit_form",
    icon="wallet",
    command=commands.SetCreditLimit,
    fields=(_field("credit_limit", help="party.field.credit_limit.help"),),
)
BLOCK_FORM = FormScreen(
    name="party.block_form",
    icon="ban",
    command=commands.BlockCustomer,
    fields=(_field("reason", width=2, help="party.field.reason.help"),),
)


def _unless_blocked(row: Any) -> Phrase | None:
    return Phrase("party.reason.blocked") if row.blocked else None


_ARCHIVING = (
    Action(
        name="archive",
        text="party.action.archive",
        press="party.archive_party",
        key="party_id",
        icon="archive",
        asks="party.ask.archive",
    ),
    Action(name="restore", text="party.action.restore", press="party.restore_party", key="party_id", icon="undo-2"),
)

_MERGE = Action(
    name="merge",
    text="party.action.merge",
    icon="git-merge",
    opens="party.propose_form",
    key="party_id",
    labels={"party_id": "name"},
)
_MERGES = Action(name="merges", text="party.action.merges", icon="history", opens="party.merge_list", on_row=False)

_CREDIT = (
    Action(name="credit", text="party.action.credit", icon="wallet", opens="party.credit_form", key="party_id"),
    Action(
        name="block",
        text="party.action.block",
        icon="ban",
        opens="party.block_form",
        key="party_id",
        danger=True,
        enabled=_unless_blocked,
    ),
    Action(
        name="unblock",
        text="party.action.unblock",
        icon="lock-open",
        press="party.unblock_customer",
        key="party_id",
    ),
)

CUSTOMER_PAGE = PageScreen(
    name="party.customer_page",
    icon="contact",
    load="party.customers",
    record_title="name",
    pills=(_column("status", show="pill", texts="party.status", levels=_STATUS),),
    context=(_column("tax_id", show="code"), _column("city"), _column("phone", show="code"), _column("email")),
    panels=(
        FactsPanel(
            name="facts",
            icon="info",
            place="side",
            facts=(
                _column("legal_name"),
                _column("credit_limit", show="money"),
                _column("block_reason"),
                _column("merged_into"),
            ),
        ),
    ),
    actions=(
        Action(name="revise", icon="pencil", opens="party.customer_form", primary=True),
        *_CREDIT,
        _MERGE,
        *_ARCHIVING,
    ),
    refreshed_by=(*TABLES, "sales_order", "invoice"),
)

CUSTOMER_LIST = ListScreen(
    name="party.customer_list",
    icon="contact",
    query="party.customers",
    sort="name",
    columns=(
        _column("name", show="name", sub="legal_name", sortable=True),
        _column("tax_id", show="code", width=190),
        _column("city", width=150, sortable=True, hide_below=1100),
        _column("phone", show="code", width=140, hide_below=1200),
        _column("credit_limit", show="money", width=120, hide_below=1300),
        _column("status", show="pill", width=110, texts="party.status", levels=_STATUS),
    ),
    tabs=(
        Tab(name="active", where={"status": "active"}),
        Tab(name="blocked", where={"status": "blocked"}),
        Tab(name="archived", where={"status": "archived"}, counted=False),
        Tab(name="all", counted=False),
    ),
    found=("name", "tax_id", "city", "phone"),
    opens="party.customer_page",
    refreshed_by=TABLES,
    actions=(
        Action(
            name="new",
            icon="user-plus",
            opens="party.customer_form",
            shortcut="Ctrl+N",
            primary=True,
            on_row=False,
        ),
        *_CREDIT,
        _MERGE,
        *_ARCHIVING,
        _MERGES,
    ),
)

SUPPLIER_LIST = ListScreen(
    name="party.supplier_list",
    icon="building-2",
    query="party.suppliers",
    sort="name",
    columns=(
        _column("name", show="name", sub="legal_name", sortable=True),
        _column("tax_id", show="code", width=190),
        _column("city", width=150, sortable=True, hide_below=1100),
        _column("phone", show="code", width=140),
        _column("email", width=270, hide_below=1300),
        _column("status", show="pill", width=110, texts="party.status", levels=_STATUS),
    ),
    tabs=(
        Tab(name="active", where={"status": "active"}),
        Tab(name="archived", where={"status": "archived"}, counted=False),
        Tab(name="all", counted=False),
    ),
    found=("name", "tax_id", "city", "phone"),
    opens="party.supplier_form",
    refreshed_by=TABLES,
    actions=(
        Action(name="new", icon="plus", opens="party.supplier_form", shortcut="Ctrl+N", primary=True, on_row=False),
        _MERGE,
        *_ARCHIVING,
        _MERGES,
    ),
)

PROPOSE_FORM = FormScreen(
    name="party.propose_form",
    icon="git-merge",
    command=commands.ProposeMerge,
    fields=(_field("other_id", width=2, suggestions="party.party_choices", help="party.field.other_id.help"),),
    actions=(replace(DO_IT, text="party.propose_form.do", then="open", opens="party.merge_page"),),
)
MERGE_PAGE = PageScreen(
    name="party.merge_page",
    icon="git-merge",
    load="party.merges",
    record_title="name",
    pills=(_column("state", show="pill", texts="party.merge_state", levels=_MERGE_STATES),),
    context=(_column("merged_at", show="instant"),),
    panels=(
        TablePanel(
            name="values",
            icon="columns-3",
            query="party.merge_values",
            where={"merge_id": "id"},
            sort="position",
            columns=(
                Column(field="field", show="name", texts="party.merged_field", width=170),
                Column(field="kept", title="party.side.kept", show_by="shown_as"),
                Column(field="merged", title="party.side.merged", show_by="shown_as"),
                Column(field="side", show="pill", texts="party.side", levels=_SIDES, width=150),
            ),
            actions=(
                Action(
                    name="swap",
                    icon="arrow-left-right",
                    press="party.choose_value",
                    given={"merge_id": "merge_id", "field": "field", "side": "other_side"},
                ),
            ),
        ),
    ),
    actions=(
        Action(
            name="merge",
            icon="git-merge",
            press="party.merge_parties",
            key="merge_id",
            primary=True,
            shortcut="F10",
            asks="party.ask.merge",
        ),
        Action(name="drop", icon="x", press="party.drop_merge", key="merge_id"),
        Action(name="unmerge", icon="undo-2", press="party.unmerge_parties", key="merge_id", asks="party.ask.unmerge"),
    ),
    refreshed_by=("party_merge", *TABLES),
)
MERGE_LIST = ListScreen(
    name="party.merge_list",
    icon="git-merge",
    query="party.merges",
    sort="kept_name",
    columns=(
        _column("kept_name", show="name", sortable=True),
        _column("merged_name", show="name", sortable=True),
        _column("merged_at", show="instant", width=170),
        _column("state", show="pill", width=120, texts="party.merge_state", levels=_MERGE_STATES),
    ),
    tabs=(
        Tab(name="proposed", where={"state": "proposed"}),
        Tab(name="merged", where={"state": "merged"}),
        Tab(name="all", counted=False),
    ),
    opens="party.merge_page",
    refreshed_by=("party_merge", "party"),
    actions=(
        Action(name="unmerge", icon="undo-2", press="party.unmerge_parties", key="merge_id", asks="party.ask.unmerge"),
    ),
)

SCREENS = (
    CUSTOMER_LIST,
    CUSTOMER_PAGE,
    CUSTOMER_FORM,
    CREDIT_FORM,
    BLOCK_FORM,
    SUPPLIER_LIST,
    SUPPLIER_FORM,
    PROPOSE_FORM,
    MERGE_PAGE,
    MERGE_LIST,
)
PLACES = (
    Place(name="customers", screen="party.customer_list", group="work", order=40),
    Place(name="suppliers", screen="party.supplier_list", group="manage", order=60, shelf="more"),
)
_BROUGHT = (
    ImportField(name="key", is_key=True),
    ImportField(name="name", required=True),
    ImportField(name="legal_name"),
    ImportField(name="kind", options=rules.KINDS),
    ImportField(name="tax_id"),
    ImportField(name="addresses.street"),
    ImportField(name="addresses.number"),
    ImportField(name="addresses.complement"),
    ImportField(name="addresses.district"),
    ImportField(name="addresses.city"),
    ImportField(name="addresses.state"),
    ImportField(name="addresses.postcode"),
    ImportField(name="contacts.name"),
    ImportField(name="contacts.phone"),
    ImportField(name="contacts.email"),
    ImportField(name="notes"),
)
_LOST_CITIES = TablePanel(
    name="cities",
    title="party.lost_cities",
    query="reference.lost_cities",
    where={"edition_id": "id"},
    permission="party.read",
    sort="name",
    columns=(_column("code", "city", width=220), _column("name", show="name")),
    opens="party.customer_page",
    opens_key="record_id",
)
SLOTS = (
    SlotFill("reference.edition_page", "panels", _LOST_CITIES),
    *(
        SlotFill(
            "imports.wizard",
            "kinds",
            ImportKind(
                name=f"party.{role}s",
                command="party.add_party",
                key=("key", "tax_id", "name"),
                fields=_BROUGHT,
                given={role: True, "accept": ["party.as_written"]},
                opens=f"party.{role}_list",
            ),
        )
        for role in ("customer", "supplier")
    ),
)
