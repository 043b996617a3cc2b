"""McDonald's omega: how reliable a sum of items is when they measure one thing to different degrees."""

# scipy takes two seconds to load: only the functions that need it import it.

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from driehoek.evidence.ratings import Floats, complete_rows, scores, table
from driehoek.evidence.reliability import around_item_means
from driehoek.evidence.undefined import Undefined

# The smallest share of its own that an item can be left with; factor analysis in R stops here as well.
LEAST_UNIQUENESS: Final = 0.005


@dataclass(frozen=True, slots=True)
class Omega:
    """Reliability of the sum of the items."""

    omega: float


@dataclass(frozen=True, slots=True)
class OmegaFromScores:
    """Omega of the sum of the answers, and of the standardised ones, whose loadings and uniquenesses follow.

    `has_opposite_items` is true when an item loads the other way: it is scored the wrong way round.
    """

    omega: float
    omega_standardised: float
    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]
    has_opposite_items: bool
    n: int
    n_dropped: int


def mcdonald_omega(loadings: Sequence[float], uniquenesses: Sequence[float]) -> Omega:
    """How reliable the sum of items is, from a one-factor model.

    Parameters
    ----------
    loadings, uniquenesses : one per item, from the same model; uniquenesses are variances, at least 0.

    Returns
    -------
    omega = (sum of loadings)^2 / ((sum of loadings)^2 + sum of uniquenesses).

    Raises
    ------
    Undefined : no items, or no variance at all.
    ValueError : lists of different length, no numbers, or a negative uniqueness.

    Source
    ------
    McDonald (1999), Test theory: a unified treatment.

    Example
    -------
    >>> f"{mcdonald_omega([0.8, 0.7, 0.6, 0.5], [0.36, 0.51, 0.64, 0.75]).omega:.3f}"
    '0.749'
    """
    found, unique = scores("loadings", loadings), scores("uniquenesses", uniquenesses)
    if not len(found) == len(unique) == len(loadings) == len(uniquenesses):
        raise ValueError("loadings and uniquenesses must have one number for every item")
    if (unique < 0).any():
        raise ValueError("uniquenesses are variances: none can be negative")
    if len(found) == 0:
        raise Undefined("no items")
    return Omega(_omega(found, unique))


def omega_from_scores(rows: Sequence[Sequence[float | None]]) -> OmegaFromScores:
    """How reliable the sum of items is, from the answers themselves.

    Parameters
    ----------
    rows : one row per person, one column per item, three items or more; a person with a gap is left out and
        counted. A hundred people or more for loadings that hold.

    Returns
    -------
    Omega from a one-factor model of the correlations, fitted by maximum likelihood.

    Raises
    ------
    Undefined : fewer than three items, no more people than items, an item with the same answer from
        everybody, items that repeat each other exactly, or an improper solution: an item with nothing of its
        own left.
    ValueError : rows of different length, or no numbers.

    Source
    ------
    McDonald (1999); Lawley & Maxwell (1971), Factor analysis as a statistical method.

    Example
    -------
    >>> rows = [[1, 2, 1], [2, 2, 3], [3, 4, 3], [4, 5, 5], [2, 3, 1], [5, 4, 4]]
    >>> f"{omega_from_scores(rows).omega:.2f}"
    '0.93'
    """
    complete, dropped = complete_rows(table("rows", rows))
    people, items = complete.shape
    if items < 3:
        raise Undefined("fewer than three items: one factor cannot be told apart")
    if people <= items:
        raise Undefined("there are no more people than items: one factor cannot be fitted")
    found = around_item_means(complete)
    spreads = found.std(axis=0, ddof=1)
    if (spreads == 0).any():
        raise Undefined("an item has the same answer from everybody, so nothing goes together with it")
    standardised = found / spreads
    loadings, unique = _one_factor(standardised.T @ standardised / (people - 1))
    return OmegaFromScores(
        omega=_omega(loadings * spreads, unique * spreads**2),
        omega_standardised=_omega(loadings, unique),
        loadings=tuple(loadings.tolist()),
        uniquenesses=tuple(unique.tolist()),
        has_opposite_items=bool((loadings < 0).any()),
        n=people,
        n_dropped=dropped,
    )


def _omega(loadings: Floats, unique: Floats) -> float:
    size = max(float(np.abs(loadings).max()), float(np.sqrt(unique.max())))
    if size == 0:
        raise Undefined("the items have no variance at all")
    common = float((loadings / size).sum()) ** 2
    return common / (common + float((unique / size / size).sum()))


def _one_factor(correlations: Floats) -> tuple[Floats, Floats]:
    """Loadings and uniquenesses of greatest likelihood, searched in the logarithms of the uniquenesses."""
    from scipy import optimize

    values = np.linalg.eigvalsh(correlations)
    if values[0] < 1e-10 * values[-1]:
        raise Undefined("items repeat each other exactly: one factor cannot be fitted")
    # Where R's factanal starts: from what an item does not share with all others.
    own = (1 - 0.5 / len(values)) / np.diag(np.linalg.inv(correlations))
    fit: Any = optimize.minimize(
        _misfit,
        np.log(np.clip(own, LEAST_UNIQUENESS, 1)),
        args=(correlations,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(np.log(LEAST_UNIQUENESS), 0)] * len(values),
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000},
    )
    unique: Floats = np.exp(fit.x)
    if (unique <= LEAST_UNIQUENESS * 1.0001).any():
        raise Undefined("one item alone takes the whole factor, an improper solution: there is no omega")
    if np.abs(_misfit(fit.x, correlations)[1])[unique < 1].max(initial=0) > 1e-4:
        raise Undefined("the one-factor model does not settle on an answer for these items")
    return _loadings(unique, correlations), unique


def _misfit(logs: Floats, correlations: Floats) -> tuple[float, Floats]:
    """What is lost in likelihood with these uniquenesses and the best loadings for them, and its slope."""
    unique = np.exp(logs)
    root = np.sqrt(unique)
    values = np.linalg.eigvalsh(correlations / np.outer(root, root))
    left = values[:-1]
    loadings = _loadings(unique, correlations)
    slope = (loadings**2 + unique - np.diag(correlations)) / unique
    return float((left - np.log(left)).sum()) - len(left), slope


def _loadings(unique: Floats, correlations: Floats) -> Floats:
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    loadings: Floats = root * vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0))
    return -loadings if loadings.sum() < 0 else loadings
