"""The vault's key: made, opened, left with a contact, taken back; what the page sealed with it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cercle.consent.vocabulary import category_of
from cercle.vault.envelopes import Envelope
from cercle.vault.rings import Ring
from frontend import i18n
from frontend.app_pages import _record
from frontend.components.vault import bridge
from frontend.components.vault.bridge import Made
from frontend.components.vault.words import VAULT
from frontend.consents import Consents
from frontend.i18n import _
from frontend.vaults import Kept, Missing, Vaults, tried, troubled

WHO = "vault_contact"


def mount(desk: Vaults, book: Consents, kept: Kept, passport_id: int) -> None:
    """The vault in the page, and what went wrong with what it made."""

    def then(made: Made) -> None:
        tried(lambda: take(desk, book, kept, made))

    bridge.render(
        words={key: _(sentence) for key, sentence in VAULT.items()},
        language=i18n.language(),
        place=desk.place(passport_id),
        ring=kept.ring.ring.model_dump(mode="json") if kept.ring else None,
        records=[
            {
                "envelope": one.envelope.model_dump(mode="json"),
                "code": category_of(one.envelope.category).code,
                "label": _record.label(one),
            }
            for one in kept.records
        ],
        asked=kept.recovery.state == "asked",
        then=then,
    )
    if bridge.store().task is not None:
        st.button(_("Not now"), key="vault_drop", on_click=bridge.store().drop)
    troubled()


def take(desk: Vaults, book: Consents, kept: Kept, made: Made) -> None:
    """Give the service what the page sealed; it was asked for, or is the first key."""
    task: dict[str, Any] = dict(made.task or {})
    if made.kind == "ring":
        desk.put_ring(Ring.model_validate(made.value), kept.ring.digest if kept.ring else None)
    elif made.kind == "record" and task:
        envelope = Envelope.model_validate(made.value)
        if (envelope.category, envelope.record_version) != (task["category"], task["version"]):
            raise ValueError("another record than was asked for")
        desk.put_record(envelope)
        _record.write_down(book, envelope)
    elif made.kind == "leave" and task:
        desk.leave(task["envelope"]["category"], str(made.value))
    elif made.kind == "ask" and task:
        desk.answer(task["ask_id"], str(made.value))
    elif made.kind == "recover" and task:
        desk.ask_recovery(str(made.value))
    elif made.kind == "help" and task:
        desk.give_back(task["place"]["passport_id"], str(made.value))


# ---- a contact -----------------------------------------------------------------------------


def contact(desk: Vaults, kept: Kept, passport_id: int) -> None:
    """Somebody who can give the key back, chosen before it is lost."""
    st.header(_("If you forget your passphrase"))
    ring = kept.ring.ring if kept.ring else None
    if ring is None:
        return
    if ring.contact is None:
        leave_it(desk, passport_id)
    else:
        left(kept, i18n.number(ring.contact.passport_id))
    start_over()


def leave_it(desk: Vaults, passport_id: int) -> None:
    """Nobody has it yet."""
    st.write(
        _(
            "Nobody could give you your key back. Leave it with somebody whom you trust: alone "
            "they read nothing of yours, for the vault gives what it keeps to you only."
        )
    )
    st.number_input(_("Passport number of that person"), min_value=1, step=1, value=None, key=WHO)
    st.button(
        _("Leave my key with them"), key="vault_trust", on_click=trust, args=(desk, passport_id)
    )
    troubled(WHO)


def left(kept: Kept, who: str) -> None:
    """Somebody has it, sealed to them."""
    st.write(_("The person with passport no. {n} can give you your key back.").format(n=who))
    if kept.recovery.state == "asked":
        # The letters are shown above, by the browser that made them: a vault could name others.
        st.info(
            _("You asked. The letters to read to them stand above, in the browser that asked."),
            icon=":material/hourglass_top:",
        )
    with st.container(horizontal=True):
        st.button(_("I forgot my passphrase"), key="vault_recover", on_click=recover, args=(who,))
        st.button(_("Leave it with nobody"), key="vault_distrust", on_click=distrust)


def trust(desk: Vaults, passport_id: int) -> None:
    """Have the key sealed to somebody; asks the service for their public key."""

    def ask() -> None:
        who = int(st.session_state.get(WHO) or 0)
        if not who:
            raise Missing(_("Type the number of their passport. They find it on the page My card."))
        if who == passport_id:
            raise Missing(_("This is your own passport. Type the number of somebody else."))
        bridge.store().ask(
            "contact",
            contact={"passport_id": who, "public_key": desk.key_of(who)},
            said=_(
                "Your key is sealed to the person with passport no. {n}: you are leaving them what "
                "opens all that you keep. Have them read the letters of their key to you, in a "
                "voice that you know. Type your passphrase only if they are these:"
            ).format(n=i18n.number(who)),
            does=_("They read the same letters"),
        )

    tried(ask, WHO)


def distrust() -> None:
    """Have the ring sealed anew, for nobody else."""
    bridge.store().ask(
        "contact",
        contact=None,
        said=_(
            "From then on the vault has nothing more for them. What they took before, they have."
        ),
        does=_("Leave it with nobody"),
    )


def recover(who: str) -> None:
    """Ask the contact for the key."""
    bridge.store().ask(
        "recover",
        said=_(
            "This browser makes a fresh key for the answer, and keeps it until then. Stay with "
            "this browser; then call the person with passport no. {n}."
        ).format(n=who),
        does=_("Ask for my key"),
    )


def given_back(kept: Kept) -> None:
    """The contact answered: before all else, for nothing opens until it is taken."""
    told = kept.recovery
    if told.state != "answered" or told.sealed is None:
        return
    st.success(_("They gave you your key back."), icon=":material/key:")
    if (bridge.store().task or {}).get("kind") == "recovered":
        return  # it is being taken below
    st.button(
        _("Choose a new passphrase"),
        type="primary",
        key="vault_recovered",
        on_click=bridge.store().ask,
        args=("recovered",),
        kwargs={
            "contact_id": told.contact_id,
            "sealed": told.sealed,
            "said": _("Your contact answered. Choose the passphrase that shuts your key now."),
            "does": _("Take my key back"),
        },
    )


def start_over() -> None:
    """A key that nobody can give back: another one, for what comes."""
    with st.expander(_("Nobody can give me my key back")):
        st.write(
            _(
                "Then nobody can open what it sealed, and neither can we. You can make another key "
                "and keep each thing anew. What you let open without you still opens for the "
                "companies that you allow, until you erase it."
            )
        )
        st.button(_("Make another key"), key="vault_anew", on_click=anew)


def anew() -> None:
    """Have another key made in the place of the one that is lost."""
    bridge.store().ask(
        "anew",
        said=_(
            "Another key takes the place of the one you lost: what that one sealed never opens for "
            "you again. If somebody can still give it back, ask them first."
        ),
        does=_("Make another key"),
    )


def help_others(desk: Vaults, kept: Kept, passport_id: int) -> None:
    """People who left their key with me, and lost it."""
    for one in kept.asked:
        with st.container(border=True, key=f"vault_help_{one.passport_id}"):
            who = i18n.number(one.passport_id)
            st.write(
                _(
                    "The person with passport no. {n} asks you for their key. Give it back only if "
                    "they read these very letters to you, in a voice that you know:"
                ).format(n=who)
            )
            st.code(grouped(one.public_key), language=None, wrap_lines=True)
            st.button(
                _("They read the same letters"),
                key=f"vault_helped_{one.passport_id}",
                on_click=bridge.store().ask,
                args=("help",),
                kwargs={
                    "place": desk.place(one.passport_id),
                    "contact_id": passport_id,
                    "sealed": one.sealed,
                    "to": one.public_key,
                    "said": _("Give the person with passport no. {n} their key back.").format(
                        n=who
                    ),
                    "does": _("Give it back"),
                },
            )


def grouped(text: str) -> str:
    """Letters that one reads out."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
