"""Policies are installed once, found by city and date, and never changed afterwards."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from agency.models import Notification
from agency.tenancy.context import tenant
from payroll.models import ContributionPolicy, PolicyDraft, TaxPolicy
from payroll.policies.choosing import cities_on, tax_on
from payroll.policies.drafts import approve, latest_of, propose, reject
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
    with tenant(cast.theirs.agency):
        install_policies()
    with tenant(cast.ours.agency), pytest.raises(PolicyError):
        tax_on(DAY)


def shipped_later(folder, floor=1):
    """Write a newer book of 苏州 into a folder, as an update of the program would bring it."""
    data = json.loads((CONTRIBUTIONS / "suzhou.json").read_text(encoding="utf-8"))
    data["rules"][0]["floor_fen"] += floor
    (folder / "suzhou.json").write_text(json.dumps(data), encoding="utf-8")
    return data


def own_edition(ours):
    """Let two people of the agency write its own rules for 苏州."""
    install_policies()
    base = latest_of("苏州")
    book = json.loads(json.dumps(base.book))
    book["rules"][0]["ceiling_fen"] += 100
    return approve(propose(base, book, "苏州经办口径", ours.administrator), ours.payroll_officer)


def test_the_agencys_own_rules_hold_until_somebody_adopts_the_shipped_ones(ours, tmp_path, sign_in):
    own, shipped = own_edition(ours), shipped_later(tmp_path)
    assert install_policies(tmp_path) == 1
    assert latest_of("苏州") == own
    draft = PolicyDraft.objects.get(state="proposed")
    assert (draft.proposed_by, draft.before, draft.book) == (None, own.book, shipped)
    assert install_policies(tmp_path) == 0, "it is put before people once"
    browser = sign_in(ours.payroll_officer)
    shown = browser.get(reverse("payroll:policy_draft", args=[draft.pk])).content.decode()
    assert "随产品更新" in shown and "改了什么" in shown
    browser.post(reverse("payroll:policy_draft_approve", args=[draft.pk]), {"confirmed": "1"})
    with tenant(ours.agency):
        assert (latest_of("苏州").edition, latest_of("苏州").book) == (3, shipped)


def test_shipped_rules_that_were_declined_do_not_come_back_but_newer_ones_do(ours, tmp_path):
    own = own_edition(ours)
    shipped_later(tmp_path)
    install_policies(tmp_path)
    reject(PolicyDraft.objects.get(state="proposed"), ours.payroll_officer, "我们按经办口径")
    assert (install_policies(tmp_path), latest_of("苏州")) == (0, own)
    shipped_later(tmp_path, 2)
    assert (install_policies(tmp_path), latest_of("苏州")) == (1, own)


def test_after_shipped_rules_were_adopted_the_next_ones_come_by_themselves(ours, tmp_path):
    own_edition(ours)
    shipped_later(tmp_path)
    install_policies(tmp_path)
    approve(PolicyDraft.objects.get(state="proposed"), ours.payroll_officer)
    shipped_later(tmp_path, 2)
    assert (install_policies(tmp_path), latest_of("苏州").edition) == (1, 4)


def test_an_open_proposal_is_not_pushed_aside(ours, tmp_path):
    own = own_edition(ours)
    book = json.loads(json.dumps(own.book))
    book["rules"][0]["floor_fen"] += 500
    waiting = propose(own, book, "新通知", ours.administrator)
    shipped_later(tmp_path)
    assert install_policies(tmp_path) == 0
    reject(waiting, ours.administrator)
    assert install_policies(tmp_path) == 1, "it comes once the other is decided"


def test_who_may_approve_is_told_of_shipped_rules_that_wait(ours, tmp_path):
    install_policies()
    assert not Notification.objects.exists(), "the first rules wait for nobody"
    suzhou = latest_of("苏州")
    changed = json.loads(json.dumps(suzhou.book))
    changed["rules"][0]["source"] = ["苏人社发〔2026〕99号"]
    approve(propose(suzhou, changed, "苏人社发〔2026〕99号", ours.specialist), ours.payroll_officer)
    Notification.objects.all().delete()
    changed["rules"][0]["source"] = ["苏人社发〔2026〕100号"]
    (tmp_path / "suzhou.json").write_text(json.dumps(changed), encoding="utf-8")
    assert install_policies(tmp_path) == 1
    draft = PolicyDraft.objects.get(proposed_by=None)
    told = Notification.objects.select_related("staff")
    assert {one.staff for one in told} == {ours.payroll_officer, ours.administrator}
    assert {one.url for one in told} == {reverse("payroll:policy_draft", args=[draft.pk])}
    assert all("苏州" in one.title for one in told)
    install_policies(tmp_path)
    assert told.count() == 2, "told once"


def test_who_proposes_is_not_told_of_their_own(ours):
    install_policies()
    suzhou = latest_of("苏州")
    changed = json.loads(json.dumps(suzhou.book))
    changed["rules"][0]["source"] = ["苏人社发〔2026〕99号"]
    propose(suzhou, changed, "苏人社发〔2026〕99号", ours.payroll_officer)
    assert [one.staff for one in Notification.objects.all()] == [ours.administrator]
