"""Carries what members signed to its contracts, and pays for it; `client` is how one asks."""
