"""Every model is either behind the tenants' walls or named here with the reason why it need not be."""

import pytest
from django.apps import apps
from django.db import connection
from django_rls_tenants import RLSProtectedModel

from agency.tenancy.constraints import TenantPolicy
from agency.tenancy.context import tenant

WITHOUT_AGENCY = {
    "agency.Agency": "the list of agencies itself: name and code, no business data",
    "agency.PlatformEvent": "what the platform's operator did",
    "auth.Permission": "Django's own, unused",
    "auth.Group": "Django's own, unused",
    "auth.Group_permissions": "Django's own, unused",
    "contenttypes.ContentType": "names of tables",
    "sessions.Session": "signed session data, found only by its secret key",
    "pghistory.Context": "unused: who and where is written into each history row",
    "pghistory.Events": "a view over nothing",
    "pghistory.MiddlewareEvents": "a view over nothing",
    "axes.AccessAttempt": "unused: attempts are counted in the cache",
    "axes.AccessAttemptExpiration": "unused: attempts are counted in the cache",
    "axes.AccessLog": "unused: attempts are counted in the cache",
    "axes.AccessFailureLog": "unused: attempts are counted in the cache",
}


def walled(model) -> bool:
    return any(isinstance(c, TenantPolicy) for c in model._meta.constraints)


def test_every_model_has_a_wall_or_a_reason():
    without = {m._meta.label for m in apps.get_models(include_auto_created=True) if not walled(m)}
    assert without - set(WITHOUT_AGENCY) == set()


OWNED = [m for m in apps.get_models() if walled(m)]


@pytest.mark.parametrize("model", OWNED, ids=lambda m: m._meta.label)
def test_raw_sql_sees_only_the_active_agency(model, cast):
    table = connection.ops.quote_name(model._meta.db_table)
    with tenant(cast.ours.agency), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where agency_id <> %s", [cast.ours.agency.pk])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("model", [m for m in OWNED if issubclass(m, RLSProtectedModel)], ids=lambda m: m._meta.label)
def test_indexes_lead_with_the_agency(model):
    """The policy is a filter: without a leading agency an index cannot serve it."""
    for index in model._meta.indexes:
        assert index.fields and index.fields[0].lstrip("-") == "agency", index.name
