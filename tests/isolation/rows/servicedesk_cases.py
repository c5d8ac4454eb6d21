from servicedesk.cases.links import ask_url, follow_url, poster_url
from tests.isolation.row import Row
from tests.servicedesk.cases.making import asked


def of_case(c):
    return {"pk": asked(c).pk}


def token(url):
    return {"token": url.rstrip("/").rsplit("/", 1)[1]}


def of_site(c):
    return {"pk": c.site.pk}


ROWS = {
    "servicedesk:cases": Row(),
    "servicedesk:case_new": Row(),
    "servicedesk:case": Row(args=of_case),
    "servicedesk:case_answer": Row(args=of_case, method="post", data=lambda c: {"text": "好了"}),
    "servicedesk:case_note": Row(args=of_case, method="post", data=lambda c: {"text": "打过电话"}),
    "servicedesk:case_move": Row(args=of_case, method="post", data=lambda c: {"move": "resolve"}),
    "servicedesk:case_hand_over": Row(args=of_case, method="post", data=lambda c: {"to": c.colleague.pk}),
    "servicedesk:case_keep": Row(args=of_case, method="post", data=lambda c: {"about": c.specialist.pk}),
    "servicedesk:case_join": Row(args=of_case, method="post", data=lambda c: {"number": "2610-0001"}),
    "servicedesk:case_phone": Row(args=of_case, method="post"),
    "servicedesk:cases_of_worker": Row(args=lambda c: {"pk": c.worker.pk}),
    "servicedesk:case_posters": Row(),
    "servicedesk:case_poster": Row(args=of_site),
    "servicedesk:ask": Row(args=lambda c: token(ask_url(c.worker)), public=True),
    "servicedesk:ask_poster": Row(args=lambda c: token(poster_url(c.site)), public=True),
    "servicedesk:follow": Row(args=lambda c: token(follow_url(asked(c))), public=True),
}
