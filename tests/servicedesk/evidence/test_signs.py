"""The signs of a month: the same whatever the order, seen by the right people, explained."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from agency.periods import Period
from agency.progress.models import BackgroundJob
from agency.progress.reporting import report_progress
from agency.tenancy.context import tenant
from clients.models import Site
from servicedesk.evidence import looking
from servicedesk.evidence.explaining import explain
from servicedesk.evidence.looking import look_through
from servicedesk.evidence.models import EvidenceLimits, EvidenceSignal, TextPieces
from servicedesk.evidence.queries import may_see, signs_for
from servicedesk.models import CommunicationLog
from servicedesk.review.checks import draw_check, install_default_policy, record_outcome
from tests.servicedesk.evidence.test_likeness import CANTEEN, HOT_WATER, OVERTIME
from tests.servicedesk.talks import talk

pytestmark = pytest.mark.django_db
OCTOBER = Period(2026, 10)
Kind = EvidenceSignal.Kind


@pytest.fixture(autouse=True)
def on_the_last_day():
    with time_machine.travel(dt.datetime(2026, 10, 31, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


def written(log, at=None, **changes):
    CommunicationLog.objects.filter(pk=log.pk).update(entered_at=at or log.started_at, **changes)
    return log


def look(company):
    with tenant(company.agency):
        job = BackgroundJob.objects.create(kind="evidence.look", key="x", state="running", attempt=1)
    with report_progress(job) as progress:
        progress.result = look_through(progress, OCTOBER)
    with tenant(company.agency):
        job.delete()
    return progress.result


def standing():
    return list(
        EvidenceSignal.objects.order_by("log", "kind", "other").values_list(
            "log", "kind", "other", "strength", "figures"
        )
    )


def copied(company):
    first = written(talk(company, dt.date(2026, 10, 5), worker=company.worker, said=HOT_WATER, answer="yes"))
    written(talk(company, dt.date(2026, 10, 6), worker=company.worker, said=CANTEEN, answer="yes"))
    again = written(
        talk(
            company, dt.date(2026, 10, 7), staff=company.colleague, worker=company.worker, said=HOT_WATER, answer="yes"
        )
    )
    return first, again


def test_a_text_of_a_colleague_again_is_a_sign_at_the_later_record(cast):
    with tenant(cast.ours.agency):
        first, again = copied(cast.ours)
    assert look(cast.ours) == {"read": 3, "signs": 1}
    with tenant(cast.ours.agency):
        signal = EvidenceSignal.objects.get()
        assert (signal.log, signal.other, signal.kind, signal.strength) == (again, first, "text", 1000)
        assert "100%" in explain(signal)
        assert EvidenceLimits.objects.get().provisional


def test_only_new_and_changed_words_are_read(cast):
    with tenant(cast.ours.agency):
        _first, again = copied(cast.ours)
    look(cast.ours)
    assert look(cast.ours)["read"] == 0
    with tenant(cast.ours.agency):
        CommunicationLog.objects.filter(pk=again.pk).update(said=OVERTIME)
    assert look(cast.ours) == {"read": 1, "signs": 0}


def test_batches_of_any_size_and_order_give_the_same(cast, monkeypatch):
    with tenant(cast.ours.agency):
        logs = [
            written(talk(cast.ours, dt.date(2026, 10, day), worker=cast.ours.worker, said=said, number=day))
            for day, said in enumerate([HOT_WATER, CANTEEN, HOT_WATER, OVERTIME, CANTEEN + "完", HOT_WATER], 2)
        ]
    look(cast.ours)
    with tenant(cast.ours.agency):
        at_once = standing()
        assert {row[1] for row in at_once} == {"text", "silent"}
        TextPieces.objects.all().delete()
        EvidenceSignal.objects.all().delete()
        from servicedesk.evidence.reading import cut_up

        cut_up([logs[5].pk, logs[1].pk])
    monkeypatch.setattr(looking, "ROWS", 1)
    look(cast.ours)
    with tenant(cast.ours.agency):
        assert standing() == at_once
    look(cast.ours)
    with tenant(cast.ours.agency):
        assert standing() == at_once


def test_a_run_that_was_killed_goes_on_where_it_stopped(cast, monkeypatch):
    with tenant(cast.ours.agency):
        copied(cast.ours)
    monkeypatch.setattr(looking, "ROWS", 2)
    calls = iter([None, RuntimeError("killed")])
    real = looking.cut_up

    def once(part):
        if error := next(calls):
            raise error
        real(part)

    with monkeypatch.context() as patch:
        patch.setattr(looking, "cut_up", once)
        with pytest.raises(RuntimeError, match="killed"):
            look(cast.ours)
    with tenant(cast.ours.agency):
        assert TextPieces.objects.count() == 2 and not EvidenceSignal.objects.exists()
    assert look(cast.ours) == {"read": 1, "signs": 1}


def test_two_places_at_once_and_too_far_too_fast(cast):
    with tenant(cast.ours.agency):
        company = cast.ours
        Site.objects.filter(pk=company.site.pk).update(latitude=Decimal("31.299"), longitude=Decimal("120.585"))
        far = Site.objects.create(
            client=company.client, name="二号车间", latitude=Decimal("31.491"), longitude=Decimal("120.312")
        )
        written(talk(company, worker=company.worker, number=0, minutes=20, answer="yes"), site=company.site)
        second = written(talk(company, worker=company.worker, number=5, minutes=20, answer="yes"), site=far)
        third = written(talk(company, worker=company.worker, number=28, minutes=20, answer="yes"), site=company.site)
    look(cast.ours)
    with tenant(cast.ours.agency):
        found = {(one.log_id, one.kind): one for one in EvidenceSignal.objects.all()}
        assert set(found) == {(second.pk, "overlap"), (third.pk, "travel")}
        assert found[second.pk, "overlap"].figures == {"minutes": 15}
        assert "33.6 " in explain(found[third.pk, "travel"])


def test_many_at_once_and_long_after(cast):
    with tenant(cast.ours.agency):
        company = cast.ours
        night = dt.datetime(2026, 10, 30, 14, 0, tzinfo=dt.UTC)
        for number in range(6):
            log = talk(company, dt.date(2026, 10, 30), worker=company.worker, number=number, answer="yes")
            written(log, night + dt.timedelta(minutes=number))
        late = talk(company, dt.date(2026, 10, 10), worker=company.worker, number=40, answer="yes")
        written(late, dt.datetime(2026, 10, 20, 2, 0, tzinfo=dt.UTC))
        brought = talk(company, dt.date(2026, 10, 11), worker=company.worker, number=41, answer="yes")
        written(brought, dt.datetime(2026, 10, 20, 2, 0, tzinfo=dt.UTC), is_imported=True)
    look(cast.ours)
    with tenant(cast.ours.agency):
        bursts = EvidenceSignal.objects.filter(kind=Kind.BURST)
        assert [one.figures["count"] for one in bursts] == [6] * 6
        assert [(one.log, one.figures["days"]) for one in EvidenceSignal.objects.filter(kind=Kind.LATE)] == [(late, 10)]


def test_one_yes_ends_the_silence_and_the_last_week_is_waited_for(cast):
    company = cast.ours
    with tenant(company.agency):
        for day in (3, 4, 5, 29):
            written(talk(company, dt.date(2026, 10, day), worker=company.worker, number=day))
    look(company)
    with tenant(company.agency):
        silent = EvidenceSignal.objects.filter(kind=Kind.SILENT)
        assert {one.log.day.day: one.figures["talks"] for one in silent} == {3: 3, 4: 3, 5: 3}
        written(talk(company, dt.date(2026, 10, 6), worker=company.worker, answer="yes"))
    look(company)
    with tenant(company.agency):
        assert not EvidenceSignal.objects.filter(kind=Kind.SILENT).exists()


def test_limits_come_from_the_agencys_own_confirmed_records_and_then_stay(cast, monkeypatch):
    monkeypatch.setattr("servicedesk.evidence.limits.ENOUGH", 20)
    with tenant(cast.ours.agency):
        for number in range(20):
            log = talk(cast.ours, dt.date(2026, 9, 10), worker=cast.ours.worker, number=number, answer="yes")
            written(log, log.started_at + dt.timedelta(days=5, hours=number))
    look(cast.ours)
    with tenant(cast.ours.agency):
        limits = EvidenceLimits.objects.get()
        assert (limits.provisional, limits.measured, limits.late_days, limits.burst_count) == (False, 20, 6, 6)
        talk(cast.ours, dt.date(2026, 9, 11), worker=cast.ours.worker, answer="yes")
    look(cast.ours)
    with tenant(cast.ours.agency):
        assert EvidenceLimits.objects.get().measured == 20


def test_who_sees_the_signs(cast, sign_in):
    company = cast.ours
    with tenant(company.agency):
        _first, again = copied(company)
        install_default_policy()
    look(company)
    with tenant(company.agency):
        assert [bool(signs_for(one, again)) for one in (company.reviewer, company.manager)] == [True, True]
        assert not may_see(company.colleague, again) and not may_see(company.specialist, again)
        check = draw_check(OCTOBER, company.reviewer, seed="signs")
        item = check.items.filter(log=again).first()
        record_outcome(item, "partly", "时间对不上", company.reviewer)
        assert signs_for(company.colleague, again), "the check asks, so they may answer"
        assert not may_see(company.specialist, again)
    assert (
        "不等于有问题" in sign_in(company.colleague).get(reverse("servicedesk:log", args=[again.pk])).content.decode()
    )


def test_what_may_innocently_lie_behind_a_kind_is_said_once(cast):
    company = cast.ours
    with tenant(company.agency):
        logs = [
            written(talk(company, worker=company.worker, said=HOT_WATER, answer="yes", number=20 * n), is_imported=True)
            for n in range(3)
        ]
    look(company)
    with tenant(company.agency):
        found = signs_for(company.reviewer, logs[-1])
        assert {one.signal.other for one in found} == {logs[0], logs[1]}
        assert [bool(one.innocent) for one in found] == [False, True]


def test_the_pages_show_them_beside_the_record(cast, sign_in, django_assert_max_num_queries):
    company = cast.ours
    with tenant(company.agency):
        _first, again = copied(company)
        install_default_policy()
        item = draw_check(OCTOBER, company.reviewer, seed="signs").items.get(log=again)
    look(company)
    client = sign_in(company.reviewer)
    assert "不等于有问题" in client.get(reverse("servicedesk:finding", args=[item.pk])).content.decode()
    assert "不等于有问题" in client.get(reverse("servicedesk:log", args=[again.pk])).content.decode()
    with django_assert_max_num_queries(24):
        page = client.get(reverse("servicedesk:signs") + "?period=2026-10")
    assert [log.pk for log, _signs in page.context["rows"]] == [again.pk]
    assert client.get(reverse("servicedesk:signs") + "?period=2026-10&kind=late").context["rows"] == []
    assert client.post(reverse("servicedesk:signs_look"), {"period": "2026-10"}).status_code == 302
    assert sign_in(company.specialist).get(reverse("servicedesk:signs")).status_code == 403
