"""A worker disputes an item: told to whom it concerns, answered once, both kept and shown behind the link."""

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse

from agency.notifications.models import Notification
from agency.tenancy.context import tenant
from payroll import signals
from payroll.models import PayslipDispute
from payroll.payslips.disputes import answer, dispute
from payroll.payslips.receipts import confirm
from payroll.refusals import Refused
from tests.payroll.pages import made, page, reads
from tests.payroll.runs.stage import attend, compute, disputed, employ, link_of, opened, published, slip_of

pytestmark = pytest.mark.django_db
EXPLAINED = PayslipDispute.Outcome.EXPLAINED


def test_it_is_announced_and_told_once(ours):
    heard = []
    signals.payslip_disputed.connect(lambda dispute, **kw: heard.append(dispute), weak=False, dispatch_uid="heard")
    raised = disputed(ours)
    assert dispute(raised.payslip, "夜班我上了 13 个 ") == raised
    told = Notification.objects.filter(kind="payroll.payslip.disputed")
    assert {notice.staff for notice in told} == {ours.specialist, ours.payroll_officer}
    assert told.count() == 2
    assert heard == [raised]
    signals.payslip_disputed.disconnect(dispatch_uid="heard")


def test_it_is_answered_once_and_kept(ours):
    raised = answer(disputed(ours), ours.specialist, EXPLAINED, "9月14日 的夜班记在 10 月。")
    with pytest.raises(Refused):
        answer(raised, ours.payroll_officer, EXPLAINED, "另一个说法")
    assert PayslipDispute.objects.get().answered_by == ours.specialist
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        raised.delete()
    again = dispute(raised.payslip, "夜班我上了 13 个")
    assert again != raised


def test_an_answer_has_words_and_a_person(ours):
    raised = disputed(ours)
    with pytest.raises(IntegrityError, match="answered"), transaction.atomic():
        PayslipDispute.objects.filter(pk=raised.pk).update(answer="好的")


def test_the_worker_reads_the_answer(stage, sign_in, client):
    raised = made(stage, disputed)
    signed_in = sign_in(stage.specialist)
    assert "夜班我上了 13 个" in page(signed_in, "disputes")
    url = reverse("payroll:dispute", args=[raised.pk])
    assert signed_in.post(url, {"outcome": "explained", "answer": ""}).status_code == 422
    signed_in.post(url, {"outcome": "explained", "answer": "那一晚算在 11 月"})
    assert "那一晚算在 11 月" in page(signed_in, "disputes", state="answered")
    assert "夜班我上了 13 个" not in page(signed_in, "disputes")
    with tenant(stage.agency):
        token = link_of(raised.payslip.run, stage.worker)
    assert "那一晚算在 11 月" in client.get(reverse("payroll:payslip_public", args=[token])).content.decode()


def test_a_colleague_of_other_clients_sees_none(stage, sign_in):
    raised = made(stage, disputed)
    client = sign_in(stage.colleague)
    assert "夜班我上了 13 个" not in page(client, "disputes")
    assert client.get(reverse("payroll:dispute", args=[raised.pk])).status_code == 404


def test_who_has_not_opened_or_signed_with_words_to_copy(stage, sign_in):
    with tenant(stage.agency):
        run = opened(stage)
        attend(run, employ(stage, "丁秀英", 305))
        compute(run, stage.specialist)
        run = published(stage)
        confirm(slip_of(run, stage.worker))
    client = sign_in(stage.specialist)
    unopened = page(client, "run_links", run.pk, state="unopened")
    assert "王海波" not in unopened
    assert "丁秀英，您10月的工资条出来了" in unopened
    assert "王海波" in page(client, "run_links", run.pk, state="signed")


def test_the_list_needs_few_reads(stage, sign_in):
    made(stage, disputed)
    assert reads(sign_in(stage.specialist), "disputes") <= 12
