"""Who somebody is to the brand: by wallet, by passport, by avatar, by token."""

from cercle import identity
from cercle.loyalty import membership

from .asking import no


def member_of(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()["member"]


def test_member__of_a_wallet__says_since_when_tier_standing_and_points(stage, till):
    told = till.get(f"/v1/wallets/{stage.members[1].address}/member").json()
    member, read = told["member"], told["read"]
    assert (member["passport_id"], member["member_no"], member["is_member"]) == (2, 2, True)
    name = {"fr": "Collectionneur", "en": "Collector"}
    assert member["tier"] == {"level": 2, "name": name, "standing": 250}
    assert (member["standing"], member["next_tier_in"]) == (300, 200)
    assert (member["points"], member["points_symbol"]) == ("1000.0", "SIL")
    assert member["account"] == stage.members[1].address
    assert member["since"] is not None
    head = stage.chain.head(fresh=True)
    assert (read["source"], read["block"], read["hash"]) == ("chain", head.number, head.hash)
    assert (read["head"], read["behind"], read["seconds"]) == (head.number, 0, 0)


def test_member__four_ways_to_ask__find_the_same_person(stage, till):
    world, second, third = stage.world, stage.members[1], stage.members[2]
    token = f"/v1/worlds/{world}/tokens/{stage.collection}/{stage.token_id}"
    asked = {
        2: [
            f"/v1/wallets/{second.address.lower()}",
            "/v1/passports/2",
            f"/v1/worlds/{world}/avatars/{stage.reference}",
        ],
        3: [
            f"/v1/wallets/{third.address}",
            token,
            f"/v1/worlds/{world}/avatars/"
            + identity.token_reference(stage.collection, stage.token_id),
        ],
    }
    for number, paths in asked.items():
        found = [member_of(till.get(f"{path}/member")) for path in paths]
        wallets = [one.pop("account") for one in found]
        assert wallets == [
            None if "/worlds/" in path else stage.members[number - 1].address for path in paths
        ]
        assert found == [found[0]] * len(found)
        assert found[0]["member_no"] == number


def test_member__nobody__is_no_member(stage, till):
    for path in (
        f"/v1/wallets/{stage.stranger.address}",
        "/v1/passports/999",
        f"/v1/worlds/{stage.world}/avatars/0x{'00' * 32}",
        f"/v1/worlds/0x{'99' * 32}/avatars/{stage.reference}",
        f"/v1/worlds/{stage.world}/tokens/{stage.collection}/8",
    ):
        member = member_of(till.get(f"{path}/member"))
        assert (member["passport_id"], member["is_member"]) == (None, False)


def test_member__passport_alone__is_no_member(stage, till):
    stage.act(identity.register(stage.deployment), stage.stranger)
    member = member_of(till.get(f"/v1/wallets/{stage.stranger.address}/member"))
    assert (member["passport_id"], member["member_no"], member["is_member"]) == (4, None, False)


def test_member__who_left__keeps_the_number_and_is_none_now(stage, till):
    stage.act(membership.leave(stage.deployment), stage.members[0])
    member = member_of(till.get("/v1/passports/1/member"))
    assert (member["member_no"], member["is_member"]) == (1, False)


def test_avatar__removed__is_nobodys_in_the_next_block(stage, till):
    path = f"/v1/worlds/{stage.world}/avatars/{stage.reference}/member"
    assert member_of(till.get(path))["member_no"] == 2
    stage.act(identity.remove_avatar(stage.deployment, stage.world), stage.members[1])
    assert member_of(till.get(path))["passport_id"] is None


def test_address__mistyped__is_named(stage, till):
    right = stage.members[0].address
    place = next(i for i, letter in enumerate(right) if i > 1 and letter.isalpha())
    wrong = right[:place] + right[place].swapcase() + right[place + 1 :]
    answer = till.get(f"/v1/wallets/{wrong}/member")
    assert no(answer) == (404, "bad_checksum")
    assert answer.json()["message"] == "There is no such address: a letter of it is wrong."


def test_token__larger_than_any__is_named(stage, till):
    path = f"/v1/worlds/{stage.world}/tokens/{stage.collection}/{2**256}/member"
    assert no(till.get(path)) == (404, "unknown_token")


def test_world__not_the_callers__is_refused(stage, till):
    world = till.as_("world")
    path = f"/v1/worlds/{stage.world}/avatars/{stage.reference}/member"
    assert no(world.get(path)) == (403, "other_world")
    own = f"/v1/worlds/0x{'77' * 32}/avatars/{stage.reference}/member"
    assert member_of(world.get(own))["passport_id"] is None


def test_scope__not_given__is_refused(stage, till):
    world = till.as_("world")
    for path in (
        f"/v1/wallets/{stage.members[0].address}/member",
        "/v1/passports/1/perks",
        "/v1/passports/1/history",
        "/v1/claims/1",
    ):
        assert no(world.get(path)) == (403, "not_allowed")
    assert world.get("/v1/brand").status_code == 200


def test_path__of_no_form__is_malformed(till):
    for path in (
        "/v1/wallets/0x12/member",
        "/v1/passports/0/member",
        "/v1/worlds/0x/avatars/0x/perks",
    ):
        assert no(till.get(path)) == (400, "malformed")
    assert no(till.get("/v1/nothing")) == (404, "unknown_path")
    assert no(till.post("/v1/brand", {})) == (405, "unknown_method")
