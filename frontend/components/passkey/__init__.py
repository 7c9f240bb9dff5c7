"""A passkey of this very device as one more wallet: for people who have none, and no ether.

`passkey.js` is an EIP-6963 provider in the page; `route.py` answers it at `/passkey`: what is to be
signed, which account a passkey has, and, through the relayer, an account for a newcomer's.
"""
