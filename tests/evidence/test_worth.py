"""Money is told as what it is: claims beside costs, and what would be enough."""

import pytest

from driehoek.evidence.methods import METHODS, answer_one
from driehoek.evidence.undefined import Undefined
from driehoek.evidence.worth import Claim, adjusted, break_even, phillips


def test_a_known_case_comes_out():
    found = phillips(1_861_158, 579_800)  # Nations Hotel: Phillips & Phillips print 221 % and 3.21
    assert (found.roi_percent, found.bcr) == pytest.approx((221, 3.21))


def test_claims_count_as_far_as_they_are_laid_to_the_help_and_sure():
    assert adjusted([Claim(100_000, 0.4, 0.7), Claim(50_000, 0.6, 0.5)]) == 43_000
    assert adjusted([]) == 0


def test_a_loss_is_a_loss():
    assert phillips(0, 30_000).roi_percent == -100


def test_what_would_be_enough_needs_no_claim_at_all():
    assert break_even(30_000, 150) == 200


def test_without_costs_or_worth_there_is_nothing_to_tell():
    with pytest.raises(Undefined, match="nothing was spent"):
        phillips(5, 0)
    with pytest.raises(Undefined, match="worth nothing"):
        break_even(5, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: phillips(5, -1),
        lambda: phillips(float("inf"), 1),
        lambda: break_even(-1, 5),
        lambda: Claim(10, 1.2, 0.5),
        lambda: Claim(float("nan"), 0.2, 0.5),
    ],
)
def test_what_is_no_amount_is_refused(wrong):
    with pytest.raises(ValueError, match=r"number|shares"):
        wrong()


@pytest.mark.parametrize("given", [{}, {"benefits": 5, "claims": []}, {"claims": [{"annual_value": 5}]}])
def test_by_name_it_is_benefits_or_claims(given):
    answer = answer_one({"method": "roi.phillips", "input": {"costs": 5} | given}, METHODS)
    assert answer["undefined"] is True
    found = answer_one({"method": "roi.break_even", "input": {"costs": 5, "value_of_one": 2}}, METHODS)
    assert found["result"] == {"at_least": 2.5}
