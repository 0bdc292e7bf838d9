"""Brings the formulas of an OpenFisca country package over into the rule language, by running each once on symbols.

`openfisca.py declare PACKAGE REFORMS FOLDER` prints entities and variables; `openfisca.py trace PACKAGE ASKED` prints
the formulas that the variables in ASKED rest on, each for its period. Both print the lines that docs/rules.md describes.
A formula that asks for what the rule language has no words for is printed with the reason. Run by checks/openfisca.
"""

import datetime
import importlib
import inspect
import json
import sys
import threading
from fractions import Fraction

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


class Tracer:
    """Runs formulas on symbols, and writes them down."""

    def __init__(self, reforms, system, out):
        self.reforms, self.system, self.out = reforms, system, out
        self.done, self.waiting = set(), []
        self.group = next(one for one in system.entities if not one.is_person)

    def line(self, *parts):
        escape = lambda text: str(text).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
        self.out.write("\t".join(map(escape, parts)) + "\n")

    def ask(self, name, period):
        if (name, key(period)) not in self.done:
            self.done.add((name, key(period)))
            self.waiting.append((name, period))

    def run(self):
        while self.waiting:
            name, period = self.waiting.pop()
            try:
                self.trace(name, period)
            except Exception as wrong:  # whatever a formula does, the others are brought over
                why = str(wrong) if isinstance(wrong, Untraceable) else f"{type(wrong).__name__}: {wrong}"
                self.line("untraced", self.reforms, name, key(period), f"`{name}` {why}".replace("\n", " ")[:300])

    def variable(self, name, ent):
        variable = self.system.get_variable(name)
        if variable is None:
            raise Untraceable(f"asks for `{name}`, which is not declared")
        own = "p" if variable.entity.is_person else "g"
        if ent is not None and own != ent:
            raise Untraceable(f"asks the wrong entity for `{name}`")
        if own == "g" and variable.entity.key != self.group.key:
            raise Untraceable("asks a second kind of group")
        return variable, own

    def calculate(self, name, period, ent, options=None):
        variable, ent = self.variable(name, ent)
        period = periods.period(period) if not isinstance(period, periods.Period) else period
        unit = str(variable.definition_period)
        options = [str(one).lower() for one in options or []]
        if unit == "eternity":
            period = periods.period("ETERNITY")
        elif "add" in options:
            out = None
            for one in period.get_subperiods(variable.definition_period):
                value = self.calculate(name, one, ent)
                out = value if out is None else add(out, value)
            return out
        elif "divide" in options:
            if unit == "year" and str(period.unit) == "month":
                return divide(self.calculate(name, period.this_year, ent), 12)
            if unit != str(period.unit):
                raise Untraceable(f"divides a {unit} by {period.unit}")
        elif str(period.unit) != unit or period.size != 1:
            raise Untraceable(f"asks for `{name}` of a {unit} for {period}")
        self.ask(name, period)
        kind = "enum" if variable.value_type is Enum else variable.value_type.__name__
        return S("var", [], kind, ent, (name, key(period), variable.possible_values if kind == "enum" else None))

    def trace(self, name, period):
        variable, ent = self.variable(name, None)
        if not variable.formulas:
            return
        formula = variable.get_formula(period)
        if formula is None:
            result = lift(default_of(variable))
        else:
            population = Persons(self) if ent == "p" else Group(self)
            count = len(inspect.signature(formula).parameters)
            result = formula(*[population, period, self.parameters][:count])
        result = cast(result, variable)
        if result.ent not in (ent, None):
            raise Untraceable("comes to a value of another entity")
        Writer(self, name, key(period), ent).formula(result)

    def parameters(self, period):
        instant = period.start if isinstance(period, periods.Period) else periods.instant(period)
        return Node(self.system.get_parameters_at_instant(instant), "", str(instant))


def key(period):
    unit = str(period.unit)
    return "eternity" if unit == "eternity" else f"{'day' if unit == 'weekday' else unit}:{period.start}" + (
        "" if period.size == 1 else f":{period.size}")


def default_of(variable):
    return variable.default_value


def cast(result, variable):
    result = lift(result)
    if variable.value_type is bool:
        return truth(result)
    if variable.value_type is int:
        return truncate(result)
    if variable.value_type is float:
        return number(result)
    kind = "enum" if variable.value_type is Enum else variable.value_type.__name__
    if kind == "enum" and result.kind == "str" and result.op == "const":
        return lift(variable.possible_values[result.data])
    if result.kind != kind:
        raise Untraceable(f"comes to {result.kind}, and is {kind}")
    return result


class Node:
    """Parameters under a path, on a day."""

    def __init__(self, node, path, instant):
        self._node, self._path, self._instant = node, path, instant

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        path = f"{self._path}.{name}" if self._path else name
        value = simple(getattr(self._node, name))
        if hasattr(value, "calc"):
            return ScaleOn(path, self._instant)
        if isinstance(value, (bool, int, float)):
            return S("param", [], type(value).__name__, None, (path, self._instant))
        if isinstance(value, (list, str)):
            return value
        if value is None:
            raise Untraceable(f"asks for the parameter `{path}`, which was abolished")
        return Node(value, path, self._instant)

    def __getitem__(self, at):
        if isinstance(at, str):
            return getattr(self, at)
        at = lift(at)
        if at.kind != "enum" or at.op != "var":
            raise Untraceable("picks a parameter by what is no option")
        options = list(at.data[2])
        out = getattr(self, options[-1].name)
        for option in options[-2::-1]:
            out = choose(equal(at, option), getattr(self, option.name), out)
        return out


class ScaleOn:
    """A scale on a day."""

    def __init__(self, path, instant):
        self.path, self.instant = path, instant

    def calc(self, base, *args, **kwargs):
        if args or kwargs:
            raise Untraceable("asks a scale for more than its sum")
        base = number(base)
        return S("calc", [base], "float", base.ent, (self.path, self.instant))


class Population:
    """What persons and groups have in common."""

    def __init__(self, tracer):
        self.tracer = tracer

    def has_role(self, role):
        if getattr(role, "subroles", None):
            raise Untraceable("asks for a role that others make up")
        return S("role", [], "bool", "p", role.key)

    def get_rank(self, _entity, criteria, condition=True):
        criteria, condition = number(criteria), truth(condition)
        ranked = S("rank", [criteria, condition], "int", "p")
        return choose(condition, subtract(ranked, 1), -1)

    def filled_array(self, value, **_):
        return lift(value)

    def empty_array(self):
        return lift(0)


class Persons(Population):
    """Persons, as a formula asks them."""

    def __call__(self, name, period, options=None, **_):
        return self.tracer.calculate(name, period, "p", options)

    def __getattr__(self, name):
        if name == self.tracer.group.key:
            return Projected(Group(self.tracer))
        raise Untraceable(f"asks persons for `{name}`")


class Group(Population):
    """Groups, as a formula asks them."""

    def __call__(self, name, period, options=None, **_):
        return self.tracer.calculate(name, period, "g", options)

    def __getattr__(self, name):
        raise Untraceable(f"asks groups for `{name}`")

    @property
    def members(self):
        return Persons(self.tracer)

    def over(self, word, values, role):
        condition = lift(True) if role is None else self.has_role(role)
        if values.ent == "g":
            raise Untraceable("adds up values of groups")
        return S("over", [values, condition], "bool" if word in ("any", "all") else values.kind, "g", word)

    def sum(self, values, role=None):
        values = lift(values)
        if values.kind == "bool":
            return self.count(both(values, True if role is None else self.has_role(role)))
        return self.over("sum", number(values), role)

    def count(self, condition):
        return S("count", [condition], "int", "g")

    def any(self, values, role=None): return self.over("any", truth(values), role)
    def all(self, values, role=None): return self.over("all", truth(values), role)
    def max(self, values, role=None): return self.over("max", number(values), role)
    def min(self, values, role=None): return self.over("min", number(values), role)

    def nb_persons(self, role=None):
        return self.count(lift(True) if role is None else self.has_role(role))

    def value_from_person(self, values, role, default=0):
        if role.max != 1:
            raise Untraceable("asks for the value of one of several")
        values = lift(values)
        own = self.any(values, role) if values.kind == "bool" else self.sum(values, role)
        return choose(equal(self.nb_persons(role), 0), default, own)

    def project(self, values):
        return projected(values)


class Projected:
    """The group of each person."""

    def __init__(self, group):
        self.group = group

    def __call__(self, *args, **kwargs):
        return projected(self.group(*args, **kwargs))

    def __getattr__(self, name):
        own = getattr(self.group, name)
        return (lambda *args, **kwargs: projected(own(*args, **kwargs))) if callable(own) and name != "members" else own


def projected(value):
    value = lift(value)
    return S("of", [value], value.kind, "p", value.data if value.op == "var" else None) if value.ent == "g" else value


class Writer:
    """Writes one formula down; what it asks for more than once, and what lies too deep, gets a line of its own."""

    def __init__(self, tracer, name, period, ent):
        self.tracer, self.name, self.period, self.ent = tracer, name, period, ent
        self.uses, self.locals, self.texts = {}, {}, {}

    def formula(self, result):
        self.count(result)
        self.write(self.name, result, self.ent)

    def write(self, name, one, ent):
        text = self.text(one, ent, own=True)
        entity = "person" if ent == "p" else "household"
        self.tracer.line("formula", self.tracer.reforms, name, self.period, entity, text)

    def count(self, one):
        stack = [one]
        while stack:
            one = stack.pop()
            self.uses[id(one)] = self.uses.get(id(one), 0) + 1
            if self.uses[id(one)] == 1:
                stack.extend(one.args)

    def local(self, one):
        if id(one) not in self.locals:
            name = f"{self.name}~{len(self.locals) + 1}"
            self.locals[id(one)] = (name, one)
            self.write(name, one, one.ent)
        return f"⟦v {self.locals[id(one)][0]} {self.period}⟧"

    def text(self, one, scope, own=False):
        """The words of a value, in a formula of `scope`."""
        small = one.op in ("var", "const", "param", "role", "of", "part") or one.ent is None
        shared = self.uses.get(id(one), 0) > 1 or one.depth % 9 == 0
        group = "household." if scope == "p" and one.ent == "g" else ""
        if not own and not small and (shared or group):
            return group + self.local(one)
        return self.spelled(one, scope, group)

    def spelled(self, one, scope, group):
        t = lambda at: self.text(one.args[at], scope)
        if one.op == "const":
            return constant(one)
        if one.op == "var":
            name, period, _ = one.data
            return f"{group}⟦n {name} {period}⟧" if one.kind == "enum" else f"{group}⟦v {name} {period}⟧"
        if one.op == "of":
            return self.text(one.args[0], "p")
        if one.op == "param":
            return f"⟦p {one.data[0]} {one.data[1]}⟧"
        if one.op == "role":
            return f"⟦r {one.data}⟧"
        if one.op == "part":
            return f"({one.data} of {t(0)})"
        if one.op in ("+", "-", "*"):
            return f"({t(0)} {one.op} {t(1)})"
        if one.op == "/":
            return self.quotient(one, scope)
        if one.op == "round":
            inner, (how, step) = one.args[0], one.data
            over = self.fraction(inner, scope) if inner.op == "/" else self.text(inner, scope)
            return f"(round {how} to {step} ({over}))"
        if one.op in ("larger", "smaller"):
            return f"{one.op}({t(0)}, {t(1)})"
        if one.op == "not":
            return f"(not ({t(0)}))"
        if one.op in ("and", "or"):
            return "(" + f" {one.op} ".join(self.text(arg, scope) for arg in one.args) + ")"
        if one.op == "if":
            return f"(if {t(0)} then {t(1)} else {t(2)})"
        if one.op == "compare":
            return f"({t(0)} {one.data} {t(1)})"
        if one.op == "is":
            return self.same(one, scope)
        if one.op == "select":
            return self.text(self.chain(one), scope)
        if one.op == "count":
            where = "" if is_const(one.args[0], True) else f" where ({self.text(one.args[0], 'p')})"
            return f"(count members{where})"
        if one.op == "over":
            where = "" if is_const(one.args[1], True) else f" where ({self.text(one.args[1], 'p')})"
            return f"({one.data} ({self.text(one.args[0], 'p')}) over members{where})"
        if one.op == "rank":
            where = "" if is_const(one.args[1], True) else f" where ({self.text(one.args[1], 'p')})"
            return f"(rank ({self.text(one.args[0], 'p')}) over members{where})"
        if one.op == "calc":
            base = one.args[0]
            said = self.text(base, scope) if base.op == "var" else self.local(base)
            return f"⟦c {one.data[0]} {one.data[1]}⟧{said}⟦/c⟧"
        raise Untraceable(f"asks for `{one.op}`")

    def quotient(self, one, scope):
        over, under = one.args
        if under.op == "const":
            by = Fraction(str(under.data))
            if by == 0:
                raise Untraceable("divides by zero")
            top = self.text(over, scope)
            top = top if by.denominator == 1 else f"({top} * {by.denominator})"
            return f"({top} / {by.numerator})" if by > 0 else f"(0 - {top} / {-by.numerator})"
        return f"(round half up to 0.000001 ({self.fraction(one, scope)}))"

    def fraction(self, one, scope):
        return f"{self.text(one.args[0], scope)} / {self.text(one.args[1], scope)}"

    def same(self, one, scope):
        left, right = one.args
        var = left.args[0] if left.op == "of" else left
        if left.kind == "enum" and right.op == "const" and var.op == "var":
            # A module may have been loaded twice: options are the same by their names, as OpenFisca has it.
            same = type(right.data).__name__ == var.data[2].__name__
            if not same or right.data.name not in [option.name for option in var.data[2]]:
                return "no"
            group = "household." if scope == "p" and var.ent == "g" else ""
            return f"{group}⟦e {var.data[0]} {var.data[1]} {right.data.name}⟧"
        return f"({self.text(left, scope)} is {self.text(right, scope)})"

    def chain(self, one):
        """A choice among several as one `if` in another, with equal outcomes joined where that changes nothing."""
        conds, choices, default = one.data
        if all(is_const(choice) for choice in choices) and disjoint(conds):
            by_value = {}
            for cond, choice in zip(conds, choices):
                by_value.setdefault((choice.kind, choice.data), (choice, []))[1].append(cond)
            pairs = [(any_of(some), choice) for choice, some in by_value.values()]
        else:
            pairs = list(zip(conds, choices))
        out = default
        for cond, choice in reversed(pairs):
            out = choose(cond, choice, out)
        self.count(out)
        return out


def constant(one):
    value = one.data
    if one.kind == "bool":
        return "yes" if value else "no"
    if one.kind == "date":
        return str(value)
    if one.kind == "str":
        return f"⟦s {value}⟧"
    if one.kind == "enum":
        return str(list(type(value)).index(value))
    sign, size = ("-", -value) if value < 0 else ("", value)
    if isinstance(size, float) and not size.is_integer():
        exact = Fraction(str(size))
        near = Fraction(size).limit_denominator(10_000)
        if exact.denominator > 1_000_000 and abs(float(near) - size) < 1e-12:
            text = f"({near.numerator} / {near.denominator})"
        else:
            text = f"{size:.9f}".rstrip("0").rstrip(".")
    else:
        text = str(int(size))
    return f"(0 - {text})" if sign else text


def systems(package, reforms):
    """The country's system, under each list of reforms."""
    module = importlib.import_module(package)
    base = module.CountryTaxBenefitSystem()
    out = {}
    for one in reforms:
        system = base
        for path in filter(None, one.split(",")):
            room, name = path.rsplit(".", 1)
            system = getattr(importlib.import_module(room), name)(system)
        out[one] = system
    return out


def declare(package, reforms_file, folder):
    reforms = open(reforms_file, encoding="utf-8").read().split("\n")
    known = systems(package, sorted({*reforms, ""}))
    for reform, system in known.items():
        tracer = Tracer(reform, system, sys.stdout)
        person = next(one for one in system.entities if one.is_person)
        if reform == "":
            tracer.line("person", person.key, person.plural)
            tracer.line("group", tracer.group.key, tracer.group.plural)
            for role in tracer.group.roles:
                tracer.line("role", role.key, role.plural or role.key, role.max or "")
        else:
            path = f"{folder}/{reform.replace('.', '_').replace(',', '_')}.json"
            with open(path, "w", encoding="utf-8") as file:
                json.dump(dict(parameters_of(system.parameters, "")), file, ensure_ascii=False, indent=1)
            tracer.line("parameters", reform, path)
        for name, variable in sorted(system.variables.items()):
            if not variable.entity.is_person and variable.entity.key != tracer.group.key:
                continue
            spread = getattr(variable.set_input, "__name__", "") or ""
            spread = "divide" if "divide" in spread else "dispatch" if "dispatch" in spread else ""
            kind, options, default = variable.value_type.__name__, "", variable.default_value
            if variable.value_type is Enum:
                kind, options = "enum", f"{variable.possible_values.__name__}:" + "|".join(
                    one.name for one in variable.possible_values)
                default = default.name
            entity = "person" if variable.entity.is_person else "household"
            computed = "computed" if variable.formulas else ""
            unit = str(variable.definition_period)
            tracer.line("variable", reform, name, entity, kind, options, "day" if unit == "weekday" else unit, spread,
                        default, computed, " ".join((variable.label or name).split()))


def parameters_of(node, path):
    """Parameters as OpenFisca would write them, by their paths."""
    for name, child in node.children.items():
        own = f"{path}.{name}" if path else name
        if hasattr(child, "brackets"):
            brackets = []
            for bracket in child.brackets:
                brackets.append({part: dated(one) for part, one in bracket.children.items()})
            yield own, {"description": child.description or own, "metadata": plain(child.metadata), "brackets": brackets}
        elif hasattr(child, "values_list"):
            yield own, {"description": child.description or own, "metadata": plain(child.metadata), "values": dated(child)}
        else:
            yield from parameters_of(child, own)


def dated(parameter):
    return {one.instant_str: {"value": one.value} for one in parameter.values_list}


def plain(metadata):
    return {name: str(value) for name, value in (metadata or {}).items() if isinstance(value, (str, int, float))}


def trace(package, asked_file):
    asked = [line.split("\t") for line in open(asked_file, encoding="utf-8").read().splitlines()]
    known = systems(package, sorted({reforms for reforms, *_ in asked}))
    tracers = {reforms: Tracer(reforms, system, sys.stdout) for reforms, system in known.items()}
    for name in ("array", "genfromtxt", "stack"):
        setattr(np, name, tabled(name))
    for name, fold in (("max", larger), ("amax", larger), ("min", smaller), ("amin", smaller)):
        setattr(np, name, extreme(name, fold))
    for reforms, name, period in asked:
        tracers[reforms].ask(name, periods.period("ETERNITY") if period == "eternity" else periods.period(period))
    for tracer in tracers.values():
        tracer.run()


def main(failed):
    act, *rest = sys.argv[1:]
    try:
        {"declare": declare, "trace": trace}[act](*rest)
    except BaseException:
        failed.append(act)
        raise


if __name__ == "__main__":
    # A table of a thousand rows is a choice in a choice a thousand times.
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 << 20)
    failed = []
    thread = threading.Thread(target=main, args=(failed,))
    thread.start()
    thread.join()
    sys.exit(1 if failed else 0)
