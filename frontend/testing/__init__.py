"""Stand-ins for the chain and the wallet: never imported by the app itself."""
