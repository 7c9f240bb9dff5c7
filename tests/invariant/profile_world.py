"""The Profile and its model, walked together by the machine and by the campaign."""

from collections import Counter

import pytest
from eth_abi import encode
from eth_utils import keccak

from tests.invariant.profile_ground import (
    CONTROLLERS,
    DOMAIN,
    KEYS,
    PEOPLE,
    REFERENCES,
    START,
    TOKENS,
    WALLETS,
    ZERO,
    sign,
)  # fmt: skip
from tests.invariant.profile_model import ATTESTED, NONE, STATED, TOKEN, ProfileModel, World
from tests.invariant.revm import SOMEBODY, Ledger, Refused


def deploy(project):
    """Ledger, passport, profile and two collections."""
    ledger = Ledger(START)
    passport = ledger.deploy(project.Passport)
    profile = ledger.deploy(project.Profile, passport.address)
    collections = [ledger.deploy(project.FakeCollection) for _ in range(2)]
    return ledger, passport, profile, collections


class ProfileWorld:
    """The contracts and their model, side by side: every act is done to both."""

    def __init__(self, stage):
        """Four people with a passport, two worlds, and one avatar of each kind."""
        self.ledger, self.passport, self.profile, self.collections = stage
        self.checkpoint = self.ledger.evm.snapshot()
        self.outcomes = Counter()
        self.now, self.nonce = START, 0
        self.ledger.turn_to(self.now)
        self.model = ProfileModel()
        self.texts = {}
        self.places = [
            bytes(self.profile.view("world_of", CONTROLLERS[index % 2], f"world {index}"))
            for index in range(4)
        ]
        for person in range(1, PEOPLE + 1):
            wallet = WALLETS[person - 1].address
            self.passport.send("register", sender=wallet)
            self.model.persons[wallet], self.model.mains[person] = person, wallet
        self.register_world(0)
        self.register_world(1)
        self.set_collection(0, 0, True)
        self.give(0, 0, 0)
        self.set_token_avatar(0, 0, 0, 0, False)
        self.set_attested_avatar(1, 0, 0, 0, 0, 0, False, False)
        self.set_stated_avatar(2, 0, 0, False)

    def end(self):
        self.ledger.evm.revert(self.checkpoint)

    # ---- how an act is done ----

    def expect(self, contract, refusal, function, *arguments, sender):
        self.last = function, refusal
        self.outcomes[function, refusal] += 1
        if refusal is None:
            contract.send(function, *arguments, sender=sender)
            return
        with pytest.raises(Refused) as refused:
            contract.send(function, *arguments, sender=sender)
        assert str(refused.value) == refusal

    def act(self, who, refusal, carried, function, sent, struct, **signed):
        """A person's act, sent by themselves or carried by somebody with their signature."""
        wallet = WALLETS[who]
        if not carried:
            self.expect(self.profile, refusal, function, *sent, sender=wallet.address)
            return
        self.nonce += 1
        words = {"nonce": (self.nonce, "uint256"), "deadline": (self.now, "uint256")}
        message = {"wallet": (wallet.address, "address"), **signed, **words}
        signature = sign(wallet, DOMAIN, self.profile, struct, message)
        arguments = (wallet.address, *sent, self.nonce, self.now, signature)
        self.expect(self.profile, refusal, f"{function}_by_signature", *arguments, sender=SOMEBODY)

    # ---- worlds ----

    def register_world(self, place):
        world, controller = self.places[place], CONTROLLERS[place % 2]
        if place == 3:
            return  # stays unknown
        refusal = "worlds: registered already" if world in self.model.worlds else None
        key = KEYS[place % 2].address
        words = (f"world {place}", key)
        self.expect(self.profile, refusal, "register_world", *words, sender=controller)
        if refusal is None:
            self.model.worlds[world] = World(controller, place % 2)

    def control(self, place, by_another, function, *arguments):
        """A controller's act; gives the world when it is theirs."""
        world = self.model.worlds.get(self.places[place])
        mine = world is not None and not by_another
        sender = CONTROLLERS.index(world.controller) if world else 0
        sender = 1 - sender if by_another else sender
        self.expect(
            self.profile,
            None if mine else "worlds: not the controller",
            function,
            self.places[place],
            *arguments,
            sender=CONTROLLERS[sender],
        )
        return world if mine else None

    def set_world_key(self, place, by_another, key):
        if world := self.control(place, by_another, "set_world_key", KEYS[key].address):
            world.key, world.key_since = key, self.now

    def hand_over(self, place, by_another, accepts):
        known = self.model.worlds.get(self.places[place])
        other = CONTROLLERS[1 - CONTROLLERS.index(known.controller) if known else 0]
        if world := self.control(place, by_another, "offer_world", other):
            world.candidate = other
        if not accepts:
            return
        mine = known is not None and known.candidate == other
        refusal = None if mine else "worlds: not the candidate"
        self.expect(self.profile, refusal, "accept_world", self.places[place], sender=other)
        if mine:
            known.controller, known.candidate = other, None

    def set_collection(self, place, collection, is_recognised, by_another=False):
        words = (self.collections[collection].address, is_recognised)
        if world := self.control(place, by_another, "set_collection", *words):
            act = world.collections.add if is_recognised else world.collections.discard
            act(collection)

    def revoke(self, place, by_another, what):
        reference = self.reference(what)
        if self.control(place, by_another, "revoke_attestation", reference):
            self.model.newest[self.places[place], reference] = (self.now, 0)

    # ---- tokens and wallets ----

    def give(self, collection, number, who):
        wallet = WALLETS[who].address
        self.collections[collection].send("give", number, wallet, sender=SOMEBODY)
        self.model.owners[collection, number] = wallet

    def set_manner(self, collection, manner):
        words = (manner, self.places[0])
        self.collections[collection].send("set_manner", *words, sender=SOMEBODY)
        (self.model.liars.add if manner else self.model.liars.discard)(collection)

    def move_wallet(self, who, person, is_main):
        """A wallet that is nobody's main one is linked, let go, or made the main one."""
        wallet, model = WALLETS[who].address, self.model
        if wallet in model.mains.values():
            return
        if model.persons.get(wallet) == person and not is_main:
            self.passport.send("unlink", wallet, sender=wallet)
            del model.persons[wallet]
        elif wallet not in model.persons:
            self.link(person, WALLETS[who])
        if is_main and model.persons.get(wallet) == person:
            self.passport.send("set_main", wallet, sender=model.mains[person])
            model.mains[person] = wallet

    def link(self, person, wallet):
        self.nonce += 1
        words = {
            "passport_id": (person, "uint256"),
            "wallet": (wallet.address, "address"),
            "nonce": (self.nonce, "uint256"),
            "deadline": (self.now, "uint256"),
        }
        signature = sign(wallet, "Cercle Passport", self.passport, "Link", words)
        sent = (wallet.address, self.nonce, self.now, signature)
        self.passport.send("link", *sent, sender=self.model.mains[person])
        self.model.persons[wallet.address] = person

    # ---- a person's acts ----

    def set_profile(self, who, text, carried):
        content = keccak(text=f"text {text}") if text else NONE
        refusal = self.model.refusal_of(WALLETS[who].address)
        if text:
            signed = {"content_hash": (content, "bytes32")}
            self.act(who, refusal, carried, "set_profile", (content,), "SetProfile", **signed)
        else:
            self.act(who, refusal, carried, "clear_profile", (), "ClearProfile")
        if refusal is None:
            self.texts[self.model.persons[WALLETS[who].address]] = content

    def set_token_avatar(self, who, place, collection, number, carried):
        wallet, world = WALLETS[who].address, self.places[place]
        token = self.collections[collection].address
        refusal = self.model.refusal_of(wallet) or self.model.set_token(
            self.model.persons[wallet], world, collection, number, self.token(collection, number)
        )
        signed = {
            "world": (world, "bytes32"),
            "token": (token, "address"),
            "token_id": (number, "uint256"),
        }
        sent = (world, token, number)
        self.act(who, refusal, carried, "set_token_avatar", sent, "SetTokenAvatar", **signed)

    def set_attested_avatar(self, who, place, what, key, other, age, carried, elsewhere):
        """Signed by the world's key for this person, or by another or for another."""
        wallet, world, reference = WALLETS[who].address, self.places[place], self.reference(what)
        known = self.model.worlds.get(world)
        key = (known.key if known else 0) if key is None else key
        person = self.model.persons.get(wallet, 0)
        whom, where = person + other, self.places[(place + elsewhere) % 4]
        issued_at = self.now - age
        attested = {
            "key": (KEYS[key].address, "address"),
            "world": (where, "bytes32"),
            "reference": (reference, "bytes32"),
            "passport_id": (whom, "uint256"),
            "issued_at": (issued_at, "uint256"),
            "deadline": (self.now, "uint256"),
        }
        signature = sign(KEYS[key], DOMAIN, self.profile, "AvatarAttestation", attested)
        refusal = self.model.refusal_of(wallet) or self.model.set_attested(
            person, world, reference, issued_at, self.now, key, (whom, where)
        )
        signed = {"world": (world, "bytes32"), "reference": (reference, "bytes32")}
        sent = (world, (reference, issued_at, self.now, signature))
        self.act(who, refusal, carried, "set_attested_avatar", sent, "SetAttestedAvatar", **signed)

    def set_stated_avatar(self, who, place, what, carried):
        wallet, world, reference = WALLETS[who].address, self.places[place], self.reference(what)
        refusal = self.model.refusal_of(wallet) or self.model.set_stated(
            self.model.persons[wallet], world, reference
        )
        signed = {"world": (world, "bytes32"), "reference": (reference, "bytes32")}
        sent = (world, reference)
        self.act(who, refusal, carried, "set_stated_avatar", sent, "SetStatedAvatar", **signed)

    def remove_avatar(self, who, place, carried):
        wallet, world = WALLETS[who].address, self.places[place]
        refusal = self.model.refusal_of(wallet)
        if refusal is None:
            self.model.held.pop((self.model.persons[wallet], world), None)
        signed = {"world": (world, "bytes32")}
        self.act(who, refusal, carried, "remove_avatar", (world,), "RemoveAvatar", **signed)

    def wait(self, seconds):
        self.now += seconds
        self.ledger.turn_to(self.now)

    # ---- what is the same on both sides ----

    def token(self, collection, number):
        words = [self.collections[collection].address, number]
        return keccak(encode(["address", "uint256"], words))

    def reference(self, what):
        """One of three that a world made up, or one that is a token's."""
        return REFERENCES[what] if what < 3 else self.token(what - 3, 0)

    def references(self):
        tokens = [self.token(c, n) for c in range(2) for n in range(TOKENS)]
        return [*REFERENCES, *tokens, NONE]

    def agree(self):
        self.a_reference_finds_its_one_verified_person()
        self.avatars_are_what_their_people_made_them()
        self.texts_are_their_peoples()

    def a_reference_finds_its_one_verified_person(self):
        for world in self.places:
            for reference in self.references():
                verified = self.model.verified(world, reference)
                assert len(verified) <= 1
                found = self.profile.view("member_of_avatar", world, reference)
                assert found == (verified[0] if verified else 0)

    def avatars_are_what_their_people_made_them(self):
        for person in range(PEOPLE + 2):
            for world in self.places:
                kind, reference = self.model.held.get((person, world), (0, NONE))
                token, number = ZERO, 0
                if kind == TOKEN:
                    collection, number = self.model.tokens[reference]
                    token = self.collections[collection].address.lower()
                told = self.profile.view("avatar_of", person, world)
                verified = kind != 0 and self.model.is_verified(person, world)
                assert told == (kind, reference, token, number, verified)
                assert not verified or kind in (TOKEN, ATTESTED)
                assert kind != STATED or not told[4]

    def texts_are_their_peoples(self):
        for person in range(PEOPLE + 2):
            assert self.profile.view("profile_of", person) == self.texts.get(person, NONE)
