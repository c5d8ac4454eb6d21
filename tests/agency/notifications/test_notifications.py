import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy, override

from agency.models import Notification
from agency.notifications.sending import notify, notify_all
from agency.tenancy.context import tenant


def titles(company, who):
    with tenant(company.agency):
        return list(company.staff[who].notifications.values_list("title", flat=True))


def tell(company, who, **values):
    with tenant(company.agency):
        values = {"kind": "forms.returned", "title": "退回 2 条", "url": reverse("agency:account"), **values}
        notify(company.staff[who], **values)
        return company.staff[who].notifications.first()


def test_one_key_tells_once(ours):
    for _ in range(3):
        notify(ours.specialist, "workflow.task.due", "今天到期", key="task-7-due")
    notify(ours.colleague, "workflow.task.due", "今天到期", key="task-7-due")
    assert Notification.objects.filter(staff=ours.specialist).count() == 1
    assert Notification.objects.filter(staff=ours.colleague).count() == 1


def test_without_a_key_each_time_is_news(ours):
    for _ in range(2):
        notify(ours.specialist, "cases.opened", "新工单")
    assert ours.specialist.notifications.unread().count() == 2


def test_each_person_is_told_in_their_own_language(ours):
    ours.colleague.language = "en"
    with override("zh-hans"):
        notify_all([ours.specialist, ours.colleague], "test.told", lambda: str(gettext_lazy("Notifications")))
    assert ours.colleague.notifications.get().title == "Notifications"
    assert ours.specialist.notifications.get().title == "通知"


def test_a_long_text_is_cut_and_not_refused(ours):
    notify(ours.specialist, "test.told", "长" * 500, body="短" * 900)
    told = ours.specialist.notifications.get()
    assert (len(told.title), len(told.body)) == (160, 400)


def test_telling_many_takes_one_statement(ours, django_assert_num_queries):
    with django_assert_num_queries(1):
        notify_all(ours.staff.values(), "test.told", "开会")
    assert Notification.objects.count() == len(ours.staff)


def test_opening_one_marks_it_read_and_leads_on(cast, sign_in):
    told = tell(cast.ours, "specialist")
    browser = sign_in(cast.ours.specialist)
    assert 'data-dot="1"' in browser.get(reverse("agency:bell")).content.decode()
    answer = browser.post(reverse("agency:notification_open", args=[told.pk]))
    assert answer["Location"] == reverse("agency:account")
    assert "data-dot" not in browser.get(reverse("agency:bell")).content.decode()


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_a_notification_does_not_lead_out_of_the_house(cast, sign_in, url):
    told = tell(cast.ours, "specialist", url=url)
    answer = sign_in(cast.ours.specialist).post(reverse("agency:notification_open", args=[told.pk]))
    assert answer["Location"] == reverse("agency:notifications")


def test_reading_all_reads_ones_own_only(cast, sign_in):
    tell(cast.ours, "specialist")
    tell(cast.ours, "colleague")
    sign_in(cast.ours.specialist).post(reverse("agency:notifications_read"))
    with tenant(cast.ours.agency):
        assert not cast.ours.specialist.notifications.unread().exists()
        assert cast.ours.colleague.notifications.unread().count() == 1


def test_a_colleagues_notification_is_not_ours(cast, sign_in):
    told = tell(cast.ours, "colleague", title="只给同事")
    browser = sign_in(cast.ours.specialist)
    assert browser.post(reverse("agency:notification_open", args=[told.pk])).status_code == 404
    assert "只给同事" not in browser.get(reverse("agency:notifications")).content.decode()
