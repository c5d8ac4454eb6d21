"""Behind the links: no account, no script, one case; nothing can be listed."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from agency.outside.links import BadLink
from agency.tenancy.context import tenant
from servicedesk.cases.links import AskLink, FollowLink, ask_url, follow_url, poster_url
from servicedesk.cases.moving import answer, note
from servicedesk.models import Case
from tests.payroll.runs.stage import link_of, published

from .making import asked, category

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs():
    """A worker's own phone: it enforces CSRF as a browser would and knows nobody of us."""
    return Client(enforce_csrf_checks=True)


def path(url):
    return url.replace("http://testserver", "")


def test_a_worker_asks_and_reads_the_answer(ours, theirs):
    chosen = category("dormitory")
    url = path(ask_url(ours.worker, "http://testserver"))
    page = theirs.get(url)
    assert "王师傅" in page.content.decode()
    assert "王海波" not in page.content.decode()
    assert "<script" not in page.content.decode()
    sent = {"uuid": page.context["form"]["uuid"].value(), "category": chosen.pk, "text": "热水不够"}
    follow = theirs.post(url, sent, follow=True)
    assert "收到了" in follow.content.decode()
    with tenant(ours.agency):
        case = Case.objects.get()
        assert (case.worker, case.site, case.assignee) == (ours.worker, ours.site, ours.specialist)
        note(case, "内部：锅炉坏了", ours.specialist)
        answer(case, "周五修好。", ours.specialist)
    shown = theirs.get(follow.redirect_chain[-1][0]).content.decode()
    assert "周五修好。" in shown
    assert "锅炉" not in shown
    assert ours.specialist.name not in shown


def test_a_client_contact_asks_too(ours, theirs):
    chosen = category("other")
    url = path(ask_url(ours.contact, "http://testserver"))
    sent = {"uuid": theirs.get(url).context["form"]["uuid"].value(), "category": chosen.pk, "text": "缺两个人"}
    theirs.post(url, sent)
    with tenant(ours.agency):
        assert Case.objects.get().contact == ours.contact


def test_before_the_poster_nobody_need_say_who_they_are(ours, theirs):
    chosen = category("about_staff")
    url = path(poster_url(ours.site, "http://testserver"))
    sent = {"uuid": theirs.get(url).context["form"]["uuid"].value(), "category": chosen.pk, "text": "专员收钱"}
    theirs.post(url, sent)
    with tenant(ours.agency):
        case = Case.objects.get()
        assert (case.worker, case.site, case.confidential, case.assignee) == (None, ours.site, True, ours.reviewer)


def test_head_office_only_keeps_any_question_from_the_specialist(ours, theirs):
    chosen = category("wages")
    url = path(ask_url(ours.worker, "http://testserver"))
    uuid = theirs.get(url).context["form"]["uuid"].value()
    theirs.post(url, {"uuid": uuid, "category": chosen.pk, "text": "少发了", "head_office_only": "on"})
    with tenant(ours.agency):
        assert Case.objects.get().assignee == ours.reviewer


def test_the_asker_writes_again_reopens_and_rates(ours, theirs):
    case = asked(ours)
    answer(case, "补发 11 月。", ours.specialist, settles=True)
    url = path(follow_url(case, "http://testserver"))
    theirs.post(url, {"rating": "1"})
    with tenant(ours.agency):
        assert Case.objects.get().rating == 1
    theirs.post(url, {"text": "还是没补"})
    with tenant(ours.agency):
        assert Case.objects.get().state == "reopened"
    assert theirs.post(url, {"text": " "}).status_code == 422


def test_on_a_device_of_ours_the_asker_cannot_be_played(ours, sign_in):
    case = asked(ours)
    answer(case, "好了", ours.specialist)
    phone = sign_in(ours.specialist)
    phone.get(reverse("agency:account"))
    phone.post(path(follow_url(case, "http://testserver")), {"rating": "3"})
    with tenant(ours.agency):
        assert Case.objects.get().rating is None


def test_a_link_opens_its_own_page_only_and_dies(ours, theirs, clock):
    case = asked(ours)
    url = follow_url(case, "http://testserver")
    token = url.rstrip("/").rsplit("/", 1)[1]
    with pytest.raises(BadLink):
        AskLink.read(token)
    assert theirs.get(reverse("servicedesk:ask", args=[token])).status_code == 404
    assert theirs.get(reverse("servicedesk:follow", args=[token[:-1] + "x"])).status_code == 404
    clock.shift(dt.timedelta(days=181))
    with pytest.raises(BadLink) as dead:
        FollowLink.read(token)
    assert dead.value.expired
    assert "过期" in theirs.get(path(url)).content.decode()


def test_somebody_who_writes_without_end_is_asked_to_wait(ours, theirs):
    url = path(follow_url(asked(ours), "http://testserver"))
    statuses = [theirs.post(url, {"text": f"第{number}次"}).status_code for number in range(7)]
    assert statuses == [302] * 6 + [429]


def test_the_payslips_page_offers_the_workers_own_link(ours, theirs):
    token = link_of(published(ours), ours.worker)
    assert "/ask/" in theirs.get(reverse("payroll:payslip_public", args=[token])).content.decode()
