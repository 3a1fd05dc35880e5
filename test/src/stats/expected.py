"""Writes expected.json: the values that src/stats is held against.

    python3 -m venv /tmp/scipy && /tmp/scipy/bin/pip install scipy==1.17.1 hdrhistogram==0.10.8
    /tmp/scipy/bin/python test/src/stats/expected.py > test/src/stats/expected.json
"""

import json

import numpy as np
import scipy
from hdrh.histogram import HdrHistogram
from scipy import stats

VERSION = "1.17.1"
assert scipy.__version__ == VERSION, f"made with SciPy {VERSION}, this is {scipy.__version__}"
rng = np.random.default_rng(20_240_601)


def samples():
    for m, n in [(3, 4), (5, 5), (7, 12), (10, 10), (30, 30), (12, 30)]:
        yield np.round(rng.lognormal(8, 0.2, m), 6), np.round(rng.lognormal(8.1, 0.2, n), 6)


def rank_sums():
    for a, b in samples():
        found = stats.mannwhitneyu(a, b, method="exact", alternative="two-sided")
        yield {"a": a.tolist(), "b": b.tolist(), "u": found.statistic, "p": found.pvalue}


def tied():
    """Every one of the ways to deal out the ranks, by brute force."""
    for m, n in [(4, 5), (6, 6), (8, 8), (5, 9), (10, 8)]:
        a, b = rng.integers(0, 6, m), rng.integers(1, 7, n)

        def u(x, y, axis):
            ranks = stats.rankdata(np.concatenate([x, y], axis=axis), axis=axis)
            return ranks[..., :m].sum(axis=axis) - m * (m + 1) / 2

        found = stats.permutation_test(
            (a, b), u, permutation_type="independent", vectorized=True, n_resamples=np.inf
        )
        yield {"a": a.tolist(), "b": b.tolist(), "u": float(found.statistic), "p": float(found.pvalue)}


def large():
    a, b = rng.integers(100, 140, 40), rng.integers(105, 145, 50)
    found = stats.mannwhitneyu(a, b, method="asymptotic", use_continuity=True)
    yield {"a": a.tolist(), "b": b.tolist(), "u": found.statistic, "p": found.pvalue}


def shifts():
    """The bounds by turning the exact test around: the shifts of b that it does not reject."""
    for a, b in samples():
        differences = np.sort(np.subtract.outer(b, a).ravel())
        between = (differences[:-1] + differences[1:]) / 2
        probes = [differences[0] - 1, *between, differences[-1] + 1]
        kept = [stats.mannwhitneyu(a, b - d, method="exact").pvalue > 0.05 for d in probes]
        first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
        yield {
            "a": a.tolist(),
            "b": b.tolist(),
            "estimate": float(np.median(differences)),
            "lower": float(differences[first - 1]) if first > 0 else None,
            "upper": float(differences[last]) if last < len(differences) else None,
        }


def bootstraps():
    for n in [5, 10, 20]:
        a = np.round(rng.lognormal(8, 0.1, n), 6)
        b = np.round(a * rng.lognormal(0.05, 0.1, n) * (1 + rng.exponential(0.1, n)), 6)
        steps = np.log(b / a)
        tail = stats.norm.cdf(-stats.t.ppf(0.975, n - 1) * np.sqrt(n / (n - 1)))
        found = stats.bootstrap(
            (steps,), np.mean, n_resamples=400_000, batch=20_000, rng=rng,
            method="percentile", confidence_level=1 - 2 * tail,
        )
        low, high = found.confidence_interval
        yield {
            "a": a.tolist(),
            "b": b.tolist(),
            "estimate": float(np.exp(steps.mean())),
            "lower": float(np.exp(low)),
            "upper": float(np.exp(high)),
        }


def proportions():
    for failures, requests, level in [
        (0, 10, 0.95), (1, 10, 0.95), (10, 10, 0.95), (5, 10, 0.99), (2, 1_000_000, 0.95),
        (0, 100_000_000, 0.95), (999_998, 1_000_000, 0.95), (37, 1_234, 0.9), (50_000, 100_000, 0.95),
        (12_345, 100_000_000, 0.95),
    ]:
        found = stats.binomtest(failures, requests).proportion_ci(level, method="exact")
        # The library's own interval is a root to 2e-12; the quantile of the beta distribution is sharper.
        rest = (1 - level) / 2
        lower = 0.0 if failures == 0 else stats.beta.ppf(rest, failures, requests - failures + 1)
        upper = 1.0 if failures == requests else stats.beta.isf(rest, failures + 1, requests - failures)
        assert abs(found.low - lower) < 1e-8 and abs(found.high - upper) < 1e-8
        yield {
            "failures": failures, "requests": requests, "level": level,
            "lower": float(lower), "upper": float(upper),
        }


def adjusted():
    for ps in [[0.01, 0.04, 0.03, 0.005], [0.2], [0.5, 0.5, 0.001], [0.04, 0.04], rng.uniform(0, 0.2, 7).tolist()]:
        # SciPy has no Holm: the definition, over its order of the values.
        order = stats.rankdata(ps, method="ordinal").astype(int) - 1
        by_rank = sorted(ps)
        steps = np.maximum.accumulate([min(1, p * (len(ps) - i)) for i, p in enumerate(by_rank)])
        yield {"ps": ps, "adjusted": [float(steps[i]) for i in order]}

def histogram():
    times = np.round(rng.lognormal(7, 1.5, 2_000)).astype(int).tolist() + [1, 59_000_000]
    found = HdrHistogram(1, 60_000_000, 3)
    for time in times:
        found.record_value(time)
    percentiles = [50, 90, 99, 99.9, 100]
    return {
        "encoded": found.encode().decode(),
        "count": len(times),
        "percentiles": [[p, found.get_value_at_percentile(p)] for p in percentiles],
    }


print(json.dumps({
    "scipy": scipy.__version__,
    "mannWhitney": list(rank_sums()),
    "tied": list(tied()),
    "large": list(large()),
    "shift": list(shifts()),
    "pairedRatio": list(bootstraps()),
    "failureRate": list(proportions()),
    "holm": list(adjusted()),
    "normal": [[x, float(stats.norm.cdf(x))] for x in [-30, -8, -4.5, -4, -3.9, -1.96, 0, 0.5, 1.2816, 3, 5, 8]],
    "student": [[p, v, float(stats.t.ppf(p, v))] for p, v in [(0.975, 8), (0.8, 18), (0.999, 2), (0.6, 58)]],
    "logGamma": [[x, float(scipy.special.gammaln(x))] for x in [0.5, 1, 2, 3.7, 14.9, 15, 16, 1000, 123456789]],
    "histogram": histogram(),
    "beta": [[x, a, b, float(stats.beta.cdf(x, a, b))] for x, a, b in
             [(0.3, 2, 5), (0.999, 0.5, 0.5), (1e-6, 3, 1e6), (0.5, 1000, 1000), (0.2, 40, 200), (0.9, 7, 1)]],
}, indent=1))
