"""What the wallets that this server itself puts into a page have in common: demo and passkeys.

`door.py` lets in only our own pages, `scripts.py` serves the modules, `own.js` has their dialogs.
"""
