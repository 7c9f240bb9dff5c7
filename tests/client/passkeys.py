"""A passkey's words as a page sends them, and as the package holds them."""

from base64 import urlsafe_b64encode

from cercle.passkeys import Assertion


def assertion(answer):
    """An answer as the package holds it."""
    return Assertion(
        credential_id=answer.credential_id,
        client_data=answer.client_data,
        authenticator_data=answer.authenticator_data,
        signature=answer.signature,
    )


def letters(raw):
    """base64url, as browsers write it."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def made(passkey, **differing):
    """`toJSON()` of a new credential."""
    response = {
        "clientDataJSON": letters(b"{}"),
        "authenticatorData": letters(passkey.answer(bytes(32)).authenticator_data),
        "publicKey": letters(passkey.spki),
        "publicKeyAlgorithm": -7,
    }
    words = {"id": letters(passkey.credential_id), "rawId": letters(passkey.credential_id)}
    return words | {"type": "public-key", "response": response | differing}


def answered(answer, **differing):
    """`toJSON()` of an answer."""
    response = {
        "clientDataJSON": letters(answer.client_data),
        "authenticatorData": letters(answer.authenticator_data),
        "signature": letters(answer.signature),
    }
    return {"rawId": letters(answer.credential_id), "response": response | differing}
