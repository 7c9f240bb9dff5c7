"""`ape run plan`, `meter`, `agreement`: from a price list to an explained bill."""

from __future__ import annotations

import json

from cercle.agreements.client import PriceLists
from cercle.content import ContentStore, PlanDocument
from tests.scripts.service.market import (
    DAY,
    LARGE,
    NAMES,
    PROVIDER,
    SMALL,
    STRANGER,
    account,
    by,
    later,
    write,
)


def test_service__from_the_list_to_the_bill__is_one_story(ape, brand, files, opened):
    shown = ape.run("plan", "list", "1", *brand.words())
    assert "list 1: Water, of company 1, revision 2" in shown.text
    assert "2: Large: 900 with 40 included, then 10 a unit, up to 200" in shown.text
    seal = PriceLists(brand.node.chain, brand.deployment).words(1)[2]
    assert ContentStore(brand.content).get_as(seal, PlanDocument).name.en == "Large"

    # ---- readings: signed apart, brought in by a stranger, once
    first, second = later(brand, DAY), later(brand, DAY)
    csv = files / "meter.csv"
    csv.write_text(
        f"agreement,sequence,read_at,register,outage\n1,1,{first},30,0\n1,2,{second},170,1440\n"
    )
    key = ("--key", str(files / "meter.key"))
    signed = files / "meter.ocmf"
    told = ape.run("meter", "sign", str(csv), *key, "--out", str(signed), *brand.words())
    assert "2 signed" in told.text, told.text
    assert signed.read_text().startswith("OCMF|")
    tried = ape.run("meter", "report", str(signed), *by(brand, STRANGER, "--dry-run"))
    assert "would send: count 2 readings of 1 agreements" in tried.text, tried.text
    assert account(brand).sequence == 0
    told = ape.run("meter", "report", str(signed), *by(brand, STRANGER))
    assert "2 counted" in told.text, told.text
    assert (account(brand).use, account(brand).rung) == (170, 1)
    again = ape.run("meter", "report", str(csv), *key, *by(brand, STRANGER))
    assert "2 counted before\n0 counted" in again.text, again.text

    # ---- how it stands
    told = ape.run("agreement", "explain", "1", *brand.words())
    assert "used 170 so far\n   plan 1: does not cover it\n   plan 2: 2200 <- counts" in told.text
    assert "price 2200 so far, nothing charged yet" in told.text
    shown = ape.run("agreement", "show", "1", *brand.words())
    assert "is served; its period ends on" in shown.text, shown.text
    assert "used 170 of 200 in period 0, on plan 2; 85 % of what was agreed" in shown.text
    assert "costs 2200 so far, 73 of it credited for outages" in shown.text
    assert "next: it stops at 200" in shown.text

    # ---- two periods later it is written down by anybody, and explained
    later(brand, 62 * DAY)
    settled = ape.run("agreement", "settle", "1", *by(brand, STRANGER))
    assert "contract 1: 2 periods closed, 2627 charged" in settled.text, settled.text
    told = ape.run("agreement", "explain", "1", *brand.words())
    assert told.code == 0, told.text
    assert "plan 1: does not cover it" in told.text
    assert "plan 2: 2200 <- counts" in told.text
    assert "with 50 instead it would have cost 1000" in told.text
    assert "price 2200, less 73 for outages, charged 2127" in told.text
    assert "nothing was read: it costs what no use costs" in told.text
    assert "2 readings and 2 periods: all right" in told.text
    alone = ape.run("agreement", "explain", "1", "--period", "1", *brand.words())
    assert "period 0" not in alone.text
    nothing = ape.run("agreement", "explain", "1", "--period", "7", *brand.words())
    assert nothing.refusal == "Nothing is known of period 7 of contract 1."


def test_plan__revised_or_withdrawn__says_whom_it_touches(ape, brand, files, opened):
    text = {"name": NAMES[1], "description": {"fr": "", "en": ""}}
    write(files / "cheaper.yaml", content=text, prices=LARGE | {"base_price": 850})
    write(files / "dearer.yaml", content=text, prices=LARGE | {"base_price": 950})
    words = ("--revise", "2", *by(brand, PROVIDER))
    told = ape.run("plan", "publish", "1", str(files / "cheaper.yaml"), *words)
    assert "Whoever has it gets it too" in told.text, told.text
    told = ape.run("plan", "publish", "1", str(files / "dearer.yaml"), *words, "--dry-run")
    assert "keeps the old prices, and may leave at once" in told.text
    assert "would send: revise plan 2, 'Large'" in told.text
    words = (str(files / "Small.yaml"), "--again", *by(brand, PROVIDER))
    third = ape.run("plan", "publish", "1", *words)
    number = third.text.split()[-1]
    gone = ape.run("plan", "withdraw", "1", number, *by(brand, PROVIDER))
    assert f"withdraw plan {number} of list 1" in gone.text, gone.text
    assert f"   {number}: " not in ape.run("plan", "list", "1", *brand.words()).text


def test_offer__signed_for_one_person__needs_their_word(ape, brand, files, opened):
    customer, out = brand.people(1)[0], files / "offer.json"
    words = ("1", customer, str(files / "Large.yaml"))
    tried = ape.run("plan", "offer", *words, *by(brand, PROVIDER, "--dry-run"))
    assert "would sign: the plan 'Large' for passport 1" in tried.text, tried.text
    done = ape.run("plan", "offer", *words, "--out", str(out), *by(brand, PROVIDER))
    assert "signed the plan 'Large' for passport 1" in done.text, done.text
    refused = ape.run("plan", "publish-offer", str(out), *by(brand, STRANGER))
    told = "The person does not allow this provider to improve things for them."
    assert refused.refusal == told
    nobody = ape.run("plan", "offer", "1", brand.node.accounts[6], *words[2:], *by(brand, PROVIDER))
    assert nobody.refusal.endswith("has no passport.")
    unsigned = ape.run("plan", "publish-offer", str(files / "list.yaml"), *by(brand, STRANGER))
    assert unsigned.refusal == "list.yaml holds no signed offer."


def test_files__of_another_form__are_refused_by_name(ape, brand, files, opened, tmp_path):
    write(tmp_path / "a.yaml", content={}, prices=SMALL, more=1)
    write(tmp_path / "b.yaml", content={}, prices=SMALL | {"capacity": -1})
    write(tmp_path / "c.yaml", content={}, terms={"operator": 1})
    (tmp_path / "d.key").write_text("not a key")
    (tmp_path / "e.ocmf").write_text("\nOCMF|{}|{}\n")
    listed = json.loads((files / "list.yaml").read_text())
    for name, change in (
        ("f", {"more": 1}),
        ("g", {"token": "0x12"}),
        ("h", {"grace_days": float("nan")}),
        ("i", {"operator": 2.5}),
    ):
        write(tmp_path / f"{name}.yaml", **listed | {"terms": listed["terms"] | change})
    staff = by(brand, PROVIDER)
    for words, said in (
        (("plan", "publish", "1", "a.yaml"), "must hold `content` and `prices`, nothing else."),
        (("plan", "publish", "1", "b.yaml"), "b.yaml: prices.capacity: "),
        (("plan", "list-open", "1", "c.yaml"), "This document is not valid"),
        (("plan", "list-open", "1", "f.yaml"), "f.yaml: terms must hold operator, token, "),
        (("plan", "list-open", "1", "g.yaml"), "g.yaml: terms.token is no address"),
        (("plan", "list-open", "1", "h.yaml"), "h.yaml: terms.grace_days is no number."),
        (("plan", "list-open", "1", "i.yaml"), "i.yaml: terms.operator is too fine: 2.5."),
        (("meter", "report", "e.ocmf"), "e.ocmf, line 2: Its RD is not a register and an outage."),
    ):
        *start, name = words
        assert said in ape.run(*start, str(tmp_path / name), *staff).refusal
    (tmp_path / "d.csv").write_text("agreement,sequence,read_at,register,outage\n1,1,1,1,0\n")
    words = ("meter", "sign", str(tmp_path / "d.csv"), "--key", str(tmp_path / "d.key"))
    assert ape.run(*words, *brand.words()).refusal == "d.key holds no meter's key."


def test_meter__of_another_key_or_a_strangers_plan__is_refused(ape, brand, files, opened):
    ape.run("meter", "key", str(files / "other.key"))
    now = later(brand, 60)
    csv = files / "forged.csv"
    csv.write_text(f"agreement,sequence,read_at,register,outage\n1,99,{now},999,0\n")
    words = ("meter", "report", str(csv), "--key", str(files / "other.key"))
    refused = ape.run(*words, *by(brand, STRANGER))
    assert refused.refusal == "reading 99 of contract 1: The meter did not sign this."
    assert account(brand).sequence < 99
    words = ("plan", "publish", "1", str(files / "Small.yaml"), "--again")
    told = "Only who acts for the list's provider may do this."
    assert ape.run(*words, *by(brand, STRANGER)).refusal == told
    assert ape.run("agreement", "show", "9", *brand.words()).refusal == "There is no contract 9."
    taken = ape.run("meter", "key", str(files / "other.key"))
    assert taken.code != 0
