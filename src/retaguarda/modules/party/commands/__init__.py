"""What changes a party, and two records of one party."""

from retaguarda.modules.party.commands.customers import (
    BlockCustomer,
    SetCreditLimit,
    UnblockCustomer,
    block_customer,
    set_credit_limit,
    unblock_customer,
)
from retaguarda.modules.party.commands.merging import (
    ChooseValue,
    DropMerge,
    MergeParties,
    ProposeMerge,
    UnmergeParties,
    choose_value,
    drop_merge,
    merge_parties,
    propose_merge,
    unmerge_parties,
)
from retaguarda.modules.party.commands.records import (
    AddParty,
    Address,
    ArchiveParty,
    Contact,
    RestoreParty,
    ReviseParty,
    add_party,
    archive_party,
    put_away,
    restore_party,
    revise_party,
)

__all__ = [
    "AddParty", "Address", "ArchiveParty", "BlockCustomer", "ChooseValue", "Contact", "DropMerge", "MergeParties",
    "ProposeMerge", "RestoreParty", "ReviseParty", "SetCreditLimit", "UnblockCustomer", "UnmergeParties", "add_party",
    "archive_party", "block_customer", "choose_value", "drop_merge", "merge_parties", "propose_merge", "put_away",
    "restore_party", "revise_party", "set_credit_limit", "unblock_customer", "unmerge_parties",
]  # fmt: skip
