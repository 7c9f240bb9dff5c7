"""Every small change that could be made to a Vyper source, found in its syntax tree.

A change is text for text, so that what compiles is what a reader would see. Where a function is
said to lie in "the constants", the change is in a constant of the module.
"""

import io
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, combinations
from tokenize import NAME, generate_tokens

from vyper.ast import nodes, parse_to_ast

SYMBOLS = {
    "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Eq": "==", "NotEq": "!=",
    "In": "in", "NotIn": "not in", "And": "and", "Or": "or",
    "Add": "+", "Sub": "-", "Mult": "*", "FloorDiv": "//", "Mod": "%",
    "BitAnd": "&", "BitOr": "|", "BitXor": "^", "LShift": "<<", "RShift": ">>",
}  # fmt: skip
# The boundary moves, or the answer turns round.
COMPARISONS = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"),
    "==": ("!=",), "!=": ("==",), "in": ("not in",), "not in": ("in",),
}  # fmt: skip
SWAPS = {
    "and": "or", "or": "and", "+": "-", "-": "+", "*": "//", "//": "*", "%": "//",
    "&": "|", "|": "&", "^": "|", "<<": ">>", ">>": "<<",
}  # fmt: skip
CALLS = {
    "min": "max", "max": "min", "unsafe_add": "unsafe_sub", "unsafe_sub": "unsafe_add",
    "unsafe_mul": "unsafe_div", "unsafe_div": "unsafe_mul",
}  # fmt: skip
EITHER_WAY = ("min", "max", "unsafe_add", "unsafe_mul", "uint256_addmod", "uint256_mulmod")
DROPPED = ("Assert", "Assign", "AugAssign", "Log", "Expr", "Raise", "Break", "Continue")
PLAIN_ANSWERS = ("Compare", "BoolOp", "UnaryOp")  # turned round by their own operators
REWORDED = ("log", "extcall", "staticcall")  # for which Vyper's parser puts words of Python's
BREAK = "\\\n"
CONSTANTS = "the constants"
COMMENT = re.compile(r"#[^\n]*")
FLAG = re.compile(r"^flag (\w+):\n((?:    \w+.*\n|\s*#.*\n|\n)+)", re.MULTILINE)


@dataclass(frozen=True)
class Change:
    """One text put in the place of another."""

    start: int
    end: int
    text: str
    kind: str
    function: str
    line: int
    old: str = ""  # the line as it is, on one line
    new: str = ""  # the line as it becomes
    nth: int = 1  # of those in this function that read alike

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What stays the same when lines are moved about."""
        return self.function, self.old, self.new, self.nth

    def applied_to(self, source: str) -> str:
        """The source of the mutant."""
        return source[: self.start] + self.text + source[self.end :]


def flags_of(*sources: str) -> dict[str, list[str]]:
    """The members of every flag that some sources declare."""
    return {
        name: re.findall(r"(?m)^    (\w+)", body)
        for source in sources
        for name, body in FLAG.findall(source)
    }


def changes(source: str, flags: dict[str, list[str]] | None = None) -> list[Change]:
    """All changes, in the order of the lines."""
    finder = _Finder(source, flags or {})
    found = sorted(set(finder.find()), key=lambda change: (change.start, change.end, change.text))
    told: Counter[tuple[str, str, str]] = Counter()
    ready = []
    for change in found:
        old, new = _lines(source, change)
        told[change.function, old, new] += 1
        ready.append(replace(change, old=old, new=new, nth=told[change.function, old, new]))
    return ready


def _lines(source: str, change: Change) -> tuple[str, str]:
    """The lines that a change touches, before and after, each as one line."""
    start = source.rfind("\n", 0, change.start) + 1
    end = source.find("\n", change.end)
    end = len(source) if end < 0 else end
    before, after = source[start : change.start], source[change.end : end]
    old = before + source[change.start : change.end] + after
    return " ".join(old.split()), " ".join((before + change.text + after).split())


def _idle(body: list[nodes.VyperNode]) -> Iterator[nodes.VyperNode]:
    """Declarations whose first value is written over before anybody reads it: Vyper has no other
    way to take several values from a call."""
    for at, statement in enumerate(body):
        if isinstance(statement, nodes.AnnAssign):
            if _is_written_over(statement.target.id, body[at + 1 :]):
                yield statement
        elif isinstance(statement, nodes.If):
            yield from _idle(statement.body)
            yield from _idle(statement.orelse)
        elif isinstance(statement, nodes.For):
            yield from _idle(statement.body)


def _is_written_over(name: str, statements: list[nodes.VyperNode]) -> bool:
    """Whether what comes next is sure to write a local before reading it."""

    def names(*some: nodes.VyperNode) -> set[str]:
        return {found.id for node in some for found in node.get_descendants(nodes.Name, None, True)}

    for statement in statements:
        if isinstance(statement, nodes.Assign):
            targets = getattr(statement.target, "elements", [statement.target])
            if name in names(statement.value):
                return False
            if any(isinstance(it, nodes.Name) and it.id == name for it in targets):
                return True
        if isinstance(statement, nodes.If) and name not in names(statement.test):
            branches = (statement.body, statement.orelse)
            if all(_is_written_over(name, branch) for branch in branches):
                return True
        if name in names(statement):
            return False
    return False


def _broken(source: str) -> tuple[str, list[int]]:
    """The source with a line broken behind each of the words that the parser changes, and where.

    The parser counts columns in the line with its own words in it, and sets right where a node
    begins, not where it ends. On a line of its own what follows is where it says.
    """
    lines, ends = _offsets(source), []
    for token in generate_tokens(io.StringIO(source).readline):
        if token.type == NAME and token.string in REWORDED:
            ends.append(lines[token.end[0] - 1] + token.end[1])
    parts = [source[start:end] for start, end in zip([0, *ends], [*ends, len(source)], strict=True)]
    breaks = [end + len(BREAK) * place for place, end in enumerate(ends)]
    return BREAK.join(parts), breaks


def _offsets(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]


class _Finder:
    """The changes of one source."""

    def __init__(self, source: str, flags: dict[str, list[str]]):
        if not source.isascii():
            raise ValueError("positions are those of ASCII sources")
        self.source = source
        self.flags = flags
        self.function = CONSTANTS
        self.idle: set[int] = set()  # declarations whose value nobody reads
        self.broken, self.breaks = _broken(source)
        self.offsets = _offsets(self.broken)

    def find(self) -> Iterator[Change]:
        """Walk the constants and every function."""
        for node in parse_to_ast(self.broken).body:
            if isinstance(node, nodes.VariableDecl) and node.is_constant:
                self.function = CONSTANTS
                yield from self.walk(node.value)
            elif isinstance(node, nodes.FunctionDef):
                self.function = node.name
                self.idle = {id(found) for found in _idle(node.body)}
                for statement in node.body:
                    yield from self.walk(statement)
                yield from self.returns(node)

    def walk(self, node: nodes.VyperNode) -> Iterator[Change]:
        """The changes of a node and of all below it; types are left alone."""
        kind = type(node).__name__
        if kind in DROPPED:
            yield self.change(self.span(node), "pass", "dropped")
        if rule := getattr(self, f"on_{kind.lower()}", None):
            yield from rule(node)
        for child in self.children(node):
            yield from self.walk(child)

    def children(self, node: nodes.VyperNode) -> list[nodes.VyperNode]:
        """What is below a node, without types, reasons and the 2 of a power of 2."""
        match node:
            case nodes.AnnAssign():
                return [] if id(node) in self.idle else [node.value]
            case nodes.For():
                return [node.iter, *node.body]
            case nodes.Assert():
                return [node.test]
            case nodes.Raise():
                return []
            case nodes.BinOp() if isinstance(node.op, nodes.Pow):
                return [node.right]
        return list(node.get_children())

    # ---- a node's changes --------------------------------------------------------

    def on_compare(self, node: nodes.Compare) -> Iterator[Change]:
        old = SYMBOLS[type(node.op).__name__]
        for new in COMPARISONS[old]:
            yield self.between(node.left, node.right, old, new, "comparison")

    def on_boolop(self, node: nodes.BoolOp) -> Iterator[Change]:
        old = SYMBOLS[type(node.op).__name__]
        for left, right in zip(node.values, node.values[1:], strict=False):
            yield self.between(left, right, old, SWAPS[old], "logic")

    def on_binop(self, node: nodes.BinOp) -> Iterator[Change]:
        old = SYMBOLS.get(type(node.op).__name__, "")
        if old in SWAPS:
            yield self.between(node.left, node.right, old, SWAPS[old], "arithmetic")

    def on_augassign(self, node: nodes.AugAssign) -> Iterator[Change]:
        old = SYMBOLS.get(type(node.op).__name__, "")
        if old in SWAPS:
            yield self.between(node.target, node.value, f"{old}=", f"{SWAPS[old]}=", "arithmetic")

    def on_unaryop(self, node: nodes.UnaryOp) -> Iterator[Change]:
        if isinstance(node.op, nodes.Not | nodes.Invert):
            start, end = self.span(node)
            word = "not" if isinstance(node.op, nodes.Not) else "~"
            rest = self.source[start:end].removeprefix(word).lstrip()
            yield self.change((start, end), rest, "logic")

    def on_assert(self, node: nodes.Assert) -> Iterator[Change]:
        yield from self.turned(node.test)

    def on_if(self, node: nodes.If) -> Iterator[Change]:
        yield from self.turned(node.test)

    def on_ifexp(self, node: nodes.IfExp) -> Iterator[Change]:
        yield from self.turned(node.test)

    def on_int(self, node: nodes.Int) -> Iterator[Change]:
        span = self.span(node)
        if not re.fullmatch(r"[\d_]+", self.source[slice(*span)]):
            return
        yield self.change(span, str(node.value + 1), "number")
        if node.value:
            yield self.change(span, str(node.value - 1), "number")

    def on_nameconstant(self, node: nodes.NameConstant) -> Iterator[Change]:
        if node.value in (True, False):
            yield self.change(self.span(node), str(not node.value), "logic")

    def on_annassign(self, node: nodes.AnnAssign) -> Iterator[Change]:
        if id(node) not in self.idle:
            yield from self.emptied(node.value, node.annotation)

    def on_attribute(self, node: nodes.Attribute) -> Iterator[Change]:
        flag = getattr(node.value, "attr", getattr(node.value, "id", ""))
        members = self.flags.get(flag, [])
        if node.attr in members and len(members) > 1:
            other = members[(members.index(node.attr) + 1) % len(members)]
            end = self.span(node)[1]
            yield self.change((end - len(node.attr), end), other, "flag")

    def on_call(self, node: nodes.Call) -> Iterator[Change]:
        name = getattr(node.func, "id", "")
        if name in CALLS:
            yield self.change(self.span(node.func), CALLS[name], "arithmetic")
        if name not in EITHER_WAY:
            for left, right in zip(node.args, node.args[1:], strict=False):
                yield from self.swapped(left, right)
        for one, other in combinations(node.keywords, 2):
            yield from self.swapped(one.value, other.value)

    def returns(self, node: nodes.FunctionDef) -> Iterator[Change]:
        """A function that tells nothing."""
        if node.returns is None or isinstance(node.returns, nodes.Tuple):
            return
        for found in node.get_descendants(nodes.Return):
            yield from self.emptied(found.value, node.returns)

    # ---- pieces --------------------------------------------------------------------

    def emptied(self, value: nodes.VyperNode, annotation: nodes.VyperNode) -> Iterator[Change]:
        """The empty value of a type in the place of a value, unless it is one."""
        text = self.source[slice(*self.span(value))]
        if not re.fullmatch(r"0|True|False|empty\(.*", text, re.DOTALL):
            kind = self.source[slice(*self.span(annotation))]
            yield self.change(self.span(value), f"empty({kind})", "emptied")

    def turned(self, test: nodes.VyperNode) -> Iterator[Change]:
        """A condition turned round."""
        if type(test).__name__ not in PLAIN_ANSWERS:
            span = self.span(test)
            yield self.change(span, f"not ({self.source[slice(*span)]})", "logic")

    def swapped(self, one: nodes.VyperNode, other: nodes.VyperNode) -> Iterator[Change]:
        """Two arguments in each other's place; what the types forbid does not compile."""
        (start, middle), (then, end) = self.span(one), self.span(other)
        first, second = self.source[start:middle], self.source[then:end]
        if first != second:
            between = self.source[middle:then]
            yield self.change((start, end), second + between + first, "swapped")

    def between(
        self, left: nodes.VyperNode, right: nodes.VyperNode, old: str, new: str, kind: str
    ) -> Change:
        """An operator between two nodes."""
        start, end = self.span(left)[1], self.span(right)[0]
        gap = COMMENT.sub(lambda found: " " * len(found[0]), self.source[start:end])
        at = start + gap.index(old)
        return self.change((at, at + len(old)), new, kind)

    def change(self, span: tuple[int, int], text: str, kind: str) -> Change:
        start, end = span
        line = self.source.count("\n", 0, start) + 1
        return Change(start, end, text, kind, self.function, line)

    def span(self, node: nodes.VyperNode) -> tuple[int, int]:
        """Where a node begins and ends in the source."""
        return (
            self.place(self.offsets[node.lineno - 1] + node.col_offset),
            self.place(self.offsets[node.end_lineno - 1] + node.end_col_offset),
        )

    def place(self, at: int) -> int:
        """Where something of the broken text stands in the source."""
        return at - len(BREAK) * bisect_left(self.breaks, at)
