"""The operators: what a line can become, where it is left alone, and what it is known by."""

import pytest

from tests.tools.mutated import BOX
from tools.mutate.operators import CONSTANTS, changes, flags_of

HEAD = "# pragma version ~=0.4.3\n"
FLAGS = (
    "flag Role:\n    ADMIN  # rules\n    TILL\n\n    STEWARD\n\nevent Other:\n    who: address\n"
)


def becomes(*lines, before=""):
    """What the last of some lines of a function can become."""
    body = "".join(f"    {line}\n" for line in lines)
    source = f"{HEAD}{before}\n@external\ndef act():\n{body}"
    last = source.count("\n")
    return [change.new for change in changes(source) if change.line == last]


@pytest.mark.parametrize(
    ("test", "others"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a <= b", {"a < b", "a > b"}),
        ("a > b", {"a >= b", "a <= b"}),
        ("a >= b", {"a > b", "a < b"}),
        ("a == b", {"a != b"}),
        ("a in b", {"a not in b"}),
        ("a not in b", {"a in b"}),
        ("a < b and c", {"a <= b and c", "a >= b and c", "a < b or c"}),
        ("not a", {"a"}),
        ("self._is_so(a)", {"not (self._is_so(a))"}),
    ],
)
def test_changes__of_a_condition__boundary_and_opposite(test, others):
    assert set(becomes(f'assert {test}, "a: b < c"')) == {
        "pass",
        *(f'assert {other}, "a: b < c"' for other in others),
    }


@pytest.mark.parametrize(
    ("value", "others"),
    [
        ("a + b", {"a - b"}),
        ("a - b", {"a + b"}),
        ("a * b // c", {"a // b // c", "a * b * c"}),
        ("a & b | c", {"a | b | c", "a & b & c"}),
        ("a << b", {"a >> b"}),
        ("(a) >> (b)", {"(a) << (b)"}),
        ("~a", {"a"}),
        ("7", {"6", "8"}),
        ("0", {"1"}),
        ("2**7", {"2**6", "2**8"}),
        ("True", {"False"}),
        ("min(a, b)", {"max(a, b)"}),
        ("unsafe_sub(a, b)", {"unsafe_add(a, b)", "unsafe_sub(b, a)"}),
        ("unsafe_add(a, b)", {"unsafe_sub(a, b)"}),
        ("self._of(a, b)", {"self._of(b, a)"}),
        ("a if b else c", {"a if not (b) else c"}),
    ],
)
def test_changes__of_a_value__another_value(value, others):
    assert set(becomes(f"x = {value}")) == {"pass", *(f"x = {other}" for other in others)}


def test_changes__of_an_assignment_in_place__the_other_way():
    assert set(becomes("x |= a")) == {"pass", "x &= a"}
    assert set(becomes("x -= a")) == {"pass", "x += a"}


@pytest.mark.parametrize(
    "line", ["self._do()", "extcall a.do()", "log Done()", "x = a", 'raise "a: no"']
)
def test_changes__of_a_statement__dropped(line):
    assert "pass" in becomes(line)


@pytest.mark.parametrize("line", ["break", "continue"])
def test_changes__of_a_jump__dropped(line):
    assert becomes("for i: uint256 in range(a):", f"    {line}") == ["pass"]


def test_changes__of_a_local__emptied():
    assert set(becomes("x: uint256 = a")) == {"x: uint256 = empty(uint256)"}
    assert becomes("x: uint256 = empty(uint256)") == []


@pytest.mark.parametrize(
    ("following", "is_idle"),
    [
        (["x, y = self._two()"], True),
        (["if a:", "    x = b", "else:", "    x, y = self._two()"], True),
        (["self._see(b)", "x = a"], True),
        (["if a:", "    x = b", "self._see(x)"], False),
        (["x = x + a"], False),
        (["if x > a:", "    x = b", "else:", "    x = a"], False),
        (["self._see(x)", "x = a"], False),
        (["for i: uint256 in a:", "    x = i"], False),
        ([], False),
    ],
)
def test_changes__of_a_first_value__none_if_nobody_reads_it(following, is_idle):
    body = "".join(f"    {line}\n" for line in ["x: uint256 = 7", *following])
    found = changes(f"{HEAD}\n@external\ndef act():\n{body}")
    assert ("x: uint256 = 8" not in {change.new for change in found}) is is_idle


def test_changes__of_an_event__arguments_change_places():
    assert set(becomes("log Moved(one=a, other=b, third=a)")) == {
        "pass",
        "log Moved(one=b, other=a, third=a)",
        "log Moved(one=a, other=a, third=b)",
    }


@pytest.mark.parametrize(
    ("line", "other"),
    [
        (
            "log Moved(one=convert(a << B | c, bytes32))",
            "log Moved(one=convert(a >> B | c, bytes32))",
        ),
        ("x = staticcall X.f(a) + b", "x = staticcall X.f(a) - b"),
        ("x = extcall X.f(a) * (extcall X.f(b) - c)", "x = extcall X.f(a) * (extcall X.f(b) + c)"),
    ],
)
def test_changes__behind_a_word_that_the_parser_changes__where_they_stand(line, other):
    assert other in becomes(line)


def test_changes__of_a_flag__the_next_member():
    flags = flags_of(FLAGS)
    assert flags == {"Role": ["ADMIN", "TILL", "STEWARD"]}
    found = changes(f"{HEAD}\n@external\ndef act():\n    self._check(I.Role.STEWARD)\n", flags)
    assert [change.new for change in found] == ["pass", "self._check(I.Role.ADMIN)"]


def test_changes__in_types_and_texts__none():
    head = "x: DynArray[uint256, 7]\ny: constant(String[9]) = 'a < 1'\n"
    assert becomes("z: DynArray[uint256, 7] = []  # a < 7", before=head) == [
        "z: DynArray[uint256, 7] = empty(DynArray[uint256, 7]) # a < 7"
    ]
    assert changes(HEAD + head) == []


def test_changes__of_the_box__all_with_their_functions():
    found = {(change.function, change.kind, change.new) for change in changes(BOX)}
    assert (CONSTANTS, "number", "LOWEST: constant(uint256) = 17") in found
    assert ("_is_adult", "comparison", "return age > LOWEST") in found
    assert ("_is_adult", "emptied", "return empty(bool)") in found
    assert ("ask", "swapped", "log Asked(age=LOWEST, lowest=age)") in found


def test_applied_to__operator_after_a_comment__only_the_operator():
    source = f"{HEAD}\n@external\ndef act():\n    x = (\n        a  # + here\n        + b\n    )\n"
    dropped, other = changes(source)
    assert dropped.applied_to(source) == f"{HEAD}\n@external\ndef act():\n    pass\n"
    assert other.applied_to(source) == source.replace("+ b", "- b")


def test_key__lines_alike_in_a_function__counted():
    body = "    x = a + b\n"
    source = f"{HEAD}\n@external\ndef act():\n{body}{body}"
    assert [change.key for change in changes(source) if change.kind == "arithmetic"] == [
        ("act", "x = a + b", "x = a - b", 1),
        ("act", "x = a + b", "x = a - b", 2),
    ]


def test_key__moved_down__the_same():
    moved = BOX.replace("asked:", "# a remark\n\nasked:")
    assert [change.key for change in changes(moved)] == [change.key for change in changes(BOX)]
