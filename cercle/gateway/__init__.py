"""
A read API for shops, games and worlds: who is this wallet, this passport, this avatar to a brand?

It answers with public facts alone, and only callers that the brand registered and that sign each
request. It signs nothing on a chain and holds no key of one. `client` is how one asks; `python -m
cercle.gateway` runs one.
"""
