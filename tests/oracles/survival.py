#!/usr/bin/env python3
"""Another program's answers to the questions of survival and intervals, as vectors.

Draws procedures (seeded, so that the file is the same every time), asks lifelines for the Kaplan-Meier curve with late
entries, its band and its percentiles, and for the Aalen-Johansen shares; and scipy for Wilson's
interval and the ranks of order statistics. `domain/indicators/tests/it/other_program.rs` compares.

    pip install lifelines==0.30.3 scipy==1.17.1
    python3 tests/oracles/survival.py > domain/indicators/tests/vectors/survival_lifelines.json

What it leaves out, and why: percentiles of a float curve that sits on the bound to within a rounding error, which
lifelines and exact fractions may decide differently; and days beyond the last event.
"""

import json
import math
import random
import sys
import warnings

import pandas
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from scipy import stats

SEED = 20261123
CAUSES = ["resolved", "withdrawn", "silence"]


def draw(rng, n, late):
    """Procedures: (entry or None, day, cause or None). Days are whole, from 1, so that ties are many."""
    rows = []
    while len(rows) < n:
        wait = 1 + int(rng.expovariate(1 / 14))
        cause = rng.choices(CAUSES, [7, 2, 1])[0]
        followed = rng.randint(1, 40)
        day, ended = (wait, cause) if wait <= followed else (followed, None)
        entry = rng.randint(1, 12) if late and rng.random() < 0.4 else None
        if entry is not None and entry >= day:
            continue
        rows.append((entry, day, ended))
    return rows


def kaplan_meier(rows):
    days = [day for _, day, _ in rows]
    observed = [ended == "resolved" for _, _, ended in rows]
    # Under watch from the day after its entry: half a day later keeps lifelines from counting it on the day itself.
    entries = [0 if entry is None else entry + 0.5 for entry, _, _ in rows]
    fitter = KaplanMeierFitter(alpha=0.05)
    fitter.fit(days, observed, entry=entries)
    table = fitter.event_table
    band = fitter.confidence_interval_survival_function_
    steps = []
    for day, row in table.iterrows():
        if row["observed"] == 0 or day == 0:
            continue
        survival = float(fitter.survival_function_.loc[day].iloc[0])
        low, high = (float(value) for value in band.loc[day])
        steps.append({
            "day": int(day),
            "at_risk": int(row["at_risk"]),
            "events": int(row["observed"]),
            "survival": survival,
            "low": None if survival <= 0 or math.isnan(low) else low,
            "high": None if survival <= 0 or math.isnan(high) else high,
        })
    percentiles = {}
    for thousandths in (250, 500, 800, 900):
        bound = 1 - thousandths / 1000
        if any(abs(step["survival"] - bound) < 1e-9 for step in steps):
            continue
        day = fitter.percentile(bound)
        percentiles[str(thousandths)] = None if math.isinf(day) else int(day)
    return {"steps": steps, "percentiles": percentiles}


def aalen_johansen(rows):
    """Without late entries, which lifelines' Aalen-Johansen does not know, and without ties, which it breaks at random."""
    days = pandas.Series([day for _, day, _ in rows])
    codes = pandas.Series([0 if ended is None else 1 + CAUSES.index(ended) for _, _, ended in rows])
    shares = {}
    for index, cause in enumerate(CAUSES):
        if not (codes == index + 1).any():
            continue
        fitter = AalenJohansenFitter(calculate_variance=False)
        fitter.fit(days, codes, event_of_interest=index + 1)
        column = fitter.cumulative_density_.iloc[:, 0]
        shares[cause] = [[int(day), float(value)] for day, value in column.items() if day > 0]
    return shares


def wilson(rng):
    cases = []
    for _ in range(40):
        n = rng.randint(1, 2000)
        k = rng.randint(0, n)
        interval = stats.binomtest(k, n).proportion_ci(0.95, method="wilson")
        cases.append({"k": k, "n": n, "low": float(interval.low), "high": float(interval.high)})
    return cases


def ranks(rng):
    """The largest r with P(B < r) <= 0.025, and the smallest s with P(B >= s) <= 0.025; 0 and n + 1 for none."""
    cases = []
    for thousandths in (250, 500, 800, 900, 950, 990):
        for n in sorted(rng.sample(range(1, 201), 12)):
            binomial = stats.binom(n, thousandths / 1000)
            low = max((r for r in range(1, n + 1) if binomial.cdf(r - 1) <= 0.025), default=0)
            high = min((s for s in range(1, n + 1) if binomial.sf(s - 1) <= 0.025), default=n + 1)
            cases.append({"quantile": thousandths, "n": n, "low": low, "high": high})
    return cases


def main():
    warnings.simplefilter("ignore")
    rng = random.Random(SEED)
    samples = []
    for index, n in enumerate([5, 8, 12, 20, 40, 80, 150, 300, 600] * 2):
        late = index >= 9
        rows = draw(rng, n, late)
        samples.append({"rows": rows, "kaplan_meier": kaplan_meier(rows)})
    for n in [5, 10, 20, 40, 80, 160]:
        rows = [(None, day, rng.choice([None, *CAUSES])) for day in rng.sample(range(1, 4 * n), n)]
        samples.append({"rows": rows, "kaplan_meier": kaplan_meier(rows), "aalen_johansen": aalen_johansen(rows)})
    answers = {"made_by": "tests/oracles/survival.py, lifelines 0.30.3, scipy 1.17.1", "seed": SEED,
               "samples": samples, "wilson": wilson(rng), "ranks": ranks(rng)}
    json.dump(answers, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
