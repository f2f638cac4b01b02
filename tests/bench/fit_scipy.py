"""A plain fit of the same likelihoods with SciPy, as an analyst would write it: L-BFGS-B on the
logarithms of the parameters, gradient by differences. Prints JSON lines, the best of five runs."""

import json
import sys
import time

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

repeats, last, age = np.loadtxt(sys.argv[1], unpack=True)
t_x, T = last / 7, age / 7


def bg_nbd(theta):
    r, alpha, a, b = np.exp(theta)
    first = betaln(a, b + repeats) - betaln(a, b) - (r + repeats) * np.log(alpha + T)
    second = np.where(
        repeats > 0,
        betaln(a + 1, b + np.maximum(repeats, 1) - 1) - betaln(a, b) - (r + repeats) * np.log(alpha + t_x),
        -np.inf,
    )
    likelihood = gammaln(r + repeats) - gammaln(r) + r * np.log(alpha) + np.logaddexp(first, second)
    return -likelihood.sum()


def mbg_nbd(theta):
    r, alpha, a, b = np.exp(theta)
    first = betaln(a, b + repeats + 1) - betaln(a, b) - (r + repeats) * np.log(alpha + T)
    second = betaln(a + 1, b + repeats) - betaln(a, b) - (r + repeats) * np.log(alpha + t_x)
    likelihood = gammaln(r + repeats) - gammaln(r) + r * np.log(alpha) + np.logaddexp(first, second)
    return -likelihood.sum()


def nbd(theta):
    r, alpha = np.exp(theta)
    likelihood = (
        gammaln(r + repeats) - gammaln(r) + r * np.log(alpha) - (r + repeats) * np.log(alpha + T)
    )
    return -likelihood.sum()


for name, function, size in (("nbd", nbd, 2), ("bg_nbd", bg_nbd, 4), ("mbg_nbd", mbg_nbd, 4)):
    best, found = np.inf, None
    for _ in range(5):
        start = time.perf_counter()
        found = minimize(function, np.full(size, 0.1), method="L-BFGS-B")
        best = min(best, time.perf_counter() - start)
    print(json.dumps({"model": name, "fit_ms": best * 1000, "log_likelihood": -found.fun}))
