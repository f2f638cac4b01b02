# Writes customer_base_reference.inc: customers of random, often extreme parameters and histories, by
# the closed forms of the papers at 80 to 400 digits, which shares no formula with the engine.
#   python3 tests/core/customer_base_reference.py > tests/core/customer_base_reference.inc   (mpmath 1.3)
import random
import signal

from mpmath import mp, mpf, hyp2f1, loggamma, exp, log, log1p, quad, beta as beta_function, inf


class TooSlow(Exception):
    pass


def give_up(*_):
    raise TooSlow


signal.signal(signal.SIGALRM, give_up)
generator = random.Random(20261121)


def log_uniform(low, high):
    return float("%.6g" % (10 ** generator.uniform(mp.log10(low), mp.log10(high))))


def survived(a, b, n):
    return exp(loggamma(b + n) + loggamma(a + b) - loggamma(b) - loggamma(a + b + n))


def dropout_after_orders(shift, r, alpha, a, b, x, t, T, horizon):
    """Fader, Hardie and Lee (2005); Batislam, Denizel and Filiztekin (2007)."""
    R = r + x
    rates = exp(loggamma(R) - loggamma(r)) * alpha ** r
    stayed = survived(a, b, x + shift) * (alpha + T) ** -R
    left = mpf(0)
    if x + shift > 0:
        left = survived(a, b, x + shift - 1) * a / (a + b + x + shift - 1) * (alpha + t) ** -R
    alive = stayed / (stayed + left)
    b_after = b + x + shift
    c = a + b_after - 1
    bracket = 1 - ((alpha + T) / (alpha + T + horizon)) ** R * hyp2f1(
        R, b_after, c, horizon / (alpha + T + horizon))
    return log(rates * (stayed + left)), alive, alive * c / (a - 1) * bracket


def dropout_in_time(r, alpha, s, beta, x, t, T, horizon):
    """Schmittlein, Morrison and Colombo (1987), Fader and Hardie (2005)."""
    R = r + x
    rates = exp(loggamma(R) - loggamma(r)) * alpha ** r * beta ** s
    stayed = (alpha + T) ** -R * (beta + T) ** -s

    def F(y):
        if alpha >= beta:
            return hyp2f1(R + s, s + 1, R + s + 1, (alpha - beta) / (alpha + y)) / (alpha + y) ** (R + s)
        return hyp2f1(R + s, R, R + s + 1, (beta - alpha) / (beta + y)) / (beta + y) ** (R + s)

    left = s / (R + s) * (F(t) - F(T))
    alive = stayed / (stayed + left)
    expected = alive * R * (beta + T) / (alpha + T) / (s - 1) * (
        1 - ((beta + T) / (beta + T + horizon)) ** (s - 1))
    return log(rates * (stayed + left)), alive, expected


def residual_after_orders(r, alpha, a, b_after, x, T, alive, rate):
    """The intensity of orders, a hypergeometric function, under the discount."""
    R, A = r + x, alpha + T
    f = lambda u: exp(-rate * A * (exp(u) - 1) + u) * hyp2f1(R + 1, a, a + b_after, 1 - exp(u))
    end = log(1 + 90 / (rate * A))
    return alive * R * quad(f, [end * k / 12 for k in range(13)])


def residual_in_time(r, alpha, s, beta, x, T, alive, rate):
    z = rate * (beta + T)
    return alive * (r + x) / (alpha + T) * (beta + T) * exp(z) * mp.expint(s, z)


def text(value):
    return mp.nstr(value, 17, min_fixed=0, max_fixed=0)


print("// {model, {parameters}, {x, t_x, T}, horizon, rate, ln L, P(alive), E[Y], residual (0: not given)},")
print("// written by customer_base_reference.py.")
wanted = 60
for model in ("bg_nbd", "mbg_nbd", "pareto_nbd"):
    rows = 0
    while rows < wanted:
        wide = rows % 3 > 0
        low, high = ((1e-3, 5e3) if rows % 3 == 1 else (1e-6, 1e6)) if wide else (0.1, 20)
        parameters = [log_uniform(low, high) for _ in range(4)]
        x = generator.choice([0, 0, 1, 2, 5, int(log_uniform(1, 5000 if wide else 60))])
        T = log_uniform(0.5, 300)
        t = 0.0 if x == 0 else float("%.6g" % (T * generator.choice([generator.random(), 1 - 1e-3 * generator.random(), 0.01])))
        horizon = log_uniform(0.01, 1000)
        rate = log_uniform(1e-4, 0.1)
        residual = mpf(0)
        values = None
        for digits in (80, 400):
            mp.dps = digits
            signal.alarm(4)
            try:
                p = [mpf(v) for v in parameters]
                if model == "pareto_nbd":
                    now = dropout_in_time(*p, x, mpf(t), mpf(T), mpf(horizon))
                else:
                    now = dropout_after_orders(1 if model == "mbg_nbd" else 0, *p, x, mpf(t), mpf(T), mpf(horizon))
                signal.alarm(0)
            except (TooSlow, ValueError, ZeroDivisionError, mp.NoConvergence):
                signal.alarm(0)
                values = None
                break
            same = values is not None and all(abs(a - b) <= mpf(10) ** -20 * abs(b) for a, b in zip(values, now))
            values = now if digits == 80 or same else None
        if values is None or not (0 < values[1] <= 1) or values[2] < 1e-250 or values[1] < 1e-250:
            continue
        if rows % 3 == 0:
            mp.dps = 30
            signal.alarm(20)
            try:
                p = [mpf(v) for v in parameters]
                if model == "pareto_nbd":
                    residual = residual_in_time(*p, x, mpf(T), values[1], mpf(rate))
                else:
                    residual = residual_after_orders(p[0], p[1], p[2], p[3] + x + (model == "mbg_nbd"), x, mpf(T), values[1], mpf(rate))
            except (TooSlow, ValueError, ZeroDivisionError, mp.NoConvergence):
                residual = mpf(0)
            signal.alarm(0)
        mp.dps = 30
        print("    {%s, {%s}, {%d, %r, %r}, %r, %r, %s, %s, %s, %s}," % (
            model, ", ".join(repr(v) for v in parameters), x, t, T, horizon, rate,
            text(values[0]), text(values[1]), text(values[2]), text(residual)), flush=True)
        rows += 1
