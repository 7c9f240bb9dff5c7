"""How a member appears: an avatar a world, verified now or shown as unverified."""

from __future__ import annotations

import streamlit as st

from cercle.content import WorldName
from cercle.errors import CercleError
from cercle.flags import AvatarKind
from cercle.models import AvatarView, Card
from cercle.slips import Attestation
from cercle.values import checksum
from frontend import i18n, present, services
from frontend.i18n import _
from frontend.states import plain, refused


def section(community: services.Community, brand: present.Brand, card: Card) -> None:
    """The worlds that this brand trusts, and how the member appears in each."""
    worlds = brand.shown.document.worlds if brand.shown.document else ()
    st.write(
        _(
            "In a game or a virtual world you may appear as something you hold, or as what that "
            "world confirms. Staff then recognise you there. It is public, and you can end it at "
            "any time."
        )
    )
    if not worlds:
        st.info(_("This brand is present in no world yet."), icon=":material/public:")
        return
    shown = {one.world: one for one in community.appearance(card, worlds)}
    is_main = card.account == card.main_wallet
    if not is_main:
        st.caption(_("To change it, connect your main wallet."))
    for world in worlds:
        with st.container(border=True, key=f"card_world_{world.id[:10]}"):
            one_world(community, world, shown.get(world.id), is_main)


def one_world(
    community: services.Community, world: WorldName, avatar: AvatarView | None, is_main: bool
) -> None:
    name = world.name.in_language(i18n.language())
    st.subheader(plain(name), anchor=False)
    if avatar is None:
        st.write(_("You do not appear here."))
    else:
        st.write(plain(words(avatar)))
        if avatar.is_verified:
            st.badge(_("Verified"), icon=":material/verified:", color="green")
        else:
            st.badge(_("Unverified"), icon=":material/help:", color="gray")
            st.caption(_("Staff do not recognise you by it: there is no proof, or no longer."))
    if not is_main:
        return
    if avatar is not None:
        key = f"card_avatar_end_{world.id[:10]}"
        st.button(
            _("Appear here no more"),
            key=key,
            icon=":material/visibility_off:",
            on_click=services.act,
            args=(
                key,
                lambda: community.remove_avatar(world.id),
                _("Appear in {world} no more.").format(world=name),
            ),
        )
        refused(key)
    with st.expander(_("Appear as a token of mine")):
        by_token(community, world, name)
    with st.expander(_("Appear as what this world confirms")):
        by_attestation(community, world, name)


def words(avatar: AvatarView) -> str:
    """What a member appears as; raw."""
    if avatar.kind == AvatarKind.TOKEN and avatar.token is not None:
        return _("Token no. {n} of {collection}").format(
            n=avatar.token_id, collection=present.short(avatar.token)
        )
    return _("Avatar {reference}").format(reference=present.short(avatar.reference))


def by_token(community: services.Community, world: WorldName, name: str) -> None:
    """Name a token; the wallet is asked only if the contract would take it."""
    key = f"card_token_{world.id[:10]}"
    with st.form(f"{key}_form", border=False):
        st.text_input(_("Address of the collection"), key=f"{key}_place", max_chars=42)
        st.text_input(_("Number of the token"), key=f"{key}_number", max_chars=78)
        st.form_submit_button(
            _("Appear as it"), key=key, on_click=take_token, args=(community, world, name, key)
        )
    if st.session_state.get(f"{key}_bad"):
        st.warning(
            _("An address begins with 0x and has 40 more letters and digits; a number has digits."),
            icon=":material/edit:",
        )
    refused(key)


def take_token(community: services.Community, world: WorldName, name: str, key: str) -> None:
    """Runs before the page is drawn again."""
    number = str(st.session_state.get(f"{key}_number", "")).strip()
    try:
        place = checksum(str(st.session_state.get(f"{key}_place", "")).strip())
        token_id = int(number) if number.isdecimal() and int(number) < 2**256 else None
    except ValueError:
        token_id = None
    st.session_state[f"{key}_bad"] = token_id is None
    if token_id is None:
        return
    label = _("Appear in {world} as token no. {n}.").format(world=name, n=token_id)
    services.act(key, lambda: community.set_token_avatar(world.id, place, token_id), label)


def by_attestation(community: services.Community, world: WorldName, name: str) -> None:
    """Take what a world signed, as a text to paste."""
    key = f"card_attested_{world.id[:10]}"
    with st.form(f"{key}_form", border=False):
        st.text_area(
            _("Paste the text that this world gave you"), key=f"{key}_text", max_chars=4_096
        )
        st.form_submit_button(
            _("Appear as it"),
            key=key,
            on_click=take_attestation,
            args=(community, world, name, key),
        )
    if st.session_state.get(f"{key}_bad"):
        st.warning(
            _("This is not a text of this world, or it is cut off. Copy the whole text again."),
            icon=":material/edit:",
        )
    refused(key)


def take_attestation(community: services.Community, world: WorldName, name: str, key: str) -> None:
    """Runs before the page is drawn again."""
    try:
        told = Attestation.from_text(str(st.session_state.get(f"{key}_text", "")))
    except CercleError:
        told = None
    st.session_state[f"{key}_bad"] = told is None or told.world != world.id
    if told is None or told.world != world.id:
        return
    label = _("Appear in {world} as what it confirms of you.").format(world=name)
    services.act(key, lambda: community.set_attested_avatar(told), label)
