"""Ask payroll's pages as a person would, and count what they read."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agency.tenancy.context import tenant

HTMX = {"HTTP_HX_REQUEST": "true"}


def made(company, make, **values):
    with tenant(company.agency):
        return make(company, **values)


def page(client, name, *args, **query):
    answer = client.get(reverse(f"payroll:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def reads(client, name, *args):
    """Count the reads of one request, signing in and the frame included."""
    with CaptureQueriesContext(connection) as captured:
        page(client, name, *args)
    return sum(' FROM "' in query["sql"] for query in captured.captured_queries)
