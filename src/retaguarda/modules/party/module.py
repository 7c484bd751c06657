"""The parties: one root for customers, suppliers, carriers and employees."""

from __future__ import annotations

from retaguarda.kernel.bulk import Bulk
from retaguarda.kernel.module import Handled, Listener, Module
from retaguarda.modules.party import commands, events, listeners, migrations, model, queries, rules, screens

_CUSTOMER = ("party.customers", "id")
_PARTY = ("party.parties", "id")
_MERGE = ("party.merges", "id")
_MERGES = "party.merge_parties"

_LIMIT = Bulk(
    queries=("party.customers",),
    text="party.field.credit_limit",
    given={"party_id": "id"},
    field="credit_limit",
    show="money",
)
_ARCHIVE, _RESTORE = (
    (Bulk(queries=("party.customers", "party.suppliers"), text=f"party.action.{name}", given={"party_id": "id"}),)
    for name in ("archive", "restore")
)

MODULE = Module(
    name="party",
    needs=("company", "imports", "reference"),
    models=(
        model.Party,
        model.Customer,
        model.Supplier,
        model.Carrier,
        model.Employee,
        model.PartyAddress,
        model.PartyContact,
        model.PartyMerge,
    ),
    commands=(
        Handled(commands.AddParty, commands.add_party, rows=_PARTY, undo="party.archive_party"),
        Handled(commands.ReviseParty, commands.revise_party, rows=_PARTY),
        Handled(commands.SetCreditLimit, commands.set_credit_limit, rows=_CUSTOMER, bulk=(_LIMIT,)),
        Handled(commands.BlockCustomer, commands.block_customer, rows=_CUSTOMER, undo="party.unblock_customer"),
        Handled(commands.UnblockCustomer, commands.unblock_customer, rows=_CUSTOMER),
        Handled(commands.ArchiveParty, commands.archive_party, rows=_PARTY, undo="party.restore_party", bulk=_ARCHIVE),
        Handled(commands.RestoreParty, commands.restore_party, rows=_PARTY, undo="party.archive_party", bulk=_RESTORE),
        Handled(
            commands.ProposeMerge, commands.propose_merge, rows=_MERGE, undo="party.drop_merge", permission=_MERGES
        ),
        Handled(commands.ChooseValue, commands.choose_value, rows=_MERGE, permission=_MERGES),
        Handled(commands.DropMerge, commands.drop_merge, rows=_MERGE, permission=_MERGES),
        Handled(commands.MergeParties, commands.merge_parties, rows=_MERGE, undo="party.unmerge_parties"),
        Handled(commands.UnmergeParties, commands.unmerge_parties, rows=_MERGE, permission=_MERGES),
    ),
    queries=(
        queries.customers,
        queries.suppliers,
        queries.carriers,
        queries.parties,
        queries.customer_card,
        queries.customer_choices,
        queries.supplier_choices,
        queries.carrier_choices,
        queries.party_choices,
        queries.merges,
        queries.merge_values,
    ),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    listeners=(Listener("imports.BatchUndone", "party.undo_import", listeners.undo_import),),
    events=(events.CustomerBlocked, events.CustomerUnblocked, events.PartiesMerged, events.PartiesUnmerged),
    permissions=("party.read", rules.KEEP_EMPLOYEES),
    grants={
        "sales": ("party.read", "party.add_party", "party.revise_party"),
        "relations": ("party.read", "party.add_party", "party.revise_party"),
        "commercial": (
            "party.read",
            "party.add_party",
            "party.revise_party",
            "party.set_credit_limit",
            "party.block_customer",
            "party.unblock_customer",
            "party.archive_party",
            "party.restore_party",
            _MERGES,
        ),
        "finance": (
            "party.read",
            "party.add_party",
            "party.revise_party",
            "party.set_credit_limit",
            "party.block_customer",
            "party.unblock_customer",
        ),
        "analyst": (
            "party.read",
            "party.add_party",
            "party.revise_party",
            "party.block_customer",
            "party.archive_party",
            "party.restore_party",
            _MERGES,
        ),
        "legal": ("party.read", "party.block_customer", "party.unblock_customer"),
        "hr": ("party.read", "party.add_party", "party.revise_party", rules.KEEP_EMPLOYEES),
        "stock": ("party.read",),
        "picking": ("party.read",),
        "shipping": ("party.read",),
        "delivery": ("party.read",),
        "marketing": ("party.read",),
        "accounting": ("party.read",),
        "it": ("party.read",),
    },
    subjects=(queries.SUBJECT,),
    code_uses=(queries.CITY_NAMES,),
    data_rules=queries.DATA_RULES,
    migrations=migrations.MIGRATIONS,
)
