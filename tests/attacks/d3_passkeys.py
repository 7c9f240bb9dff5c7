"""Passkeys on the scene of D3: their factory, the account of one, and what it signed."""

from tests.authenticator import EXECUTE, Passkey, challenge_of

DAY = 86_400


def deployed(project, admin) -> dict:
    """The factory, and an account that it made."""
    passkey = Passkey("on the scene")
    factory = admin.deploy(project.PasskeyFactory, admin.deploy(project.PasskeyAccount))
    factory.create(*passkey.terms, sender=admin)
    account = project.PasskeyAccount.at(factory.account_of(*passkey.terms))
    return {"PasskeyFactory": factory, "PasskeyAccount": account}


def arguments(shared, now) -> dict:
    """All of them, by `Contract.function(types)`."""
    account, deadline = shared["PasskeyAccount"], now + 5 * DAY
    call = {"target": account, "amount": 0, "data": b"", "nonce": 0, "deadline": deadline}
    signed = Passkey("on the scene").answer(challenge_of(account, EXECUTE, **call)).packed()
    return {
        "PasskeyFactory.create(uint256,uint256,bytes32,bytes32)": [*Passkey("another").terms],
        "PasskeyAccount.execute(address,uint256,bytes,uint256,bytes)": [
            *(account, 0, b"", deadline, signed)
        ],
    }
