"""The Brazilian pack: identities, taxes, fiscal documents, seeds. Fiscal words stay as the law writes them."""
