"""The pages staff work with: lists, counts, search and notifications show nobody what is withheld from them."""

import datetime as dt

import pytest
from django.urls import reverse

from agency.audit.models import BusinessEvent
from agency.tenancy.context import tenant
from servicedesk.models import Case
from tests.cast import hire

from .making import NOW, asked, category, complaint

pytestmark = pytest.mark.django_db
LIST = "servicedesk:cases"


def page(phone, name, *args, **params):
    return phone.get(reverse(name, args=args), params)


def latest(company):
    with tenant(company.agency):
        return Case.objects.order_by("-pk").first()


def test_the_most_pressing_case_stands_on_top(ours, sign_in, clock):
    asked(ours, "papers", subject="开在职证明")
    asked(ours, subject="周末加班")
    clock.move_to(NOW + dt.timedelta(hours=5))
    shown = page(sign_in(ours.specialist), LIST).context
    assert shown["first"].case.subject == "周末加班"
    assert shown["first"].due[0] == "late"
    assert [row.case.subject for row in shown["rows"]] == ["开在职证明"]
    assert [count for *_rest, count in shown["tabs"]] == [2, 2, 2, 0]


@pytest.mark.parametrize("tab", ["", "waiting", "unfinished", "done"])
def test_lists_counts_and_search_hide_a_complaint_from_the_specialists(ours, sign_in, tab):
    case = complaint(ours)
    for staff in (ours.specialist, ours.colleague):
        shown = page(sign_in(staff), LIST, tab=tab, q=case.number).context
        assert not shown["first"]
        assert not shown["rows"]
        assert [count for *_rest, count in shown["tabs"]] == [0, 0, 0, 0]


def test_detail_panel_and_bell_hide_it_too(ours, sign_in):
    case = complaint(ours)
    phone = sign_in(ours.specialist)
    assert page(phone, "servicedesk:case", case.pk).status_code == 404
    assert "专员骂人" not in page(phone, "servicedesk:cases_of_worker", ours.worker.pk).content.decode()
    assert not page(phone, "agency:notifications").context["page_obj"].object_list
    for action in ("answer", "note", "move", "hand_over", "join"):
        assert phone.post(reverse(f"servicedesk:case_{action}", args=[case.pk])).status_code == 404


def test_it_cannot_be_reached_by_joining_either(ours, sign_in):
    case, other = complaint(ours), asked(ours)
    phone = sign_in(ours.specialist)
    phone.post(reverse("servicedesk:case_join", args=[other.pk]), {"number": case.number, "how": "link"})
    with tenant(ours.agency):
        assert not other.entries.exists()


def test_head_office_sees_and_answers_it(ours, sign_in):
    case = complaint(ours)
    desk = sign_in(ours.reviewer)
    assert page(desk, LIST).context["first"].case == case
    desk.post(reverse("servicedesk:case_answer", args=[case.pk]), {"text": "我们和他谈过了。", "settles": "on"})
    assert latest(ours).state == "resolved"


def test_a_case_is_written_down_by_phone(ours, sign_in):
    chosen = category("dormitory")
    phone = sign_in(ours.specialist)
    assert [one.name for one in page(phone, "servicedesk:case_new", q="王海波").context["found"]] == ["王海波"]
    url = reverse("servicedesk:case_new") + f"?worker={ours.worker.pk}"
    sent = {"category": chosen.pk, "channel": "phone", "text": "热水不够。晚上九点就没了"}
    sent["uuid"] = phone.get(url).context["form"]["uuid"].value()
    answers = [phone.post(url, sent) for _ in range(2)]
    case = latest(ours)
    assert {answer["Location"] for answer in answers} == {reverse("servicedesk:case", args=[case.pk])}
    assert (case.subject, case.worker_id, case.entered_by_id) == ("热水不够", ours.worker.pk, ours.specialist.pk)


def test_a_specialist_writes_down_a_complaint_for_head_office_and_it_leaves_their_sight(ours, sign_in):
    chosen = category("about_staff")
    phone = sign_in(ours.specialist)
    url = reverse("servicedesk:case_new") + f"?client={ours.client.pk}"
    sent = {"category": chosen.pk, "channel": "person", "text": "态度不好", "caller": "不肯说"}
    sent["uuid"] = phone.get(url).context["form"]["uuid"].value()
    assert phone.post(url, sent)["Location"] == reverse(LIST)
    assert latest(ours).assignee_id == ours.reviewer.pk


def test_a_form_without_words_says_what_to_mend(ours, sign_in):
    category("wages")
    url = reverse("servicedesk:case_new") + f"?client={ours.client.pk}"
    answer = sign_in(ours.specialist).post(url, {"channel": "phone"})
    assert answer.status_code == 422
    assert "写一句" in answer.content.decode()


def test_ready_made_words_fill_the_answer(ours, sign_in):
    case = asked(ours)
    phone = sign_in(ours.specialist)
    canned = page(phone, "servicedesk:case", case.pk).context["canned"][1]
    shown = page(phone, "servicedesk:case", case.pk, canned=canned.pk)
    assert canned.text in shown.content.decode()


def test_the_life_of_a_case_on_the_pages_is_kept_as_events(ours, sign_in):
    case = asked(ours)
    phone = sign_in(ours.specialist)

    def post(action, **data):
        return phone.post(reverse(f"servicedesk:case_{action}", args=[case.pk]), data)

    post("note", text="打过电话")
    post("answer", text="补发 11 月。")
    post("move", move="resolve")
    post("move", move="close")
    post("move", move="reopen")
    post("hand_over", to=ours.colleague.pk)
    with tenant(ours.agency):
        names = list(
            BusinessEvent.objects.filter(name__startswith="cases.").order_by("pk").values_list("name", flat=True)
        )
        assert Case.objects.get().assignee == ours.colleague
    verbs = [name.rsplit(".", 1)[1] for name in names]
    assert verbs == ["opened", "answered", "resolved", "closed", "reopened", "handed_over"]


def test_head_office_takes_a_case_from_the_specialists(ours, sign_in):
    case = asked(ours)
    sign_in(ours.manager).post(reverse("servicedesk:case_keep", args=[case.pk]), {"about": ours.specialist.pk})
    assert page(sign_in(ours.specialist), "servicedesk:case", case.pk).status_code == 404
    assert page(sign_in(ours.reviewer), "servicedesk:case", case.pk).status_code == 200


def test_the_list_takes_as_many_queries_for_many_cases_as_for_few(ours, sign_in, django_assert_max_num_queries):
    for serial in range(8):
        asked(ours, worker=hire(f"员工{serial}", 700 + serial, ours.client, ours.site, ours.post))
    desk = sign_in(ours.specialist)
    page(desk, LIST)
    with django_assert_max_num_queries(25):
        assert len(page(desk, LIST).context["rows"]) == 7
    with django_assert_max_num_queries(37):
        page(desk, "servicedesk:case", latest(ours).pk)
