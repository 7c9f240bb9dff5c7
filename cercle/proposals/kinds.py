"""The sentences for the calls that proposals make most; every other call is told by its name.

A sentence names every argument of its call. What a call moves beside is told in `say`.
"""

from __future__ import annotations

# (contract, function): a sentence with the call's own arguments in it. `name!r` would quote like
# Python: how each argument is shown is said below, by its name.
SENTENCES: dict[tuple[str, str], str] = {
    ("Charter", "give_roles"): "Give {account} these roles: {roles}.",
    ("Charter", "take_roles"): "Take these roles from {account}: {roles}.",
    ("Charter", "offer_admin"): "Offer the office of admin, over everything, to {candidate}.",
    ("Charter", "accept_admin"): "Take the office of admin that was offered.",
    ("Charter", "announce_replacement"): (
        "Announce that {contract} takes the place of {name} in fourteen days or later."
    ),
    ("Charter", "cancel_replacement"): "Take back what was announced to take the place of {name}.",
    ("Charter", "extend_warden"): "Prolong the warden's office until {until}.",
    ("Charter", "set_profile"): "Publish the brand's profile whose seal is {content_hash}.",
    ("Charter", "set_dao_uri"): "Say that the brand's description lies at {uri}.",
    ("Charter", "set_domain"): "Tie the web domain to the file whose seal is {well_known_hash}.",
    ("Charter", "set_company_id"): "Name the company, for good: number {company_id}.",
    ("Guard", "set_terms"): "Set the terms of class {class_id}: {class_terms}.",
    ("Guard", "set_scope"): "Set what a class may call: {scope}.",
    ("Guard", "set_assets"): "Bound the spending of these tokens, and of no others: {tokens}.",
    ("Perks", "open_perk"): (
        "Open the perk whose seal is {content_hash}, on these terms: {terms}; stock: {stock}."
    ),
    ("Perks", "close_perk"): "Close perk {perk_id}.",
    ("Perks", "add_stock"): "Add {amount} pieces of variant {variant} to perk {perk_id}.",
    ("Polls", "open_poll"): (
        "Ask the poll whose seal is {content_hash}, of kind {kind}, "
        "with {option_count} options, until {closes_at}."
    ),
    ("Points", "transfer"): "Pay {amount} to {receiver}.",
}
PAY_ETHER = "Pay {amount} to {receiver}."
PAY_SOME_TOKEN = (
    "Call {target}, no contract of this brand, with {data}. "
    "If it is a token, this pays {amount} of its smallest units to {receiver}."
)
CALL = "Call {contract}.{function} with {arguments}."
CALL_BARE = "Call {contract}.{function}."
RAW = "Call {target} with these bytes, which no function here is known by: {data}."
NOTHING = "Call {target} with nothing."
ALONG = " Send {along} along."
# What a catalogue has to translate.
EVERY = (*SENTENCES.values(), PAY_ETHER, PAY_SOME_TOKEN, CALL, CALL_BARE, RAW, NOTHING, ALONG)

# How an argument is shown, by its name; else by its type.
DATES = frozenset({"until", "closes_at", "opens_at", "effective_at"})
ROLES = frozenset({"roles"})
NAMES = frozenset({"name"})  # of the directory, in a bytes32
SPANS = frozenset(
    {"voting_delay", "voting_period", "late_extension", "queue_delay", "period", "fulfil_within"}
)
SHARES = frozenset({"quorum", "season_share"})

__all__ = [
    "ALONG",
    "CALL",
    "CALL_BARE",
    "DATES",
    "EVERY",
    "NAMES",
    "NOTHING",
    "PAY_ETHER",
    "PAY_SOME_TOKEN",
    "RAW",
    "ROLES",
    "SENTENCES",
    "SHARES",
    "SPANS",
]
