"""My vault: what is erased, the vault's signed word, and who answers for it."""

from frontend.testing import consent as consenting
from frontend.testing import vault as fakes
from frontend.testing.fakes import STRANGER
from tests.frontend.test_numbers import says
from tests.frontend.vault_page import ADDRESS, PHONE, has, press


def test_erase__pressed__has_the_ledger_say_so(show, vault, consents, wallet):
    press(show("vault"), f"vault_erase_{ADDRESS}")
    assert consents.built == [("erase", ADDRESS)]
    assert "The vault destroys it and signs that it did." in wallet.sent[0][1]


def test_erased__certified__shows_the_vaults_word(show, vault, consents):
    fakes.erased(vault)
    consenting.erased(consents)
    app = show("vault")
    assert says(app, "You had it erased 3 days ago.")
    assert says(app, "The vault signed on")
    vault._now(certificates=())
    assert says(app.run(), "The vault has not signed yet that nothing is left of it.")


def test_erased__vault_is_named__its_word_can_be_written_on_the_ledger(
    show, vault, consents, wallet
):
    fakes.erased(vault)
    consenting.erased(consents)
    key = f"vault_certify_{PHONE}"
    app = show("vault")
    assert not has(app, key)  # the ledger would refuse the word of who was not named
    assert says(app, "Name this vault, further down: then this can be written on the ledger.")
    consents.named = (fakes.CUSTODIAN,)
    press(show("vault"), key)
    assert consents.built == [("certify_shred", 2)]
    consents.certified = {fakes.CERTIFICATE.certificate_hash}
    app = show("vault")
    assert says(app, "The ledger has it, too.")
    assert not has(app, key)


# ---- who answers for it ---------------------------------------------------------------


def test_custodian__not_named__is_named_beside_the_others(show, vault, consents, wallet):
    consents.named = (STRANGER,)
    app = press(show("vault"), "vault_name")
    assert consents.built == [("set_custodians", STRANGER, fakes.CUSTODIAN)]
    assert "What it keeps does not change." in wallet.sent[0][1]
    assert not app.exception


def test_custodian__named__is_named_no_longer(show, vault, consents):
    consents.named = (STRANGER, fakes.CUSTODIAN)
    app = show("vault")
    assert says(app, "The ledger says that this vault keeps data of yours.")
    press(app, "vault_name")
    assert consents.built == [("set_custodians", STRANGER)]


def test_custodian__three_others_are_named__says_what_to_do_first(show, vault, consents):
    consents.named = tuple("0x" + f"{n:040x}" for n in (1, 2, 3))
    app = show("vault")
    assert says(app, "You named 3 keepers already: name one of them no longer, then this vault.")
    assert not has(app, "vault_name")
