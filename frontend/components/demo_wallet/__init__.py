"""The demo's wallet: a visitor borrows one of the local node's own accounts.

`route.py` answers at `/demo-wallet`, `provider.js` is an EIP-6963 provider in the page.
No key is ever in either: the node signs with the accounts it has unlocked itself.
"""
