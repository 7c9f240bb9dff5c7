"""My vault: what is kept, who may open it, what waits; the page never sees what was typed."""

import pytest

from cercle.errors import RecordsNeedPassport
from cercle.vault import keys
from cercle.vault.looking import ReleaseRefused
from cercle.vault.rings import make_ring
from cercle.vault.talking import VaultError
from cercle.vault.wire import Refusal
from frontend import vaults
from frontend.app_pages import _key
from frontend.components.vault import bridge
from frontend.components.vault.bridge import Made, Store
from frontend.testing import consent as consenting
from frontend.testing import vault as fakes
from frontend.testing.fakes import MEMBER, STRANGER
from tests.frontend.test_numbers import says, table

SHOP_GOT = "Postal address, for “Customer care”. The vault opened it."
ADDRESS, PHONE = consenting.BIT_ADDRESS, consenting.BIT_PHONE


@pytest.fixture
def vault(monkeypatch) -> fakes.FakeVaults:
    made = fakes.FakeVaults()
    monkeypatch.setattr(vaults, "vaults", lambda: made)
    monkeypatch.setattr(vaults, "has_vault", lambda: True)
    return made


def task(app):
    """What the page is told to do."""
    return app.session_state[bridge.STORE].task


def press(app, key):
    return app.button(key=key).click().run()


def has(app, key) -> bool:
    return key in [one.key for one in app.button]


# ---- who is asked in ------------------------------------------------------------------


@pytest.mark.parametrize("account", [None, STRANGER])
def test_vault__nobody_with_a_passport__is_told_what_this_is(show, vault, wallet, account):
    wallet.account = account
    app = show("vault")
    assert app.title[0].value == "What is kept of you stays shut"
    assert not app.get("bidi_component")[1:]


def test_vault__no_service__says_so(show, vault, monkeypatch):
    monkeypatch.setattr(vaults, "has_vault", lambda: False)
    assert says(show("vault"), "This site was not told of a vault: nothing can be kept here yet.")


def test_sign_in__pressed__asks_the_wallet_and_opens(show, vault):
    fakes.out(vault)
    app = show("vault")
    assert app.title[0].value == "What is kept of you stays shut"
    app = press(app, "vault_in")
    assert vault.handed == [("sign_in", MEMBER)]
    assert app.title[0].value == "1 company waits for you"
    assert press(app, "vault_out").title[0].value == "What is kept of you stays shut"


def test_sign_in__signed_by_another__says_so(show, vault):
    fakes.out(vault)
    vault.refused = True
    assert says(show("vault"), "This was not signed by the wallet that is connected.")


def test_vault__service_is_down__says_so(show, vault):
    fakes.gone(vault)
    assert says(show("vault"), "The vault does not answer. Nothing is lost")


@pytest.mark.parametrize("word", list(vaults.SENTENCES))
def test_say__each_word_a_member_may_meet__is_a_sentence(word):
    assert vaults.say(VaultError(word, "raw")) == vaults.SENTENCES[word]


def test_say__what_only_companies_meet__is_not_put_to_members():
    of_companies = {
        *("stale", "replayed", "unknown_company", "not_theirs", "unlogged", "other_event"),
        *("unconfirmed", "malformed"),
    }
    assert {one.value for one in Refusal} - {str(word) for word in vaults.SENTENCES} == of_companies
    assert vaults.say(RecordsNeedPassport()).startswith("You need a passport first.")


# ---- what is kept --------------------------------------------------------------------


def test_answer__nothing_kept__says_that_it_is_empty(show, vault):
    fakes.empty(vault)
    app = show("vault")
    assert app.title[0].value == "Your vault is empty"
    assert not has(app, "vault_keep")  # the key comes first


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
    assert says(show("vault"), "The ledger knows a newer change")


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


def test_erase__pressed__has_the_ledger_say_so(show, vault, consents, wallet):
    press(show("vault"), f"vault_erase_{ADDRESS}")
    assert consents.built == [("erase", ADDRESS)]
    assert "The vault destroys it and signs that it did." in wallet.sent[0][1]


def test_erased__certified__shows_the_vaults_word(show, vault, consents):
    fakes.late(vault)
    phone = consents.moved[1].model_copy(update={"is_erased": True, "version": 2})
    consents.moved = (consents.moved[0], phone)
    app = show("vault")
    assert says(app, "You had it erased 3 days ago.")
    assert says(app, "The vault signed on")
    vault._now(certificates=())
    assert says(app.run(), "The vault has not signed yet that nothing is left of it.")


def test_erased__vault_is_named__its_word_can_be_written_on_the_ledger(
    show, vault, consents, wallet
):
    fakes.late(vault)
    phone = consents.moved[1].model_copy(update={"is_erased": True, "version": 2})
    consents.moved = (consents.moved[0], phone)
    key = f"vault_certify_{PHONE}"
    assert not has(show("vault"), key)  # the ledger would refuse the word of who was not named
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
    assert says(app, "The ledger says that this vault keeps records of yours.")
    press(app, "vault_name")
    assert consents.built == [("set_custodians", STRANGER)]


def test_custodian__three_others_are_named__says_what_to_do_first(show, vault, consents):
    consents.named = tuple("0x" + f"{n:040x}" for n in (1, 2, 3))
    app = show("vault")
    assert says(app, "You named 3 keepers already: name one of them no longer, then this vault.")
    assert not has(app, "vault_name")


# ---- what companies ask ---------------------------------------------------------------


def test_ask__answered__is_sealed_to_that_company_for_that_order(show, vault):
    app = press(show("vault"), "vault_answer_5")
    assert task(app)["kind"] == "ask"
    assert task(app)["ask"]["company_id"] == consenting.CARRIER
    assert task(app)["said"].startswith("Colis Brume gets Postal address, for this one order.")


def test_ask__ledger_says_otherwise__is_not_answered(show, vault):
    vault.untrue = ReleaseRefused("another key")
    app = press(show("vault"), "vault_answer_5")
    assert says(app, "The ledger does not say what this question says.")
    assert task(app) is None


def test_ask__about_the_version_before__seals_that_one(show, vault):
    newer = fakes.kept(fakes.envelope(ADDRESS, 3, "1, place Bellecour"))
    vault._now(records=(*vault.kept.records, newer))
    app = press(show("vault"), "vault_answer_5")
    assert task(app)["envelope"]["record_version"] == 2
    assert vault.kept.record(ADDRESS).record_version == 3


# ---- contact, recovery, export --------------------------------------------------------------


def test_contact__named__has_the_key_sealed_to_them(show, vault):
    app = show("vault")
    app.number_input(key="vault_contact").set_value(fakes.FRIEND)
    app = press(app, "vault_trust")
    assert vault.handed == [("key_of", fakes.FRIEND)]
    assert task(app)["contact"]["passport_id"] == fakes.FRIEND


@pytest.mark.parametrize("who", [None, fakes.ME])
def test_contact__nobody_or_oneself__is_not_taken(show, vault, who):
    app = show("vault")
    app.number_input(key="vault_contact").set_value(who)
    app = press(app, "vault_trust")
    assert task(app) is None
    assert vault.handed == []


def test_contact__left_before__can_be_taken_back_or_asked(show, vault):
    fakes.busy(vault)
    app = press(show("vault"), "vault_distrust")
    assert (task(app)["kind"], task(app)["contact"]) == ("contact", None)
    assert task(press(app, "vault_recover"))["kind"] == "recover"
    app = press(app, f"vault_helped_{fakes.FRIEND}")
    assert task(app)["to"] == vault.kept.asked[0].public_key
    assert task(app)["place"]["passport_id"] == fakes.FRIEND


def test_recovery__answered__offers_the_key_back(show, vault):
    fakes.late(vault)
    app = press(show("vault"), "vault_recovered")
    assert task(app)["sealed"] == vault.kept.recovery.sealed


def test_export__pressed__gives_one_file(show, vault):
    app = press(show("vault"), "vault_file")
    assert vault.handed == [("export",)]
    assert app.get("download_button")


# ---- what the page made ----------------------------------------------------------------


@pytest.fixture
def made(vault, consents, monkeypatch):
    """Gives the page's handler something that the browser says it made."""
    monkeypatch.setattr(_key._record, "write_down", lambda book, one: consents.built.append(one))
    return lambda kind, value, task=None: _key.take(
        vault, consents, vault.kept, Made(kind, value, task)
    )


def test_take__a_ring__replaces_the_one_that_was_read(made, vault):
    ring = make_ring(fakes.PHRASE, fakes.LEDGER, fakes.ME, fakes.MINE)
    before = vault.kept.ring.digest
    made("ring", ring.model_dump(mode="json"))
    assert vault.handed == [("ring", ring, before)]


def test_take__a_record__waits_at_the_service_and_goes_to_the_ledger(made, vault, consents):
    sealed = fakes.envelope(ADDRESS, 3, "1, place Bellecour")
    told = {"category": ADDRESS, "version": 3}
    made("record", sealed.model_dump(mode="json"), told)
    assert vault.handed == [("record", sealed)]
    assert consents.built == [sealed]
    with pytest.raises(ValueError, match="another record"):
        made("record", sealed.model_dump(mode="json"), told | {"version": 4})


def test_take__wraps_and_keys__go_where_they_were_asked_for(made, vault):
    made("leave", "w1", {"envelope": {"category": ADDRESS}})
    made("ask", "w2", {"ask_id": 5})
    made("recover", keys.text_of(bytes(32)), {"id": "x"})
    made("help", "w3", {"place": {"passport_id": fakes.FRIEND}})
    made("ask", "w4")  # nobody asked for it
    assert [one[0] for one in vault.handed] == ["leave", "answer", "recover", "give_back"]


def test_store__an_answer__counts_once_and_only_for_what_is_asked():
    kept = Store()
    kept.ask("leave")
    number = kept.task["id"]
    told = {"outbox": {"a": {"kind": "leave", "task": number, "value": "w"}}}
    assert [one.value for one in kept.take(told)] == ["w"]
    assert kept.take(told) == []
    kept.ask("leave")
    assert kept.take({"outbox": {"b": {"kind": "leave", "task": number, "value": "w"}}}) == []
    assert kept.ack == ["a", "b"]
    huge = {"outbox": {"c": {"kind": "leave", "task": kept.task["id"], "value": "w" * 70_000}}}
    assert kept.take(huge) == []
    assert kept.take("nonsense") == kept.take({"outbox": 3}) == []


# ---- elsewhere -----------------------------------------------------------------------------


def test_moved__with_a_vault__leads_there(show, vault):
    app = show("moved")
    assert says(app, "Seal in your vault what it is now")
    assert not app.text_area


def test_vault__in_french__says_it_in_french(show, vault):
    assert show("vault", language="fr").title[0].value == "1 entreprise vous attend"


def test_record__on_the_ledger_before_the_vault__says_so_and_asks_for_no_signature(show, vault):
    """The vault looks at the ledger a moment later than the page."""
    sealed = fakes.envelope(ADDRESS, 2, "7, quai Malaquais, 75006 Paris")
    vault.kept = vault.kept.model_copy(update={"records": (fakes.kept(sealed, "waiting"),)})
    app = show("vault")
    assert says(app, "The ledger has your change; the vault takes it up in a moment.")
    assert not has(app, f"vault_write_{ADDRESS}")
