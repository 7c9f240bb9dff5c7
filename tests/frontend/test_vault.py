"""My vault: who is asked in, what the page says first, and what companies ask."""

import pytest

from cercle.errors import RecordsNeedPassport
from cercle.vault.looking import ReleaseRefused
from cercle.vault.talking import VaultError
from cercle.vault.wire import Refusal
from frontend import vaults
from frontend.testing import consent as consenting
from frontend.testing import vault as fakes
from frontend.testing.fakes import MEMBER, STRANGER
from tests.frontend.test_numbers import says
from tests.frontend.vault_page import ADDRESS, has, press, task


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
    app = show("vault")
    assert says(app, "The vault does not answer. Nothing is lost")
    vault.trouble = None
    assert press(app, "vault_again").title[0].value == "1 company waits for you"


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


# ---- what it says first -------------------------------------------------------------


def test_answer__nothing_kept__says_that_it_is_empty(show, vault):
    fakes.empty(vault)
    app = show("vault")
    assert app.title[0].value == "Your vault is empty"
    assert not has(app, "vault_keep")  # the key comes first
    assert not has(app, "vault_file")


def test_answer__one_company_asks_twice__is_one_company(show, vault):
    vault._now(asks=(fakes.ask(5), fakes.ask(6)))
    assert show("vault").title[0].value == "1 company waits for you"


def test_answer__somebody_lost_their_key__is_said_first(show, vault):
    fakes.busy(vault)
    assert show("vault").title[0].value == "1 person waits for you"


def test_answer__sealed_and_unsigned__asks_for_the_signature(show, vault):
    fakes.busy(vault)
    vault._now(asked=())
    assert show("vault").title[0].value == "Your signature is missing"
    vault._now(records=vault.kept.records[:1])
    assert show("vault").title[0].value == "Your vault keeps 1 thing"


# ---- what companies ask -------------------------------------------------------------


def test_ask__answered__is_sealed_to_that_company_for_that_order(show, vault):
    app = press(show("vault"), "vault_answer_5")
    assert task(app)["kind"] == "ask"
    assert task(app)["ask"]["company_id"] == consenting.CARRIER
    assert task(app)["said"] == (
        "Colis Brume gets “Postal address” for “Delivery”, for this one order. It cannot be called "
        "back."
    )
    assert not has(app, "vault_answer_5")  # one thing to press: below, where it is done
    assert has(press(app, "vault_drop"), "vault_answer_5")


def test_ask__ledger_says_otherwise__is_not_answered(show, vault):
    vault.untrue = ReleaseRefused("another key")
    app = press(show("vault"), "vault_answer_5")
    assert says(app, "The ledger does not say what this question says.")
    assert task(app) is None
    assert len(app.warning) == 1


def test_ask__about_the_version_before__seals_that_one(show, vault):
    newer = fakes.kept(fakes.envelope(ADDRESS, 3, "1, place Bellecour"))
    vault._now(records=(*vault.kept.records, newer))
    app = press(show("vault"), "vault_answer_5")
    assert task(app)["envelope"]["record_version"] == 2
    assert vault.kept.record(ADDRESS).record_version == 3


# ---- elsewhere -----------------------------------------------------------------------


def test_moved__with_a_vault__leads_there(show, vault):
    app = show("moved")
    assert says(app, "Seal in your vault what it is now")
    assert not app.text_area


def test_vault__in_french__says_it_in_french(show, vault):
    assert show("vault", language="fr").title[0].value == "1 entreprise vous attend"
