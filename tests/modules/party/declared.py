"""What the tests over all modules ask of merging parties: who may."""

RIGHTS = """
party.choose_value     . C . . . . . . A N . . . . .
party.drop_merge       . C . . . . . . A N . . . . .
party.merge_parties    . C . . . . . . A N . . . . .
party.propose_merge    . C . . . . . . A N . . . . .
party.unmerge_parties  . C . . . . . . A N . . . . .
"""
