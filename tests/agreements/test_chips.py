"""The chip "who sees this" leads to the row of the agreement that says so."""

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.engagements.queries import engagements_of, kinds_in, who_sees
from tests.agreements.makers import address, make_in_force, make_preparing, signed_in
from tests.makers import person_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("is_signed", [False, True])
def test_every_chip_leads_to_a_row_that_stands_in_the_agreement(shape, is_signed):
    made = make_preparing(shape=shape)
    if is_signed:
        make_in_force(made)
    author = Role.CONSULTANT if shape is Shape.CONSULTANCY else Role.COACH
    engagement = engagements_of(person_of(made, author)).get()

    page = signed_in(made, author).get(address("index", made)).content.decode()

    for kind in kinds_in(shape):
        place, _hash, row = who_sees(engagement, kind, person_of(made, author)).href.partition("#")
        assert place == reverse("agreements:index", args=[made.pk])
        assert page.count(f'id="{row}"') == 1, kind


def test_a_chip_on_a_page_is_a_link_for_who_may_read_the_agreement():
    engagement = make_preparing()
    make_in_force(engagement)
    to_row = f'<a href="{address("index", engagement)}#sees-plan"'

    assert (
        to_row
        in signed_in(engagement, Role.COACH)
        .get(reverse("plans:index", args=[engagement.pk]))
        .content.decode()
    )
