"""Makes facts, writes them as CSV, and lets OpenFisca compute the disposable income of its country template."""

import resource
import sys
import time

import numpy as np
from openfisca_core.simulations import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem

count, work, month = int(sys.argv[1]), sys.argv[2], "2025-01"
dice = np.random.default_rng(20201221)
home = np.repeat(np.arange(count), dice.choice([1, 2, 3, 4, 5], p=[0.2, 0.3, 0.25, 0.15, 0.1], size=count))[:count]
homes = home[-1] + 1
first = np.r_[True, home[1:] != home[:-1]]
role = np.where(first | (dice.random(count) < 0.45), "adult", "child")
birth = np.datetime64("1940-01-01") + dice.integers(0, 30000, count).astype("timedelta64[D]")
salary = np.where(role == "adult", dice.integers(0, 15000, count), 0)
size = dice.integers(1, 160, homes)

with open(f"{work}/persons.csv", "w") as file:
    file.write("person,household,role,birth,salary\n")
    for at in range(count):
        file.write(f"P{at},H{home[at]},{role[at]},{birth[at]},{salary[at]}\n")
with open(f"{work}/households.csv", "w") as file:
    file.write("household,size\n")
    for at in range(homes):
        file.write(f"H{at},{size[at]}\n")

times, worked = [], []
for _ in range(3):
    system = CountryTaxBenefitSystem()
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(count))
    households = builder.declare_entity("household", np.arange(homes))
    builder.join_with_persons(households, home, role)
    simulation = builder.build(system)
    simulation.set_input("birth", "ETERNITY", birth)
    simulation.set_input("salary", month, salary)
    simulation.set_input("accommodation_size", month, size)
    started, busy = time.perf_counter(), time.process_time()
    income = simulation.calculate("disposable_income", month)
    times.append(time.perf_counter() - started)
    worked.append(time.process_time() - busy)
times.sort()
total = np.maximum(income.astype("float64"), 0).sum()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{count} persons in {homes} households")
print(f"openfisca\tleast={times[0]:.4f}\tmedian={times[1]:.4f}\tcpu={min(worked):.4f}\tsum={total:.2f} (float32)\tpeak_mb={peak}")
