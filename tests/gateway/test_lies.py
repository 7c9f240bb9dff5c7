"""A gateway that lies to the till and to the world: what the pages show, and what is signed."""

from datetime import UTC, datetime

import pytest

from cercle.contracts import Contract
from cercle.gateway import wire
from cercle.gateway.client import GatewayError
from cercle.loyalty.words import claim_id_of
from cercle.slips import RedeemCode
from examples import asking
from examples.serving import Said
from examples.till.signer import checked
from examples.till.till import Till
from examples.world.world import World

from .pages import Visit, browsing, serving

TILL, PERKS = "0x" + "11" * 20, "0x" + "22" * 20
NOW = datetime(2026, 11, 1, tzinfo=UTC)
READ = wire.ReadAt(source="chain", block=7, head=7)
CODE = RedeemCode(
    claim_id=claim_id_of(1, 2, 0, 0),
    wallet="0x" + "33" * 20,
    deadline=2_000_000_000,
    signature="0x" + "44" * 65,
)
MARKUP = "<img src=x onerror=document.title='owned'>"


def claim(**changes):
    told = {"id": str(CODE.claim_id), "perk_id": 1, "member_no": 2, "variant": 0, "serial": 1}
    told |= {"claimed_at": NOW, "deadline": NOW, "state": "claimed"}
    return wire.Claim(**{**told, **changes})


def perk(number, **changes):
    told = {"id": number, "kind": "store", "price": 0, "opens_at": NOW, "closes_at": None}
    told |= {"limit": 1, "period_seconds": None, "deliver_within_seconds": 1, "variants": ()}
    return wire.Perk(**{**told, "gates": (), "can_claim": True, **changes})


class Liar:
    """Answers what a test says, in place of a gateway's client."""

    def __init__(self):
        words = wire.Words(fr=MARKUP, en=MARKUP)
        tier = wire.Tier(level=0, name=words)
        brand = {"brand": "Sillon", "chain_id": 1, "contracts": {}, "members": 1}
        self.brand_told = wire.Brand(**brand, name=MARKUP, tiers=(tier,))
        self.member = wire.Member(is_member=True, passport_id=1, member_no=1, tier=tier)
        self.perks = (perk(1, name=words, description=words),)
        self.no = None
        self.claim = claim()
        self.call = None

    def brand(self):
        return wire.BrandAnswer(brand=self.brand_told, read=READ)

    def member_of_wallet(self, _):
        if self.no is not None:
            raise GatewayError(self.no, "…", 409)
        return wire.MemberAnswer(member=self.member, read=READ)

    member_of_passport = member_of_wallet

    def member_of_token(self, *_):
        return self.member_of_wallet(None)

    perks_of_passport = perks_of_token = None

    def parts(self, *_):
        for _ in range(100):
            yield wire.PerksAnswer(perks=self.perks, older="2", read=READ)

    def redeem(self, text, till):
        own = wire.PreparedCall(chain_id=1, sender=till, to=PERKS, data=data_of(text))
        return wire.RedeemAnswer(claim=self.claim, good_until=NOW, call=self.call or own, read=READ)


def data_of(text):
    code = RedeemCode.from_text(text)
    arguments = (code.claim_id, code.wallet, code.deadline, code.signature_bytes)
    return Contract("Perks", PERKS).call("redeem", *arguments).data


@pytest.fixture
def liar():
    return Liar()


@pytest.fixture
def till(liar):
    return Till(liar, TILL, PERKS, None)


# ---- what is signed -----------------------------------------------------------------------


def test_checked__the_codes_own_call_and_claim__is_signed(liar):
    assert checked(liar.redeem(CODE.as_text(), TILL), CODE, TILL, PERKS).to == PERKS


@pytest.mark.parametrize(
    "lie",
    [
        {"to": TILL},
        {"sender": PERKS},
        {"value": "1"},
        {"data": "0x00"},
        {"data": data_of(CODE.model_copy(update={"claim_id": 2**81}).as_text())},
    ],
)
def test_checked__another_call__nothing_is_signed(liar, lie):
    answer = liar.redeem(CODE.as_text(), TILL)
    other = answer.model_copy(update={"call": answer.call.model_copy(update=lie)})
    with pytest.raises(Said, match="other_call"):
        checked(other, CODE, TILL, PERKS)


@pytest.mark.parametrize("lie", [{"id": "1"}, {"perk_id": 3}])
def test_checked__another_claim__nothing_is_handed_out(liar, till, lie):
    liar.claim = claim(**lie)
    for question in (till.read, till.redeem):
        with pytest.raises(Said, match="other_call"):
            question({"shown": CODE.as_text()})


# ---- what is shown ------------------------------------------------------------------------


def test_offers__what_waits__is_never_cut_off(liar):
    liar.perks = tuple(perk(number) for number in range(40, 1, -1))
    liar.perks += (perk(1, can_claim=False, refusal="perk_limit_reached", claims=(claim(),)),)
    told = asking.offers([wire.PerksAnswer(perks=liar.perks, read=READ)])
    assert [one["id"] for one in told] == [1, *range(2, 1 + asking.MOST_PERKS)]


def test_offers__of_a_gateway_that_goes_on_for_ever__end(liar):
    told = asking.offers(liar.parts())
    assert len(told) == asking.MOST_PARTS


@pytest.fixture(scope="module")
def browser():
    with browsing() as started:
        yield started


@pytest.fixture
def visit(browser):
    opened = []

    def go(url):
        opened.append(Visit(browser, url, width=360, language="en"))
        return opened[-1]

    yield go
    for one in opened:
        one.close()


@pytest.mark.parametrize("word", ["done", "handOut", "redeem", "constructor", "__proto__", ""])
def test_till__word_that_is_no_refusal__chooses_no_sentence(liar, till, visit, word):
    liar.no = word
    with serving("till", till.questions) as url:
        counter = visit(url)
        counter.show("1")
        counter.sees("This did not work, and nothing has changed.")
        assert counter.page.locator("#result").inner_text().count("\n") == 0
        assert counter.errors == []


def test_pages__markup_in_every_name__is_text(liar, till, visit):
    world = World(liar, "0x" + "55" * 32, "0x" + "66" * 20)
    for name, questions in (("till", till.questions), ("world", world.questions)):
        with serving(name, questions) as url:
            page = visit(url)
            page.show("1")
            page.sees(MARKUP)
            assert page.page.locator("#result img").count() == 0
            assert page.page.title() in ("Till", "The harbour")
            button = page.page.locator("#language").bounding_box()
            assert button["height"] < 50  # a long name leaves it its line
            page.looks_right(f"{name}-markup")


def test_till__text_of_a_perk_is_not_there__shows_its_number(till, visit):
    with serving("till", till.questions) as url:
        counter = visit(url)
        counter.show(CODE.as_text())
        counter.sees("Perk no. 1")
        assert counter.page.locator("#result h2").first.inner_text() == "Hand out: Perk no. 1"


def test_pages__gateway_was_away_when_they_opened__learn_the_shop_later(liar, till, visit):
    shop, liar.brand = liar.brand, lambda: (_ for _ in ()).throw(GatewayError("unreachable", ""))
    with serving("till", till.questions) as url:
        counter = visit(url)
        counter.sees("The gateway does not answer.")
        liar.brand = shop
        counter.show("1")
        counter.sees("Member no. 1")
        assert counter.page.locator("#shop").inner_text() == MARKUP
