"""Absences: both days inclusive as people say them; the deputy is another specialist who is there."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agency.models import StaffAbsence
from agency.permissions import visible
from agency.staff.absences import end_absence, record_absence
from clients.models import ClientEnterprise
from tests.servicedesk.workflow.conftest import day


@pytest.fixture
def away(ours):
    """Our specialist is away from the 12th to the 14th of October, the colleague stands in."""
    return record_absence(ours.specialist, ours.colleague, day(10, 12), day(10, 14), ours.manager)


def test_the_deputy_sees_the_clients_on_those_days_alone(ours, away):
    def sees(number):
        return visible(ours.colleague, ClientEnterprise, on=day(10, number)).filter(pk=ours.client.pk).exists()

    assert [sees(number) for number in (11, 12, 14, 15)] == [False, True, True, False]


def test_whoever_is_away_goes_on_seeing_their_own_and_not_the_deputys(ours, away):
    assert list(visible(ours.specialist, ClientEnterprise, on=day(10, 13))) == [ours.client]


def test_two_absences_of_one_person_do_not_overlap(ours, away):
    with pytest.raises(ValidationError):
        record_absence(ours.specialist, ours.colleague, day(10, 14), day(10, 20), ours.manager)
    record_absence(ours.specialist, ours.colleague, day(10, 15), day(10, 20), ours.manager)


def test_the_deputy_cannot_be_away_nor_oneself_nor_head_office(ours, away):
    with pytest.raises(ValidationError):
        record_absence(ours.colleague, ours.specialist, day(10, 14), day(10, 16), ours.manager)
    for deputy in (ours.specialist, ours.reviewer):
        with pytest.raises(ValidationError):
            record_absence(ours.specialist, deputy, day(11, 2), day(11, 3), ours.manager)


def test_whoever_stands_in_cannot_leave_before_another_is_found(ours, away):
    end_absence(away, day(10, 13), ours.specialist)
    record_absence(ours.colleague, ours.specialist, day(10, 13), day(10, 14), ours.colleague)


def test_an_absence_that_has_not_begun_is_taken_back_and_one_that_is_over_stays(ours, away):
    with pytest.raises(ValidationError):
        end_absence(away, day(10, 15), ours.specialist)
    end_absence(away, day(10, 12), ours.specialist)
    assert not StaffAbsence.objects.exists()


def test_a_specialist_notes_their_own_and_cannot_name_another(ours, client):
    client.force_login(ours.specialist)
    data = {
        "staff": ours.colleague.pk,
        "deputy": ours.colleague.pk,
        "first_day": "2026-12-01",
        "last_day": "2026-12-02",
    }
    assert client.post(reverse("agency:absence_new"), data).status_code == 302
    made = StaffAbsence.objects.get()
    assert (made.staff, made.deputy, made.recorded_by) == (ours.specialist, ours.colleague, ours.specialist)
    page = client.get(reverse("agency:absences")).content.decode()
    assert "代班" in page
    assert "第 1—1 条，共 1 条" in page


def test_the_deputy_cannot_end_it(ours, away, client):
    client.force_login(ours.colleague)
    client.post(reverse("agency:absence_end", args=[away.pk]))
    away.refresh_from_db()
    assert away.valid_to == day(10, 15)
