"""Who and what there is in the Profile's machine, and how its people sign."""

from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak

START, DAY = 1_800_000_000, 86_400
CHAIN_ID = 1  # of the ledger
DOMAIN = "Cercle Profile"
PEOPLE = 4  # passports; wallets beyond are linked here and there, or nobody's
WALLETS = [Account.from_key(keccak(text=f"wallet {number}")) for number in range(PEOPLE + 3)]
KEYS = [Account.from_key(keccak(text=f"key {number}")) for number in range(3)]
CONTROLLERS = tuple("0x" + f"{number:02x}" * 20 for number in (0xC1, 0xC2))
REFERENCES = [keccak(text=f"reference {number}") for number in range(3)]
TOKENS = 2  # in each of two collections
MANNERS = (*(0,) * 9, 1, 2, 4, 8, 32, 64, 128)  # of FakeCollection: honest, or one that lies
ZERO = "0x" + "00" * 20


def sign(account, domain, contract, struct, message):
    """A signature of a message whose words come with their types."""
    return account.sign_message(
        encode_typed_data(
            {
                "name": domain,
                "version": "1",
                "chainId": CHAIN_ID,
                "verifyingContract": contract.address,
            },
            {struct: [{"name": name, "type": kind} for name, (_, kind) in message.items()]},
            {name: value for name, (value, _) in message.items()},
        )
    ).signature


# ---- what may be done, and with what; often means often ----------------------------------

WHO = (0, 0, 0, 1, 1, 2, 3, 4, 5, 6)
PLACES = (0, 0, 0, 0, 1, 2, 3)  # of three worlds, and one that nobody registered
WHATS = (0, 0, 0, 0, 1, 2, 3, 4)
WHICH = (0, 0, 0, 1)
RARELY = (False, False, False, False, False, True)
EVENLY = (False, True)
SENT = {"who": WHO, "carried": EVENLY}
MOVES = {
    "register_world": {"place": PLACES},
    "set_world_key": {"place": PLACES, "by_another": RARELY, "key": range(3)},
    "hand_over": {"place": PLACES, "by_another": RARELY, "accepts": EVENLY},
    "set_collection": {
        **{"place": PLACES, "collection": WHICH},
        **{"is_recognised": (True, True, True, True, False), "by_another": RARELY},
    },
    "revoke": {"place": PLACES, "by_another": RARELY, "what": WHATS},
    "give": {"collection": WHICH, "number": WHICH, "who": WHO},
    "set_manner": {"collection": WHICH, "manner": MANNERS},
    "move_wallet": {"who": WHO, "person": range(1, PEOPLE + 1), "is_main": EVENLY},
    "set_profile": {**SENT, "text": range(3)},
    "set_token_avatar": {
        **SENT,
        **{"place": PLACES, "collection": WHICH, "number": WHICH},
    },
    "set_attested_avatar": {
        **SENT,
        **{"place": PLACES, "what": WHATS},
        "key": (None, None, None, None, None, None, 0, 1, 2),
        "other": (0, 0, 0, 0, 0, 1),
        "age": (0, 0, 0, 0, 1, 1, 60, -1),
        "elsewhere": RARELY,
    },
    "set_stated_avatar": {**SENT, "place": PLACES, "what": WHATS},
    "remove_avatar": {**SENT, "place": PLACES},
    "wait": {"seconds": (1, 1, 1, 60, DAY)},
}
