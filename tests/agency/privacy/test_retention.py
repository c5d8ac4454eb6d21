from datetime import date

import pytest

from agency.models import Branch
from agency.privacy import checks, retention
from agency.privacy.retention import SECURITY_LOG, WHILE_EMPLOYED, Keep, personal_fields, rule_for
from clients.models import ClientEnterprise
from workers.models import Worker


def test_every_personal_field_has_a_rule():
    assert checks.check_retention() == []


@pytest.fixture
def forgotten(monkeypatch):
    """The rules without the one for the workers' birth dates, and with one for a field that has gone."""
    rules = dict(retention._rules)
    rules["workers.worker", "shoe_size"] = rules.pop(("workers.worker", "birth_date"))
    monkeypatch.setattr(retention, "_rules", rules)


def test_a_forgotten_rule_stops_the_build(forgotten):
    missing, stale = checks.check_retention()
    assert (missing.id, stale.id) == ("zhudian.E010", "zhudian.E011")
    assert "Worker.birth_date" in missing.msg
    assert "workers.worker.shoe_size" in stale.msg


def test_a_persons_name_is_personal_and_a_companys_is_not():
    assert {"name", "name_pinyin", "phone_tail", "identity_index"} <= set(personal_fields(Worker))
    assert personal_fields(Branch) == []
    assert "name" not in personal_fields(ClientEnterprise)


def test_each_rule_names_purpose_and_source():
    for rule in retention.rules().values():
        assert rule.purpose
        assert rule.keep.source
    assert rule_for(Worker, "identity_number").keep is WHILE_EMPLOYED


def test_a_value_is_kept_through_the_last_day():
    assert WHILE_EMPLOYED.until(date(2026, 10, 21)) == date(2028, 10, 22)
    assert SECURITY_LOG.until(date(2026, 8, 31)) == date(2027, 3, 1)
    assert Keep("never", None, "test").until(date(2026, 1, 1)) is None
