"""Policies are installed once, found by city and date, and never changed afterwards."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, transaction

from payroll.models import ContributionPolicy, TaxPolicy
from payroll.policies.choosing import cities_on, tax_on
from payroll.policies.installing import install_policies
from payroll.policies.loading import CONTRIBUTIONS
from payroll.policies.validity import PolicyError

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 10, 1)


def test_what_is_shipped_is_installed_once(ours):
    assert install_policies() == 14
    assert install_policies() == 0
    suzhou = ContributionPolicy.objects.get(city="苏州")
    assert (suzhou.edition, suzhou.provisional, suzhou.valid_from) == (1, True, dt.date(2025, 1, 1))
    assert "苏人社发〔2025〕33号" in suzhou.source


def test_a_notice_that_comes_later_is_a_new_edition(ours, tmp_path):
    install_policies()
    for path in CONTRIBUTIONS.glob("suzhou.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["rules"][0]["provisional"] = True
        (tmp_path / path.name).write_text(json.dumps(data), encoding="utf-8")
    assert install_policies(tmp_path) == 1
    assert ContributionPolicy.objects.filter(city="苏州").count() == 2
    assert cities_on([("苏州", ())], DAY).found["苏州", ()].row.edition == 2


def test_an_installed_edition_cannot_be_edited(ours):
    install_policies()
    for change in (
        lambda: TaxPolicy.objects.update(source="x"),
        lambda: ContributionPolicy.objects.filter(city="苏州").delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_city_that_is_unknown_or_too_early_is_missing(ours):
    install_policies()
    chosen = cities_on([("苏州", ()), ("拉萨", ())], dt.date(2026, 6, 1))
    assert chosen.found == {}
    assert "nothing known for 2026-06-01" in chosen.missing["苏州"]
    assert "拉萨" in chosen.missing


def test_another_agencys_rules_are_not_ours(cast):
    from agency.tenancy.context import tenant

    with tenant(cast.theirs.agency):
        install_policies()
    with tenant(cast.ours.agency), pytest.raises(PolicyError):
        tax_on(DAY)
