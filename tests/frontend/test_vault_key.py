"""My vault: the key, who can give it back, and what the browser made with it."""

import pytest

from cercle.vault import keys
from cercle.vault.rings import make_ring
from cercle.vault.talking import VaultError
from cercle.vault.wire import Refusal
from frontend.app_pages import _key
from frontend.components.vault.bridge import Made, Store
from frontend.testing import vault as fakes
from tests.frontend.test_numbers import says
from tests.frontend.vault_page import ADDRESS, has, press, task


def test_contact__named__has_the_key_sealed_to_them(show, vault):
    app = show("vault")
    app.number_input(key="vault_contact").set_value(fakes.FRIEND)
    app = press(app, "vault_trust")
    assert vault.handed == [("key_of", fakes.FRIEND)]
    assert task(app)["contact"]["passport_id"] == fakes.FRIEND


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (None, "Type the number of their passport. They find it on the page My card."),
        (fakes.ME, "This is your own passport. Type the number of somebody else."),
    ],
)
def test_contact__nobody_or_oneself__is_not_taken(show, vault, who, said):
    app = show("vault")
    app.number_input(key="vault_contact").set_value(who)
    app = press(app, "vault_trust")
    assert task(app) is None
    assert vault.handed == []
    assert [one.value for one in app.warning] == [said]


def test_contact__who_has_no_key_yet__is_said_beside_the_field(show, vault):
    vault.no_key = VaultError(Refusal.NO_RING, "raw")
    app = show("vault")
    app.number_input(key="vault_contact").set_value(fakes.FRIEND)
    app = press(app, "vault_trust")
    assert says(app, "That person has no key here yet")
    assert len(app.warning) == 1


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
    app = show("vault")
    assert [one.value for one in app.success] == ["They gave you your key back."]
    app = press(app, "vault_recovered")
    assert task(app)["sealed"] == vault.kept.recovery.sealed
    assert not has(app, "vault_recovered")


def test_recovery__not_answered__says_what_to_wait_for(show, vault):
    fakes.asked(vault)
    app = show("vault")
    assert says(app, "You asked. The letters to read to them stand above")
    assert not has(app, "vault_recovered")


def test_anew__nobody_can_give_it_back__another_key_takes_its_place(show, vault):
    app = show("vault")
    assert says(app, "Then nobody can open what it sealed, and neither can we.")
    app = press(app, "vault_anew")
    assert task(app)["kind"] == "anew"
    assert "never opens for you again" in task(app)["said"]
    assert vault.handed == []


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
