"""How likely is the event in each row, as a scikit-learn classifier: hazards of person-periods with expert priors.

The only room that knows scikit-learn. It knows no people, activities or catalogue: numbers in, numbers out.
"""

# ruff: noqa: N803 — X is the name that scikit-learn gives it
from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_array, column_or_1d
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from wor_match.learning.newton import LINKS, Fit, Floats, Link, Rows, fit, fit_groups, inverse

UNREACHED = (
    "HazardClassifier: no most plausible coefficients within reach (the features or the groups may tell the classes "
    "apart without a mistake); those of the last step are kept. Give a prior_precision above 0, or fewer groups. "
    "[fit-failed]"
)


class HazardClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """The chance of an event in each row, with a normal prior on the coefficients and groups that may differ.

    Maximises the weighted log-likelihood minus half the sum of precision x (coefficient - mean)². On the rows of
    `person_periods` the chance is the discrete-time hazard. The intercept has no prior.

    Parameters
    ----------
    link : {"logit", "cloglog"}
        "cloglog" is a proportional hazard in continuous time, seen by period.
    prior_mean, prior_precision : float or array_like (n_features,)
        Of each coefficient; the precision is 1 / variance, and 0 is maximum likelihood.
    fit_intercept : bool

    Attributes
    ----------
    classes_ : ndarray (2,)
        The event is the second.
    link_ : str
        The link of this fit.
    coef_, intercept_ : ndarray (1, n_features), (1,)
        On the scale of the link.
    covariance_ : ndarray (n_coefficients, n_coefficients)
        Inverse of minus the Hessian, the intercept first when there is one; effects of groups eliminated.
    log_likelihood_, deviance_ : float
        Without the prior; with groups the Laplace marginal log-likelihood. The deviance is -2 times that.
    group_sd_ : float
        With groups only: the standard deviation of their effects.
    group_effects_ : ndarray (n_groups,)
        With groups only: their most plausible effects, in sorted order of the labels.
    n_iter_ : int
        Newton steps of the last fit.
    n_features_in_, feature_names_in_
        As everywhere in scikit-learn.

    Notes
    -----
    A new row has no group: its chance is that of a group with effect 0. Where columns say the same twice, the
    chances are unique but the coefficients are not.

    References
    ----------
    Singer and Willett (2003), chapters 10-12, for the hazard; Prentice and Gloeckler (1978), Biometrics 34, for
    cloglog; Bates et al. (2015), J. Stat. Software 67(1), for the random intercept.

    Examples
    --------
    >>> started = HazardClassifier(fit_intercept=False).fit([[1]] * 10, [1] * 7 + [0] * 3)
    >>> started.coef_.round(6), started.covariance_.round(5)
    (array([[0.847298]]), array([[0.47619]]))
    """

    def __init__(
        self,
        link: str = "logit",
        prior_mean: ArrayLike = 0.0,
        prior_precision: ArrayLike = 0.0,
        fit_intercept: bool = True,
    ) -> None:
        self.link = link
        self.prior_mean = prior_mean
        self.prior_precision = prior_precision
        self.fit_intercept = fit_intercept

    def fit(
        self, X: ArrayLike, y: ArrayLike, groups: ArrayLike | None = None, sample_weight: ArrayLike | None = None
    ) -> HazardClassifier:
        """The most plausible coefficients.

        Parameters
        ----------
        X : array_like (n_rows, n_features)
        y : array_like (n_rows,)
            Two classes.
        groups : array_like (n_rows,), optional
            A label for each row; groups get a random intercept, its standard deviation by maximum likelihood.
        sample_weight : array_like (n_rows,), optional
            A weight of 2 is the row twice, 0 is no row.

        Returns
        -------
        self

        Raises
        ------
        ValueError
            When y does not have two classes with weight, an array has another length or shape, a label is missing,
            or the link or the prior is none.

        Warns
        -----
        ConvergenceWarning
            When no top was reached, as with separable classes and precision 0; the coefficients are finite.
        """
        features, answers = validate_data(self, X, y, dtype=np.float64)
        self.classes_, event = two_classes(answers)
        n_groups, group = groups_of(groups, len(event))
        weight = weights(sample_weight, event)
        design, mean, precision = self._design(features)
        seen = weight > 0
        rows = Rows(
            link=known_link(self.link),
            design=design[seen],
            event=event[seen].astype(np.float64),
            weight=weight[seen],
            group=group[seen],
            n_groups=n_groups,
            mean=mean,
            precision=precision,
        )
        found = fit(rows) if groups is None else fit_groups(rows)
        if not found.converged:
            warnings.warn(UNREACHED, ConvergenceWarning, stacklevel=2)
        self._keep(found, with_groups=groups is not None)
        return self

    def _design(self, features: Floats) -> tuple[Floats, Floats, Floats]:
        """The columns of the fit, and their prior; the intercept comes first and has none."""
        mean, precision = prior(self.prior_mean, self.prior_precision, features.shape[1])
        if not self.fit_intercept:
            return features, mean, precision
        return np.c_[np.ones(len(features)), features], np.r_[0.0, mean], np.r_[0.0, precision]

    def _keep(self, found: Fit, with_groups: bool) -> None:
        first = int(self.fit_intercept)
        top = found.top
        self.link_ = self.link
        self.coef_ = top.coefficients[None, first:]
        self.intercept_ = top.coefficients[:first] if first else np.zeros(1)
        self.covariance_ = inverse(top.information)[0]
        self.log_likelihood_ = top.log_likelihood
        self.deviance_ = -2.0 * top.log_likelihood
        self.n_iter_ = found.n_steps
        for name in ("group_sd_", "group_effects_"):
            self.__dict__.pop(name, None)  # of an earlier fit
        if with_groups:
            self.group_sd_, self.group_effects_ = found.sd, found.sd * top.effects

    def decision_function(self, X: ArrayLike) -> Floats:
        """The log-odds of the event for each row of `X`, (n_rows,), whatever the link; above 0 it is predicted."""
        log_not, log_yes = self._log_chances(X)
        return log_yes - log_not

    def predict_proba(self, X: ArrayLike) -> Floats:
        """The chances of no event and of the event for each row of `X`, (n_rows, 2)."""
        chances: Floats = np.exp(np.stack(self._log_chances(X), axis=1))
        return chances

    def predict(self, X: ArrayLike) -> NDArray[Any]:
        """The likelier class of each row of `X`, (n_rows,)."""
        likelier = (self.decision_function(X) > 0).astype(int)
        predicted: NDArray[Any] = self.classes_[likelier]
        return predicted

    def _log_chances(self, X: ArrayLike) -> tuple[Floats, Floats]:
        check_is_fitted(self)
        features = validate_data(self, X, dtype=np.float64, reset=False)
        return LINKS[self.link_].log_chances(features @ self.coef_[0] + self.intercept_[0])

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


def two_classes(y: ArrayLike) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The two classes in sorted order, and which of them each row has."""
    check_classification_targets(y)
    classes, codes = np.unique(y, return_inverse=True)
    if len(classes) > 2:
        raise ValueError(f"Only binary classification is supported: y has {len(classes)} classes.")
    if len(classes) < 2:
        raise ValueError("y: only one class; rows with and without the event are needed.")
    return classes, codes


def known_link(link: str) -> Link:
    """The link of this name."""
    if not isinstance(link, str) or link not in LINKS:
        raise ValueError(f"link: {link!r} is unknown; give one of {', '.join(LINKS)}.")
    return LINKS[link]


def prior(mean: ArrayLike, precision: ArrayLike, n_features: int) -> tuple[Floats, Floats]:
    """Mean and precision of each coefficient."""
    both = []
    for name, values in (("prior_mean", mean), ("prior_precision", precision)):
        numbers = np.asarray(values, dtype=np.float64)
        if numbers.shape not in ((), (n_features,)):
            raise ValueError(
                f"{name}: shape {numbers.shape}; give one number, or one for each of {n_features} features."
            )
        if not np.isfinite(numbers).all():
            raise ValueError(f"{name}: not every number is finite.")
        both.append(np.broadcast_to(numbers, n_features))
    if (both[1] < 0).any():
        raise ValueError(f"prior_precision: {both[1].min()} is below 0; give 1 / variance, or 0 for no prior.")
    return both[0], both[1]


def weights(sample_weight: ArrayLike | None, event: NDArray[np.int64]) -> Floats:
    """The weight of each row; 1 when nothing is said."""
    if sample_weight is None:
        return np.ones(len(event))
    given: Floats = check_array(sample_weight, ensure_2d=False, dtype=np.float64, input_name="sample_weight")
    if given.shape != event.shape:
        raise ValueError(f"sample_weight: shape {given.shape}; give one weight for each of {len(event)} rows.")
    if (given < 0).any():
        index = int(np.argmax(given < 0))
        raise ValueError(f"sample_weight[{index}]: {given[index]} is negative; a weight is 0 or more.")
    if len(np.unique(event[given > 0])) < 2:
        raise ValueError("sample_weight: every weight is zero in one class of y or both; both classes are needed.")
    return given


def groups_of(groups: ArrayLike | None, n_rows: int) -> tuple[int, NDArray[np.int64]]:
    """How many groups, and which each row is in, in sorted order of the labels; one when nothing is said."""
    if groups is None:
        return 1, np.zeros(n_rows, dtype=np.int64)
    labels: NDArray[Any] = column_or_1d(groups)
    if len(labels) != n_rows:
        raise ValueError(f"groups: {len(labels)} labels; give one for each of {n_rows} rows.")
    for index, label in enumerate(labels):
        if label is None or label != label:  # nan differs from itself
            raise ValueError(f"groups[{index}]: the label is missing; every row belongs to a group.")
    names, codes = np.unique(labels, return_inverse=True)
    return len(names), codes
