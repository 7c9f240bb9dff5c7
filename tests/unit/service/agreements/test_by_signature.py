"""What a customer signs and anybody carries: opening, going on, ending, taking money back."""

import ape
import pytest

from tests import agreements as stage
from tests.agreements import DAY
from tests.behaviours.signed_act import SignedAct, SignedActBehaviour
from tests.signing import sign

GO_ON = (
    "GoOn(address wallet,uint256 agreement_id,uint256 period,uint256 limit,uint256 period_cap,"
    "uint256 nonce,uint256 deadline)"
)
END = (
    "EndAgreement(address wallet,uint256 agreement_id,bool is_at_once,"
    "uint256 nonce,uint256 deadline)"
)
WITHDRAW = (
    "WithdrawEscrow(address wallet,uint256 agreement_id,address payee,uint256 amount,"
    "uint256 nonce,uint256 deadline)"
)
OPEN = (
    "OpenAgreement(address wallet,uint256 list_id,uint256 revision,address meter,uint256 starts_at,"
    "uint256 periods,uint256 period_cap,uint256 total_cap,uint256 deposit,Rung[] rungs,"
    "uint256 nonce,uint256 deadline)"
    "Rung(uint256 plan,uint256 base_price,uint256 included,uint256 unit_price,uint256 capacity,"
    "string at_capacity)"
)


@pytest.fixture
def joint_one(agreements, price_list, joint_customer, now):
    """Agreement of the contract wallet, which stops at 20 units."""
    wallet, (owner, _) = joint_customer
    words = stage.ladder(rungs=stage.climb(True, True, True), deposit=9_000)
    receipt = wallet.execute(agreements, agreements.open.encode_input(words), sender=owner)
    return agreements.agreement_count(), stage.terms_of(receipt)


@pytest.fixture
def stopping(open_one):
    return open_one(rungs=stage.climb(True, True, True), deposit=9_000)


class OnAnAgreement(SignedActBehaviour):
    """An act whose terms travel beside what is signed."""

    ZERO = "signatures: zero signer"
    TEXT: str
    WORDS: dict

    def carried(self, agreements, act_of, wallet, agreement_id, terms, keys=None, **words):
        def send(values, signature, sender):
            names = list(values)
            sent = [values[name] for name in names]
            return self.function(agreements)(
                sent[0], sent[1], terms, *sent[2:], signature, sender=sender
            )

        words = {"agreement_id": agreement_id, "nonce": 7} | words
        return act_of(agreements, self.TEXT, wallet, send, keys, **words)

    @pytest.fixture
    def act(self, agreements, act_of, stopping, customer):
        words = self.words(customer)
        return self.carried(agreements, act_of, customer, stopping.id, stopping.terms, **words)

    @pytest.fixture
    def act_of_a_contract(self, agreements, act_of, joint_one, joint_customer):
        wallet, keys = joint_customer
        return self.carried(agreements, act_of, wallet, *joint_one, keys, **self.words(wallet))

    @pytest.fixture
    def question(self, agreements):
        def _question(act):
            return agreements.account_of.encode_input(act.message["agreement_id"])

        return _question


class TestGoOnBySignature(OnAnAgreement):
    TEXT = GO_ON

    def function(self, agreements):
        return agreements.go_on_by_signature

    def words(self, wallet):
        return {"period": 0, "limit": 60, "period_cap": 7_000}

    @pytest.fixture
    def is_done(self, agreements):
        return lambda act: agreements.account_of(act.message["agreement_id"]).has_gone_on


class TestEndBySignature(OnAnAgreement):
    TEXT = END

    def function(self, agreements):
        return agreements.end_by_signature

    def words(self, wallet):
        return {"is_at_once": False}

    @pytest.fixture
    def is_done(self, agreements):
        return lambda act: agreements.account_of(act.message["agreement_id"]).periods == 1


class TestWithdrawBySignature(OnAnAgreement):
    TEXT = WITHDRAW

    def function(self, agreements):
        return agreements.withdraw_by_signature

    def words(self, wallet):
        return {"payee": wallet, "amount": 1_000}

    @pytest.fixture
    def is_done(self, agreements):
        return lambda act: agreements.account_of(act.message["agreement_id"]).escrow == 8_000


# ---- opening -------------------------------------------------------------------------------


@pytest.fixture
def opening(agreements, price_list, customer, now):
    """The signed ladder, as a wallet shows it, and how it is carried."""

    def _opening(sender, **changes):
        words = stage.ladder(**changes)
        deadline = now() + DAY
        signature = sign(customer, agreements, OPEN, **shown(words), **common(customer, deadline))
        return agreements.open_by_signature(customer, words, 5, deadline, signature, sender=sender)

    return _opening


def shown(words):
    """A ladder's words as they are signed: every plan with its prices."""
    plans = (stage.SMALL, stage.MEDIUM, stage.LARGE)
    rungs = [
        {"plan": i + 1} | plan._asdict() | {"at_capacity": "STOP" if word >> 255 else "SWITCH"}
        for i, (plan, word) in enumerate(zip(plans, words.rungs, strict=False))
        if word
    ]
    return words._asdict() | {"rungs": rungs}


def common(wallet, deadline):
    return {"wallet": wallet, "nonce": 5, "deadline": deadline}


class TestOpenBySignature(SignedActBehaviour):
    """The ladder is signed plan by plan, and sent as words."""

    ZERO = "signatures: zero signer"

    @pytest.fixture
    def carried(self, agreements, price_list, now):
        def _carried(wallet, keys):
            def send(values, signature, sender):
                ladder = stage.ladder(
                    **{name: values[name] for name in stage.Ladder._fields if name != "rungs"}
                )
                return agreements.open_by_signature(
                    values["wallet"],
                    ladder,
                    values["nonce"],
                    values["deadline"],
                    signature,
                    sender=sender,
                )

            message = {"wallet": wallet} | shown(stage.ladder())
            message |= {"nonce": 5, "deadline": now() + DAY}
            return SignedAct(agreements, OPEN, "wallet", message, keys, send)

        return _carried

    @pytest.fixture
    def act(self, carried, customer):
        return carried(customer, [customer])

    @pytest.fixture
    def act_of_a_contract(self, carried, joint_customer):
        wallet, keys = joint_customer
        return carried(wallet, keys)

    @pytest.fixture
    def is_done(self, agreements):
        return lambda act: agreements.agreement_count() == 1

    @pytest.fixture
    def question(self, agreements):
        return lambda act: agreements.agreement_count.encode_input()


def test_open_by_signature__otherwise_in_a_plan__is_another_message(
    agreements, price_list, customer, now, outsider
):
    deadline = now() + DAY
    told = shown(stage.ladder())
    for name, value in (("plan", 2), ("base_price", 1), ("capacity", 21), ("at_capacity", "STOP")):
        rungs = [told["rungs"][0] | {name: value}, *told["rungs"][1:]]
        signature = sign(
            customer, agreements, OPEN, **(told | {"rungs": rungs}), **common(customer, deadline)
        )
        with ape.reverts("signatures: not by signer"):
            agreements.open_by_signature(
                customer, stage.ladder(), 5, deadline, signature, sender=outsider
            )


def test_open_by_signature__of_two_plans__hides_no_third(opening, agreements, outsider):
    words = stage.rungs(stage.rung(stage.SMALL, 1), stage.rung(stage.MEDIUM, 2, True))
    opening(outsider, rungs=words)
    assert agreements.agreement_count() == 1
