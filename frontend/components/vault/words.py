# ruff: noqa: E501  (a sentence stays whole)
"""Every sentence that the vault says in the page, in the words of the source."""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:
    """Mark a sentence for the catalogues."""
    return message


VAULT: Mapping[str, str] = {
    "region": N_("Your vault's key"),
    "unable": N_("This browser cannot keep a vault: it does not know the key that one needs (X25519). A current Chrome, Edge, Firefox or Safari does."),
    "working": N_("One moment: a passphrase is made slow to guess on purpose."),
    "sending": N_("Handing over what was sealed…"),
    "failed": N_("This browser could not do it. Nothing has changed: reload the page and try again."),
    "make_title": N_("Make your key"),
    "make_what": N_("All that you keep is sealed with a key that is made here, in your browser. A passphrase shuts it. If you forget it, neither the brand nor whoever runs the vault can give you another: afterwards, leave your key with somebody whom you trust."),
    "make": N_("Make my key"),
    "new": N_("Passphrase"),
    "again": N_("The same once more"),
    "strength": N_("At least twelve characters. Four or five words that have nothing to do with one another are good, and easy to keep in mind."),
    "strength_short": N_("Too short, or always the same letters: take at least twelve characters."),
    "strength_fair": N_("Long enough, if nobody could guess it. One word more makes it much harder."),
    "strength_long": N_("A good length. Whether somebody could guess it, you alone can tell."),
    "differ": N_("The two are not the same. Type them again."),
    "unlock_title": N_("Open your vault"),
    "unlock_first": N_("Open it first: what you chose comes next."),
    "passphrase": N_("Passphrase"),
    "unlock": N_("Open"),
    "forgot": N_("Forgotten? Further down, “If you forget your passphrase” says what can be done."),
    "wrong": N_("It does not open. Type the passphrase again: capitals and spaces count."),
    "open_until": N_("Open until {time}, in this window alone."),
    "lock": N_("Shut now"),
    "record_note": N_("What you type is sealed here before it leaves. This site never sees it."),
    "empty": N_("Type what is to be kept."),
    "too_long": N_("This is too long: about 4,000 characters fit."),
    "kept": N_("What you keep"),
    "show": N_("Show"),
    "hide": N_("Hide"),
    "not_opened": N_("This does not open with your key, or was changed on its way. Nothing was done with it."),
    "letters": N_("The letters of your key"),
    "letters_own": N_("Somebody who leaves their key with you asks for these. Read them to them yourself."),
    "letters_asked": N_("You asked. Read these letters to them yourself, so that they know that it is you:"),
    "other_browser": N_("You asked from another browser, or its memory was cleared. Answer there, or ask again here."),
}  # fmt: skip
