"""What a member types for their vault is sealed in the page; only what is sealed comes here.

`crypto.js` has the primitives on WebCrypto alone, `forms.js` the forms of docs/vault.md, `vault.js`
what is shown; the three are one module in the page. `bridge.py` mounts it and takes what it made.
"""
