"""Every sentence of the bridge, the demo's wallet and the activity, in the words of the source.

They are marked for the catalogues here and translated where they are shown, through the
gettext function that a page gives to `mount`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Gettext = Callable[[str], str]


def N_(message: str) -> str:
    """Mark a sentence for the catalogues."""
    return message


BRIDGE: Mapping[str, str] = {
    "region": N_("Your wallet"),
    "none": N_("No wallet was found in this browser. You can look around without one."),
    "connect": N_("Connect {name}"),
    "legacy": N_("Browser wallet"),
    "connecting": N_("Answer in {name} to connect."),
    "declined": N_("You declined the connection. Nothing has changed."),
    "already_open": N_("A request is already open in {name}. Open it and answer there first."),
    "failed": N_("{name} could not do this. Open it, check that it is unlocked, and try again."),
    "change": N_("Change account"),
    "change_in_wallet": N_("{name} changes accounts by itself: open it and choose another."),
    "disconnect": N_("Disconnect"),
    "other_chain": N_("Your wallet is on another network. This community lives on {chain}."),
    "switch": N_("Switch to {chain}"),
    "hint": N_("Your wallet will show the details and ask you to confirm."),
    "connect_first": N_("Connect your wallet to go on."),
    "other_account": N_("This was prepared for {account}: choose that account, or cancel."),
    "other_open": N_("Another request is still open in your wallet: answer it first."),
    "open": N_("Open wallet"),
    "cancel": N_("Cancel"),
    "waiting": N_("Waiting for your answer in {name}…"),
    "device_use": N_("Use this device"),
    "device_waiting": N_("Answer your device's question."),
    "device_hint": N_("Your device will ask for your fingerprint, face or code."),
    "device_open": N_("Sign with this device"),
    "device_no_chain": N_(
        "A passkey of your phone cannot stand in for one: this network cannot check it."
    ),
    "device_no_browser": N_(
        "A passkey of your phone cannot stand in for one: this browser knows none here."
    ),
    "device_elsewhere": N_("Open {origin} to use a passkey of this device instead."),
    "device_unable": N_("This device cannot do it in this browser. Use another one, or a wallet."),
}

DEVICE: Mapping[str, str] = {
    "this_device": N_("This device"),
    "title": N_("This device as your wallet"),
    "what": N_(
        "A passkey opens your account here: your fingerprint, your face or your code. No app to "
        "install, nothing to write down."
    ),
    "bound": N_("It works on {site} and nowhere else."),
    "lost": N_(
        "Your device keeps it, and may copy it to your other devices. If you lose it, you lose "
        "the account, unless another wallet is linked to your passport."
    ),
    "free": N_("It costs nothing: the brand pays, on your invitation."),
    "invited_only": N_("To make a new one you need an invitation: ask in the shop for a link."),
    "unfinished": N_("You have made one already; its account is not there yet."),
    "have_one": N_("I have one already"),
    "make_one": N_("Make one"),
    "go_on": N_("Make its account"),
    "cancel": N_("Cancel"),
    "answer_device": N_("Answer your device's question."),
    "looking": N_("Looking for your account…"),
    "making": N_("Making your account. It takes a few seconds…"),
    "slow": N_("It takes longer than it should. Your passkey is kept: try again in a minute."),
    "declined": N_("Your device did not do it, or you declined. Nothing has changed."),
    "unable": N_("This device has no lock that can keep a passkey. Set one up, or use a wallet."),
    "elsewhere": N_("Passkeys work under this site's own name only: {site}."),
    "unreachable": N_("The server does not answer at the moment. Try again in a minute."),
    "failed": N_("Something went wrong, and nothing has changed. Try again in a minute."),
}

DEMO: Mapping[str, str] = {
    "demo_wallet": N_("Demo wallet"),
    "choose_title": N_("Whose account do you want to borrow?"),
    "choose_text": N_(
        "This is a play shop: nothing here is worth anything. Be one of its people for a while."
    ),
    "search": N_("Number, or part of a note"),
    "others": N_("People who are not members yet"),
    "people_count": N_("{shown} of {all} people shown"),
    "nobody": N_("Nobody matches."),
    "member": N_("Demo member {n}"),
    "visitor": N_("Demo visitor {n}, not a member yet"),
    "use_account": N_("Use this account"),
    "cancel": N_("Cancel"),
    "send_title": N_("Confirm"),
    "sign_title": N_("Sign"),
    "acting_as": N_("You are acting as {name}."),
    "details": N_("What is signed"),
    "contract": N_("Contract"),
    "function": N_("Function"),
    "to": N_("Address"),
    "value": N_("Value"),
    "data": N_("Data"),
    "text": N_("Text"),
    "message": N_("Message"),
    "for": N_("For"),
    "approve": N_("Approve"),
    "reject": N_("Reject"),
}

# A request's state, told beside its label.
WAITING = N_("Waiting for your wallet.")
PENDING = N_("Sent. Waiting until it is written down.")
CARRIED = N_("Handed over. It is sent for you within seconds, free of charge.")
MINED = N_("Done.")
SIGNED = N_("Signed.")
REVERTED = N_("It was sent, and the contract refused: nothing has changed. {reason}")
NOT_CARRIED = N_("It was not sent for you, and nothing has changed. {reason}")
SEND_ALONE = N_("Send it myself")
FREE = N_("{label} Free: the brand pays the network's fee.")
REPLACED = N_("You cancelled or replaced it in your wallet: nothing has changed.")
FOREIGN = N_("Your wallet sent something else than what was asked. Look at it there.")
UNREACHABLE = N_("The network does not answer at the moment. We keep looking.")

# Why a request came to nothing, by the code and the stage of the answer.
REJECTED = N_("You declined it: nothing has changed.")
CANCELLED = N_("Cancelled: nothing has changed.")
EXPIRED = N_("It waited for more than ten minutes and was dropped. Ask again.")
OTHER_ACCOUNT = N_("Your wallet is using another account: nothing was sent.")
OTHER_CHAIN = N_("Your wallet stayed on another network: nothing was sent.")
SWITCH_DECLINED = N_("You declined to change the network: nothing was sent.")
ALREADY_OPEN = N_("A request is already open in your wallet. Answer it there, then ask again.")
DISCONNECTED = N_("The wallet is not connected: nothing was sent.")
UNSUPPORTED = N_("Your account only signs, and this would have to be sent: use another wallet.")
FAILED = N_("The wallet could not do this: nothing was sent.")

# After a reload.
ORPHAN_OPEN = N_(
    "This page was reloaded while your wallet was asking. It may have been sent: look at your "
    "wallet before you ask again."
)
ORPHAN_MOVED = N_("Your account has sent something since: the page shows the result.")
PROOF = N_("Proof")
ACTIVITY = N_("Activity")
