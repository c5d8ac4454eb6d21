"""The agency read with the person is at hand for the whole request, and for nobody else's."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.calendar import today
from agency.tenancy.context import at_hand, current_agency, tenant


def test_an_agency_at_hand_is_not_read_again(cast, django_assert_num_queries):
    with tenant(cast.ours.agency), django_assert_num_queries(0):
        assert current_agency() is cast.ours.agency
        assert today()


def test_another_agency_is_never_taken_for_the_active_one(cast):
    with tenant(cast.ours.agency), at_hand(cast.theirs.agency):
        assert current_agency() == cast.ours.agency
    with tenant(cast.ours.agency):
        with tenant(cast.theirs.agency.pk):
            assert current_agency() == cast.theirs.agency
        assert current_agency() is cast.ours.agency


def test_a_page_reads_the_agency_once_with_the_person(cast, sign_in):
    client = sign_in(cast.ours.payroll_officer)
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("payroll:files"))
    assert sum('FROM "agency_agency"' in query["sql"] for query in captured.captured_queries) == 0
    assert sum('JOIN "agency_agency"' in query["sql"] for query in captured.captured_queries) == 1
