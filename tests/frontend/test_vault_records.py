"""My vault: what is kept, who may open it, and what is still to be signed."""

from cercle.errors import RecordsNeedPassport
from cercle.vault.talking import VaultError
from cercle.vault.wire import Refusal
from frontend.testing import consent as consenting
from frontend.testing import vault as fakes
from tests.frontend.test_numbers import says, table
from tests.frontend.vault_page import ADDRESS, PHONE, has, press, task

SHOP_GOT = "Postal address, for “Customer care”. The vault opened it."


def test_records__each__says_who_opens_it(show, vault):
    app = show("vault")
    assert says(app, "It opens only with you: a company that may see it waits for your answer.")
    assert says(app, "Whoever runs the vault could read it.")
    assert says(app, "Kept since 15 days ago.")
    assert table(app) == [
        ("13 March 2026", "Colis Brume", "Postal address, for “Delivery”. You opened it."),
        ("23 February 2026", "Disques Delta", SHOP_GOT),
    ]


def test_records__ledger_knows_a_newer_change__says_so(show, vault):
    old = fakes.kept(fakes.envelope(ADDRESS, 1, "1, rue Vieille"))
    vault._now(records=(old,))
    assert says(show("vault"), "The ledger knows of a newer change that is not kept here.")


def test_replace__pressed__has_the_next_version_sealed_for_the_same_readers(show, vault):
    app = press(show("vault"), f"vault_replace_{ADDRESS}")
    assert (task(app)["kind"], task(app)["version"], task(app)["vault_key"]) == ("record", 3, None)
    app = press(app, f"vault_replace_{PHONE}")
    assert (task(app)["code"], task(app)["version"]) == ("TelephoneNumber", 2)
    assert task(app)["vault_key"] == vault.kept.public_key
    assert task(press(app, "vault_drop")) is None


def test_keep__something_new__begins_with_version_one(show, vault):
    app = press(show("vault"), "vault_keep")
    assert (task(app)["kind"], task(app)["version"], task(app)["vault_key"]) == ("record", 1, None)
    assert task(app)["category"] not in (ADDRESS, PHONE)


def test_unwritten__sealed_only__asks_for_the_signature(show, vault, consents, wallet):
    fakes.busy(vault)
    app = show("vault")
    assert says(app, "Sealed, but not on the ledger yet")
    app = press(app, f"vault_write_{ADDRESS}")
    sealed = vault.kept.waiting(ADDRESS)
    assert consents.built == [("move", ADDRESS, sealed.commitment)]
    assert "Only a seal is published." in wallet.sent[0][1]


def test_unwritten__refused__says_why(show, vault, community):
    fakes.busy(vault)
    community.refusal = RecordsNeedPassport()
    assert says(press(show("vault"), f"vault_write_{ADDRESS}"), "You need a passport first.")


def test_leave__to_the_vault__says_that_its_operator_could_read_it(show, vault):
    app = press(show("vault"), f"vault_leave_{ADDRESS}")
    assert task(app)["kind"] == "leave"
    assert "Whoever runs the vault could read it too." in task(app)["said"]
    assert vault.handed == []


def test_leave__only_with_me_again__takes_the_wrap_away(show, vault):
    app = press(show("vault"), f"vault_alone_{PHONE}")
    assert vault.handed == [("leave", PHONE, None)]
    assert has(app, f"vault_leave_{PHONE}")


def test_record__on_the_ledger_before_the_vault__says_so_and_asks_for_no_signature(show, vault):
    """The vault looks at the ledger a moment later than the page."""
    sealed = fakes.envelope(ADDRESS, 2, "7, quai Malaquais, 75006 Paris")
    vault.kept = vault.kept.model_copy(update={"records": (fakes.kept(sealed, "waiting"),)})
    app = show("vault")
    assert says(app, "The ledger has your change; the vault takes it up in a moment.")
    assert not has(app, f"vault_write_{ADDRESS}")


def test_unwritten__nothing_was_kept_before__does_not_speak_of_a_change(show, vault, consents):
    first = fakes.kept(fakes.envelope(ADDRESS, 1, "1, place Bellecour"), "waiting")
    vault._now(records=(first,), asks=())
    consents.moved = ()
    app = show("vault")
    assert app.title[0].value == "Your signature is missing"
    assert says(app, "until you sign, nobody can open it.")
    assert app.button(key=f"vault_write_{ADDRESS}").label == "Say that it is here"


def test_keep__what_has_a_card_already__is_not_offered_as_new(show, vault, consents):
    fakes.erased(vault)
    consenting.erased(consents)
    offered = show("vault").selectbox(key="vault_what").options
    assert "Country" in offered
    assert not {"Postal address", "Telephone number"} & set(offered)


def test_leave__vault_refuses__says_so_where_it_was_pressed(show, vault, monkeypatch):
    def refuse(category, wrap):
        raise VaultError(Refusal.NO_RECORD, "raw")

    monkeypatch.setattr(vault, "leave", refuse)
    app = press(show("vault"), f"vault_alone_{PHONE}")
    assert [one.value for one in app.warning] == [
        "Nothing is kept there any more. Reload the page."
    ]
