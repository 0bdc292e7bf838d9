"""Brings the formulas of an OpenFisca country package over into the rule language, by running each once on symbols.

`openfisca.py declare PACKAGE REFORMS FOLDER` prints entities and variables; `openfisca.py trace PACKAGE ASKED` prints
the formulas that the variables in ASKED rest on, each for its period. Both print the lines that docs/rules.md describes.
A formula that asks for what the rule language has no words for is printed with the reason. Run by checks/openfisca.
"""

import importlib
import inspect
import json
import sys
import threading
from fractions import Fraction

from openfisca_core import periods
from openfisca_core.indexed_enums import Enum
from openfisca_symbols import (
    S, Untraceable, add, any_of, both, choose, disjoint, divide, equal, instead_of_numpy, is_const, lift, number,
    simple, subtract, truncate, truth,
)


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
    instead_of_numpy()
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
