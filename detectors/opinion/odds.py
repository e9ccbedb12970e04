"""Probabilities as log odds, and back."""

from math import exp, log

MOST = 0.995
"""Nobody is surer than this."""


def odds(share: float) -> float:
    """Return the log odds of a probability."""
    share = min(max(share, 1 - MOST), MOST)
    return log(share / (1 - share))


def share(total: float) -> float:
    """Return the probability of log odds."""
    return 1 / (1 + exp(-max(min(total, 50.0), -50.0)))


LEAST_ODDS = odds(0.0)
