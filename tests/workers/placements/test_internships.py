"""A student on internship is placed without a labour contract of ours, and the page says what covers them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agency.tenancy.context import tenant
from tests.cast import identity_number
from workers.models import Placement, Worker
from workers.placements.placing import place

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 1)


def student():
    return Worker.objects.create(
        name="白露", employee_no="0901", identity_number=identity_number(901), birth_date=dt.date(1990, 5, 17), sex="F",
        phone="13800000901",
    )  # fmt: skip


def test_a_student_needs_no_labour_contract(ours):
    worker = student()
    with pytest.raises(ValidationError):
        place(worker, ours.client, ours.post, DAY, ours.specialist)
    place(worker, ours.client, ours.post, DAY, ours.specialist, internship=True, cover="平安 8899")
    assert Placement.objects.get(worker=worker).internship


def test_the_page_says_so(client, cast):
    with tenant(cast.ours.agency):
        worker = student()
        place(worker, cast.ours.client, cast.ours.post, DAY, cast.ours.specialist, internship=True, cover="平安 8899")
    client.force_login(cast.ours.specialist)
    text = client.get(reverse("workers:worker", args=[worker.pk])).content.decode()
    assert "实习学生 · 平安 8899" in text
    assert "没签合同" not in text
