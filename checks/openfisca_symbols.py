"""Values that are not known yet, and what numpy and Python do to them: the half of checks/openfisca.py that computes."""

import datetime

import numpy as np
from openfisca_core import periods
from openfisca_core.indexed_enums import Enum

real = {name: getattr(np, name) for name in ("array", "genfromtxt", "stack", "max", "amax", "min", "amin")}


class Untraceable(Exception):
    """What the rule language has no words for."""


def simple(value):
    """A numpy scalar as Python has it."""
    return value.item() if isinstance(value, np.generic) and not isinstance(value, np.datetime64) else value


class S:
    """A value that is not known yet: of a person ("p"), a group ("g"), or the same for all (None)."""

    def __init__(self, op, args, kind, ent, data=None):
        self.op, self.args, self.kind, self.ent, self.data = op, args, kind, ent, data
        self.depth = 1 + max((one.depth for one in args), default=0)

    __hash__ = object.__hash__

    def __bool__(self):
        raise Untraceable("asks `if` of a vector")

    def __iter__(self):
        raise Untraceable("walks along a vector")

    def __len__(self):
        raise Untraceable("asks for the length of a vector")

    def __array__(self, *_):
        raise Untraceable("makes an array of a vector")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise Untraceable(f"asks a vector for `{name}`")

    def __add__(self, other): return add(self, other)
    def __radd__(self, other): return add(other, self)
    def __sub__(self, other): return subtract(self, other)
    def __rsub__(self, other): return subtract(other, self)
    def __mul__(self, other): return multiply(self, other)
    def __rmul__(self, other): return multiply(other, self)
    def __truediv__(self, other): return divide(self, other)
    def __rtruediv__(self, other): return divide(other, self)
    def __floordiv__(self, other): return floor(divide(self, other))
    def __mod__(self, other): return modulo(self, other)
    def __neg__(self): return subtract(0, self)
    def __pos__(self): return number(self)
    def __abs__(self): return larger(self, subtract(0, self))
    def __and__(self, other): return both(self, other)
    def __rand__(self, other): return both(other, self)
    def __or__(self, other): return either(self, other)
    def __ror__(self, other): return either(other, self)
    def __invert__(self): return negate(self)
    def __lt__(self, other): return compare(self, "below", other)
    def __le__(self, other): return compare(self, "at most", other)
    def __gt__(self, other): return compare(self, "above", other)
    def __ge__(self, other): return compare(self, "at least", other)
    def __eq__(self, other): return equal(self, other)
    def __ne__(self, other): return negate(equal(self, other))

    def astype(self, to, **_):
        to = to if isinstance(to, str) else getattr(to, "__name__", str(to))
        if to == "datetime64[Y]":
            return S("year", [self], "dateY", self.ent)
        if to == "datetime64[M]":
            return S("month", [self], "dateM", self.ent)
        if self.kind == "dateY":
            return subtract(part("year", self.args[0]), 1970)
        if self.kind == "dateM":
            day = self.args[0]
            return S("months", [day], "int", day.ent)
        if to.startswith("int"):
            return truncate(self)
        if to.startswith("float"):
            return number(self)
        if to.startswith("bool"):
            return truth(self)
        raise Untraceable(f"turns a vector into `{to}`")

    def decode(self):
        return self

    decode_to_str = decode

    @property
    def possible_values(self):
        if self.kind == "enum" and self.data and self.op == "var":
            return self.data[2]
        raise Untraceable("asks for the options of what has none")

    def __array_ufunc__(self, ufunc, method, *inputs, **_):
        if method != "__call__" or ufunc.__name__ not in UFUNCS:
            raise Untraceable(f"asks numpy for `{ufunc.__name__}`")
        if any(isinstance(one, np.ndarray) and one.ndim > 0 for one in inputs):
            raise Untraceable("joins a vector and an array")
        return UFUNCS[ufunc.__name__](*inputs)

    def __array_function__(self, func, _types, args, kwargs):
        if func.__name__ not in FUNCTIONS:
            raise Untraceable(f"asks numpy for `{func.__name__}`")
        return FUNCTIONS[func.__name__](*args, **kwargs)


def lift(value):
    """Whatever Python has, as a symbol."""
    value = simple(value)
    if isinstance(value, S):
        return value
    if isinstance(value, bool):
        return S("const", [], "bool", None, value)
    if isinstance(value, int):
        return S("const", [], "int", None, value)
    if isinstance(value, float):
        if not np.isfinite(value):
            raise Untraceable("a number without end")
        return S("const", [], "float", None, value)
    if isinstance(value, Enum):
        return S("const", [], "enum", None, value)
    if isinstance(value, str):
        return S("const", [], "str", None, value)
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, periods.Instant):
        value = value.date
    if isinstance(value, datetime.date):
        return S("const", [], "date", None, value)
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return lift(value.item())
    raise Untraceable(f"a value of type {type(value).__name__}")


def whose(*all):
    known = {one.ent for one in all} - {None}
    if len(known) > 1:
        raise Untraceable("joins persons and groups")
    return known.pop() if known else None


def is_const(one, value=None):
    return one.op == "const" and (value is None or (one.kind in ("int", "float", "bool") and one.data == value))


def number(one):
    one = lift(one)
    if one.kind == "bool":
        return lift(int(one.data)) if one.op == "const" else choose(one, 1, 0)
    if one.kind in ("int", "float"):
        return one
    raise Untraceable(f"computes with {one.kind}")


def truth(one):
    one = lift(one)
    return one if one.kind == "bool" else negate(equal(one, 0))


def wider(a, b):
    return "float" if "float" in (a.kind, b.kind) else "int"


def add(a, b):
    a, b = lift(a), lift(b)
    if a.kind == b.kind == "bool":
        return either(a, b)
    a, b = number(a), number(b)
    if a.op == b.op == "const":
        return lift(a.data + b.data)
    if is_const(a, 0) or is_const(b, 0):
        return b if is_const(a, 0) else a
    return S("+", [a, b], wider(a, b), whose(a, b))


def subtract(a, b):
    a, b = lift(a), lift(b)
    if a.kind == "date" and b.kind == "dateM" and b.args[0] is a:
        return subtract(part("day", a), 1)
    a, b = number(a), number(b)
    if a.op == b.op == "const":
        return lift(a.data - b.data)
    if is_const(b, 0):
        return a
    return S("-", [a, b], wider(a, b), whose(a, b))


def multiply(a, b):
    a, b = lift(a), lift(b)
    if a.kind == b.kind == "bool":
        return both(a, b)
    if b.kind == "bool":
        a, b = b, a
    if a.kind == "bool":
        return choose(a, number(b), 0)
    a, b = number(a), number(b)
    if a.op == b.op == "const":
        return lift(a.data * b.data)
    for one, other in ((a, b), (b, a)):
        if is_const(one, 0):
            return lift(0)
        if is_const(one, 1):
            return other
    for one, other in ((a, b), (b, a)):
        # A quotient is rounded last.
        if is_open_quotient(one):
            return divide(multiply(one.args[0], other), one.args[1])
        if one.op == "select" and any(map(is_open_quotient, one.args)):
            conds, choices, default = one.data
            return select(conds, [multiply(choice, other) for choice in choices], multiply(default, other))
    return S("*", [a, b], wider(a, b), whose(a, b))


def is_open_quotient(one):
    return one.op == "/" and one.args[1].op != "const"


def divide(a, b):
    a, b = number(a), number(b)
    if a.op == b.op == "const":
        return lift(a.data / b.data)
    return S("/", [a, b], "float", whose(a, b))


def modulo(a, b):
    a, b = lift(a), lift(b)
    if a.op == "months" and is_const(b, 12):
        return subtract(part("month", a.args[0]), 1)
    if a.op == b.op == "const":
        return lift(a.data % b.data)
    return subtract(a, multiply(floor(divide(a, b)), b))


def part(which, day):
    return S("part", [day], "int", day.ent, which)


def rounded(one, how, step="1"):
    one = number(one)
    if one.kind == "int" and step == "1":
        return one
    return S("round", [one], "int" if step == "1" else "float", one.ent, (how, step))


def floor(one): return rounded(one, "down")
def ceil(one): return rounded(one, "up")


def around(one, decimals=0, **_):
    if not 0 <= decimals <= 6:
        raise Untraceable("rounds to tens")
    return rounded(one, "half up", "1" if decimals == 0 else f"{10 ** -decimals:.{decimals}f}")


def truncate(one):
    one = lift(one)
    if one.kind in ("bool", "int"):
        return number(one)
    if one.op == "select":
        conds, choices, default = one.data
        return select(conds, [truncate(choice) for choice in choices], truncate(default))
    if one.op == "const":
        return lift(int(one.data))
    return choose(compare(one, "below", 0), ceil(one), floor(one))


def larger(a, b):
    a, b = number(a), number(b)
    return S("larger", [a, b], wider(a, b), whose(a, b))


def smaller(a, b):
    a, b = number(a), number(b)
    return S("smaller", [a, b], wider(a, b), whose(a, b))


def clip(one, least=None, most=None, **kwargs):
    least, most = kwargs.get("min", least), kwargs.get("max", most)
    one = number(one)
    one = one if least is None else larger(one, least)
    return one if most is None else smaller(one, most)


def negate(one):
    one = truth(one) if lift(one).kind != "bool" else lift(one)
    if one.op == "const":
        return lift(not one.data)
    return one.args[0] if one.op == "not" else S("not", [one], "bool", one.ent)


def join(word, a, b, settles):
    a, b = truth(a), truth(b)
    for one, other in ((a, b), (b, a)):
        if one.op == "const":
            return lift(settles) if one.data == settles else other
    parts = [*(a.args if a.op == word else [a]), *(b.args if b.op == word else [b])]
    return S(word, parts, "bool", whose(a, b))


def both(a, b): return join("and", a, b, False)
def either(a, b): return join("or", a, b, True)


def choose(asked, then, otherwise):
    asked, then, otherwise = truth(asked), lift(then), lift(otherwise)
    if asked.op == "const":
        return then if asked.data else otherwise
    if then.kind != otherwise.kind:
        then, otherwise = number(then), number(otherwise)
    kind = then.kind if then.kind == otherwise.kind else "float"
    return S("if", [asked, then, otherwise], kind, whose(asked, then, otherwise))


def select(conds, choices, default=0):
    conds, choices, default = [truth(one) for one in conds], [lift(one) for one in choices], lift(default)
    if any(one.kind != default.kind for one in choices):
        choices, default = [number(one) for one in choices], number(default)
    kind = "float" if any(one.kind == "float" for one in [*choices, default]) else default.kind
    ent = whose(*conds, *choices, default)
    return S("select", [*conds, *choices, default], kind, ent, (conds, choices, default))


def where(asked, then, otherwise):
    return choose(asked, then, otherwise)


def compare(a, order, b):
    a, b = lift(a), lift(b)
    if {a.kind, b.kind} != {"date"}:
        a, b = number(a), number(b)
    if a.op == b.op == "const":
        return lift({"below": a.data < b.data, "at most": a.data <= b.data, "above": a.data > b.data,
                     "at least": a.data >= b.data}[order])
    return S("compare", [a, b], "bool", whose(a, b), order)


def equal(a, b):
    a, b = lift(a), lift(b)
    if a.op == "const":
        a, b = b, a
    if a.op == b.op == "const":
        return lift(a.data == b.data)
    if a.kind == "bool" or b.kind == "bool":
        if b.kind == "bool" and a.kind == "bool":
            if b.op == "const":
                return a if b.data else negate(a)
            return either(both(a, b), both(negate(a), negate(b)))
        return equal(number(a), number(b))
    if a.kind == "enum" and b.kind == "str" and b.op == "const":
        named = [one for one in (a.data[2] if a.op == "var" else []) if b.data in (one.name, one.value)]
        return equal(a, named[0]) if named else lift(False)
    if a.kind == "enum" and b.kind not in ("enum",):
        raise Untraceable("compares an option with a number")
    if a.op == "select" and a.kind != "enum" and b.op == "const" and all(one.op == "const" for one in a.data[1]):
        # Which conditions give this value, as far as no earlier one holds.
        conds, choices, default = a.data
        if a.kind in ("int", "float") and b.kind in ("int", "float") and is_const(default) and disjoint(conds):
            hits = [cond for cond, choice in zip(conds, choices) if choice.data == b.data]
            if default.data != b.data:
                return any_of(hits)
            return negate(any_of([cond for cond, choice in zip(conds, choices) if choice.data != b.data]))
    if a.kind in ("int", "float") and b.kind in ("int", "float") or a.kind == b.kind:
        return S("is", [a, b], "bool", whose(a, b))
    raise Untraceable(f"compares {a.kind} with {b.kind}")


def any_of(conds):
    """One of these, in one row: as many as there are, without lying in one another."""
    conds = [one for one in conds if not is_const(one, False)]
    if not conds:
        return lift(False)
    if len(conds) == 1:
        return conds[0]
    keys = [fixed(one) for one in conds]
    if all(key and len(key) == 2 and [k[0] for k in key] == [k[0] for k in keys[0]] for key in keys):
        # Pairs of texts: the first is asked once for all its seconds.
        by_first = {}
        for key, cond in zip(keys, conds):
            by_first.setdefault(key[0][1], []).append(cond)
        if len(by_first) < len(conds):
            groups = [both(some[0].args[0], any_of([one.args[1] for one in some])) for some in by_first.values()]
            return any_of(groups) if len(groups) > 1 else groups[0]
    return S("or", conds, "bool", whose(*conds))


def fixed(cond):
    """What a condition asks to be equal to which fixed values, if that is all it asks."""
    parts = cond.args if cond.op == "and" else [cond]
    if all(one.op == "is" and one.args[1].op == "const" for one in parts):
        return [(one.args[0].data if one.args[0].op == "var" else id(one.args[0]), one.args[1].data) for one in parts]
    return None


def disjoint(conds):
    keys = [fixed(one) for one in conds]
    if not all(keys):
        return False
    names = [[str(name) for name, _ in key] for key in keys]
    values = {tuple(str(value) for _, value in key) for key in keys}
    return all(one == names[0] for one in names) and len(values) == len(conds)


def looked_up(table, keys):
    """An element of a table, where some of the places are not known yet."""
    place = next((at for at, key in enumerate(keys) if isinstance(key, S) and key.op != "const"), None)
    if place is None:
        keys = tuple(int(key.data) if isinstance(key, S) else key for key in keys)
        return table[keys]
    key, size = keys[place], table.shape[place]

    def at(index):
        if not -size <= index < size:
            raise Untraceable("looks beyond the end of a table")
        return looked_up(table, (*keys[:place], index, *keys[place + 1:]))

    if key.op == "select" and all(is_const(one) for one in (*key.data[1], key.data[2])):
        conds, choices, default = key.data
        return select(conds, [at(one.data) for one in choices], at(default.data))
    key = truncate(key)
    key = choose(compare(key, "below", 0), add(key, size), key)

    def halved(low, high):
        if high - low == 1:
            return at(low)
        middle = (low + high) // 2
        return choose(compare(key, "below", middle), halved(low, middle), halved(middle, high))

    return halved(0, size)


class Table(np.ndarray):
    """An array that may be asked for a place that is not known yet."""

    def __getitem__(self, key):
        keys = key if isinstance(key, tuple) else (key,)
        if not any(isinstance(one, S) for one in keys):
            return super().__getitem__(key)
        if len(keys) != self.ndim or not all(isinstance(one, (S, int, np.integer)) for one in keys):
            raise Untraceable("asks for a row of a table")
        return looked_up(np.asarray(self), keys)


def holds_symbol(value):
    return isinstance(value, S) or isinstance(value, (list, tuple)) and any(map(holds_symbol, value))


def tabled(name):
    def made(*args, **kwargs):
        if args and holds_symbol(args[0]):
            return list(args[0])
        out = real[name](*args, **kwargs)
        return out.view(Table) if isinstance(out, np.ndarray) else out
    return made


def extreme(name, fold):
    def made(values, *args, **kwargs):
        if holds_symbol(values):
            if isinstance(values, S):
                raise Untraceable("asks for the most of everybody")
            out = values[0]
            for one in values[1:]:
                out = fold(out, one)
            return out
        return real[name](values, *args, **kwargs)
    return made


UFUNCS = {
    "add": add, "subtract": subtract, "multiply": multiply, "divide": divide, "true_divide": divide,
    "floor_divide": lambda a, b: floor(divide(a, b)), "remainder": modulo, "negative": lambda a: subtract(0, a),
    "positive": number, "absolute": lambda a: larger(a, subtract(0, a)), "maximum": larger, "minimum": smaller,
    "fmax": larger, "fmin": smaller, "floor": floor, "ceil": ceil, "rint": around, "logical_not": negate,
    "logical_and": both, "logical_or": either, "invert": negate, "bitwise_and": both, "bitwise_or": either,
    "less": lambda a, b: compare(a, "below", b), "less_equal": lambda a, b: compare(a, "at most", b),
    "greater": lambda a, b: compare(a, "above", b), "greater_equal": lambda a, b: compare(a, "at least", b),
    "equal": equal, "not_equal": lambda a, b: negate(equal(a, b)), "clip": clip,
}
FUNCTIONS = {"select": select, "where": where, "clip": clip, "round": around, "round_": around, "around": around}


def instead_of_numpy():
    """From now on numpy makes tables that may be asked for what is not known yet."""
    for name in ("array", "genfromtxt", "stack"):
        setattr(np, name, tabled(name))
    for name, fold in (("max", larger), ("amax", larger), ("min", smaller), ("amin", smaller)):
        setattr(np, name, extreme(name, fold))
