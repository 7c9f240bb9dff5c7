"""`Records`: what a person signed and anybody carries, to its last letter."""

import ape
import pytest
from eth_utils import keccak

from tests.behaviours.signed_act import SignedActBehaviour
from tests.consents import CATEGORY, COMMITMENT

from .words import ERASE, MOVE, SET_CUSTODIANS, SHRED


class RecordsBehaviour(SignedActBehaviour):
    ZERO = "records: no passport"
    REPLAYED = "records: other version"
    IS_DATED = True

    @pytest.fixture
    def words(self):
        raise NotImplementedError

    @pytest.fixture
    def told(self, records, act_of, passport, words):
        """The message of a wallet of a person's."""

        def _told(wallet, keys=None):
            text, function, changes = words
            named = {"passport_id": passport.id_of(wallet)}
            return act_of(records, function, text, wallet, keys, **named, **changes)

        return _told

    @pytest.fixture
    def act(self, told, person):
        return told(person)

    @pytest.fixture
    def act_of_a_contract(self, told, joint_person):
        return told(*joint_person)

    @pytest.fixture
    def question(self, records, passport):
        return lambda act: records.move_of.encode_input(passport.id_of(act.message["wallet"]), 0)


class TestMove(RecordsBehaviour):
    @pytest.fixture
    def words(self):
        words = {"category": CATEGORY, "commitment": COMMITMENT, "version": 1}
        return MOVE, "move_by_signature", words

    @pytest.fixture
    def is_done(self, records, passport):
        def _is_done(act):
            move = records.move_of(passport.id_of(act.message["wallet"]), CATEGORY)
            return move.version == 1 and not move.is_erased

        return _is_done


class TestErase(RecordsBehaviour):
    @pytest.fixture
    def words(self):
        return ERASE, "erase_by_signature", {"category": CATEGORY, "version": 1}

    @pytest.fixture
    def is_done(self, records, passport):
        return lambda act: (
            records.move_of(passport.id_of(act.message["wallet"]), CATEGORY).is_erased
        )


class TestSetCustodians(RecordsBehaviour):
    REPLAYED = "signatures: nonce used"
    IS_DATED = False

    @pytest.fixture
    def words(self, spare_wallets):
        custodians = [wallet.address for wallet in spare_wallets[:3]]
        return SET_CUSTODIANS, "set_custodians_by_signature", {"custodians": custodians, "nonce": 5}

    @pytest.fixture
    def is_done(self, records, passport):
        return lambda act: (
            records.custodians_of(passport.id_of(act.message["wallet"]))
            == act.message["custodians"]
        )

    @pytest.fixture
    def question(self, records, passport):
        return lambda act: records.custodians_of.encode_input(passport.id_of(act.message["wallet"]))

    def test_signed__none__ends_all(self, records, person, spare_wallets, act_of, words, outsider):
        records.set_custodians(spare_wallets[:2], sender=person)
        text, function, _ = words
        act = act_of(records, function, text, person, custodians=[], nonce=6)
        receipt = act.carry(outsider)
        assert receipt.events == [
            records.NonceUsed(account=person, nonce=6),
            records.CustodiansSet(passport_id=1, custodians=[]),
        ]


# ---- what else the versions guard ------------------------------------------------------


@pytest.fixture
def signed(records, act_of):
    """A move and an erasure that the person signed for a version."""

    def _signed(wallet, version, text=MOVE, function="move_by_signature"):
        words = {"passport_id": 1, "category": CATEGORY, "commitment": COMMITMENT}
        return act_of(records, function, text, wallet, **words, version=version)

    return _signed


def test_move_by_signature__carried__is_the_persons_own_act(records, person, signed, outsider):
    receipt = signed(person, 1).carry(outsider)
    assert receipt.events == [
        records.CategoryMoved(passport_id=1, category=CATEGORY, version=1, commitment=COMMITMENT)
    ]


def test_erase_by_signature__carried__is_the_persons_own_act(records, person, signed, outsider):
    receipt = signed(person, 1, ERASE, "erase_by_signature").carry(outsider)
    assert receipt.events == [records.CategoryErased(passport_id=1, category=CATEGORY, version=1)]


def test_move_by_signature__for_a_version_to_come__waits_for_it(records, person, signed, outsider):
    later = signed(person, 2)
    with ape.reverts("records: other version"):
        later.carry(outsider)
    records.move(CATEGORY, COMMITMENT, sender=person)
    later.carry(outsider)
    assert records.move_of(1, CATEGORY).version == 2


def test_erase_by_signature__moved_since__reverts(records, person, signed, outsider):
    act = signed(person, 1, ERASE, "erase_by_signature")
    records.move(CATEGORY, COMMITMENT, sender=person)
    with ape.reverts("records: other version"):
        act.carry(outsider)


def test_by_signature__from_a_linked_wallet__counts(records, person, link, newcomer, signed, other):
    link(person, newcomer)
    signed(newcomer, 1).carry(other)
    assert records.move_of(1, CATEGORY).version == 1


def test_type_hashes__as_told__are_the_contracts(records):
    assert bytes(records.MOVE_TYPE_HASH()) == keccak(text=MOVE)
    assert bytes(records.ERASE_TYPE_HASH()) == keccak(text=ERASE)
    assert bytes(records.SET_CUSTODIANS_TYPE_HASH()) == keccak(text=SET_CUSTODIANS)
    assert bytes(records.SHRED_TYPE_HASH()) == keccak(text=SHRED)
