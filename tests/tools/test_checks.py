"""Every check of tools/checks: what it finds in a planted fault, and that good work passes."""

import pytest

from tools.checks import (
    bare_reverts,
    deployables_exercised,
    events_asserted,
    headers,
    machine_paths,
    money_registered,
    privacy_page,
    reason_form,
    reasons_quoted,
    sizes,
    skips,
    stock_names,
    translations,
    unsafe_html,
)
from tools.checks.reason_form import stem

TEST = "tests/unit/test_it.py"
CONTRACT = "contracts/loyalty/BallotBox.vy"

HEADER = '''# pragma version ~=0.4.3
# pragma nonreentrancy on
"""
@title Ballot box
@custom:contract-name BallotBox
@license AGPL-3.0-only
@author The Cercle authors
@notice Keeps ballots.
@dev empty -> full.
@custom:security security@cercle.example
@custom:kill None.
"""
'''

EVENTFUL = """event BallotCast:
    choice: uint256


@external
def cast(choice: uint256):
    assert choice != 0, "ballot_box: no choice"
    log BallotCast(choice=choice)
"""


PAYS = """from ethereum.ercs import IERC20


@external
def pay(token: IERC20, payee: address):
    extcall token.transfer(payee, 1)
"""
MODULE = "contracts/common/tokens.vy"
REGISTRY = "tools/money.py"


def texts(check, tree):
    return [finding.text for finding in check.find(tree)]


def refusal(reason: str) -> str:
    return f"@external\ndef f(x: uint256):\n    assert x != 0{reason}\n"


FAULTS = [
    (bare_reverts, {TEST: "import ape\nwith ape.reverts():\n    pass\n"}),
    (bare_reverts, {TEST: "from ape import reverts\nwith reverts():\n    pass\n"}),
    (skips, {TEST: "import pytest\npytest.skip('later')\n"}),
    (skips, {TEST: "import pytest\n@pytest.mark.xfail\ndef test_it(): ...\n"}),
    (stock_names, {TEST: "bob = accounts[1]\n"}),
    (deployables_exercised, {CONTRACT: HEADER, TEST: "project.Other\n"}),
    (reason_form, {CONTRACT: refusal("")}),
    (reason_form, {CONTRACT: refusal(', "no prefix"')}),
    (reason_form, {CONTRACT: refusal(', "ballot_box: ' + "x" * 21 + '"')}),
    (reason_form, {CONTRACT: refusal(', "ballot_box: Capital"')}),
    (reason_form, {CONTRACT: refusal(', "ballot_box: full stop."')}),
    (reasons_quoted, {CONTRACT: EVENTFUL, TEST: "'ballot_box: no'\n"}),
    (events_asserted, {CONTRACT: EVENTFUL, TEST: "box.BallotCast\n"}),
    (privacy_page, {CONTRACT: EVENTFUL, "docs/privacy.md": "all but that one"}),
    (money_registered, {CONTRACT: PAYS}),
    (money_registered, {CONTRACT: PAYS.replace("transfer(payee", "transferFrom(self, payee")}),
    (money_registered, {CONTRACT: "@external\ndef f(x: address):\n    send(x, 1)\n"}),
    (
        money_registered,
        {CONTRACT: 'A: constant(bytes4) = method_id("transfer(address,uint256)")\n'},
    ),
    (
        money_registered,
        {CONTRACT: "@external\ndef f(x: address):\n    raw_call(x, b'', value=1)\n"},
    ),
    (money_registered, {CONTRACT: "from ..common import tokens\n", MODULE: PAYS}),
    (
        money_registered,
        {
            CONTRACT: "from . import a\n",
            "contracts/loyalty/a.vy": "from . import b\n",
            "contracts/loyalty/b.vy": PAYS,
        },
    ),
    (money_registered, {CONTRACT: EVENTFUL, REGISTRY: "Holder(contract='BallotBox')\n"}),
    (headers, {CONTRACT: HEADER.replace("@custom:kill None.", "")}),
    (headers, {CONTRACT: HEADER.replace("name BallotBox", "name Box")}),
    (headers, {CONTRACT: HEADER.replace("AGPL-3.0-only", "MIT")}),
    (headers, {CONTRACT: HEADER + EVENTFUL.replace("choice=choice", "choice")}),
    (machine_paths, {"README.md": "see /home/somebody/notes\n"}),
    (machine_paths, {"package-lock.json": '"resolved": "https://example.org/a.tgz"\n'}),
    (machine_paths, {"notes.md": "index: https://registry.npmjs.org/\n"}),
    (unsafe_html, {"frontend/page.py": "st.markdown(text, unsafe_allow_html=True)\n"}),
    (unsafe_html, {"frontend/page.py": "st.html(f'<b>{name}</b>')\n"}),
    (unsafe_html, {"frontend/page.py": "STYLE = load(name)\nst.html(STYLE)\n"}),
    (unsafe_html, {"frontend/page.py": "def f(STYLE):\n    st.html(STYLE)\n"}),
    (sizes, {"cercle/long.py": "x = 1\n" * 301}),
    (sizes, {"cercle/long.py": "def f():\n" + "    x = 1\n" * 40}),
    (sizes, {"contracts/loyalty/roster.vy": "# line\n" * 251}),
]


@pytest.mark.parametrize(("check", "files"), FAULTS)
def test_find__planted_fault__found(plant, check, files):
    assert len(texts(check, plant(files))) == 1


GOOD = [
    (bare_reverts, {TEST: "import ape\nwith ape.reverts('box: full'):\n    pass\n"}),
    (skips, {TEST: "def test_it():\n    assert 1\n"}),
    (stock_names, {TEST: "the_bobbin = 1\n"}),
    (deployables_exercised, {CONTRACT: HEADER, TEST: "project.BallotBox\n"}),
    (reason_form, {CONTRACT: refusal(', "ballot_box: no choice"')}),
    (reason_form, {"contracts/testing/FakeBox.vy": refusal("")}),
    (reason_form, {CONTRACT: refusal("  # dev: no caller has a zero")}),
    (reasons_quoted, {CONTRACT: EVENTFUL, TEST: "'ballot_box: no choice'\n"}),
    (events_asserted, {CONTRACT: EVENTFUL, TEST: "[box.BallotCast(choice=1)]\n"}),
    (privacy_page, {CONTRACT: EVENTFUL, "docs/privacy.md": "your choice: `BallotCast`"}),
    (money_registered, {CONTRACT: PAYS, REGISTRY: "Holder(contract='BallotBox')\n"}),
    (money_registered, {CONTRACT: EVENTFUL, MODULE: PAYS}),
    (money_registered, {"contracts/testing/FakeBox.vy": PAYS}),
    (money_registered, {CONTRACT: PAYS.replace("extcall token.transfer(payee, 1)", "pass")}),
    (headers, {CONTRACT: HEADER + EVENTFUL}),
    (machine_paths, {"README.md": "see docs/loyalty.md and /health\n"}),
    (machine_paths, {"uv.lock": 'registry = "https://pypi.org/simple"\n'}),
    (unsafe_html, {"frontend/page.py": "st.markdown('<hr>', unsafe_allow_html=True)\n"}),
    (unsafe_html, {"frontend/page.py": "st.markdown(text)\n"}),
    (unsafe_html, {"frontend/page.py": "STYLE = Path(__file__) / 'a.css'\nst.html(STYLE)\n"}),
    (sizes, {"cercle/short.py": "x = 1\n" * 300}),
]


@pytest.mark.parametrize(("check", "files"), GOOD)
def test_find__good_work__nothing(plant, check, files):
    assert texts(check, plant(files)) == []


def catalogue(*entries: tuple[str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return head + "\n".join(f'msgid "{text}"\nmsgstr "{said}"\n' for text, said in entries)


def test_translations__open_and_missing__each_named(plant):
    tree = plant(
        {
            "frontend/page.py": "_('Hello')\n_('Goodbye')\n",
            "frontend/locale/en/LC_MESSAGES/a.po": catalogue(
                ("Hello", "Hello"), ("Goodbye", "Bye")
            ),
            "frontend/locale/fr/LC_MESSAGES/a.po": catalogue(("Hello", "")),
        }
    )
    assert texts(translations, tree) == ["open: 'Hello'", "not in fr: 'Goodbye'"]


def test_translations__no_catalogue__named(plant):
    tree = plant({"frontend/page.py": "_('Hello')\n"})
    assert texts(translations, tree) == ["no catalogue for en", "no catalogue for fr"]


def test_stem__camel_case__snake_case():
    assert [stem(name) for name in ("BallotBox", "Polls", "wing")] == [
        "ballot_box",
        "polls",
        "wing",
    ]
