import datetime as dt

from django.utils import timezone

from servicedesk.communication.confirming import answer, link_for
from tests.isolation.row import Row
from tests.servicedesk.communication.making import asked_of, talk_with


def made(c):
    return talk_with(c, started_at=timezone.now() - dt.timedelta(minutes=20))


def token_of(c):
    return link_for(asked_of(made(c))).rstrip("/").rsplit("/", 1)[1]


def token_and_grip(c):
    person = asked_of(made(c))
    token = link_for(person).rstrip("/").rsplit("/", 1)[1]
    return {"token": token, "grip": answer(person.confirmation, "yes", same_device=False).sign()}


def of_log(c):
    return {"pk": made(c).pk}


ROWS = {
    "servicedesk:logs": Row(),
    "servicedesk:log_new": Row(),
    "servicedesk:log_people": Row(),
    "servicedesk:whom": Row(),
    "servicedesk:doubts": Row(),
    "servicedesk:log": Row(args=of_log),
    "servicedesk:log_saved": Row(args=of_log),
    "servicedesk:log_answers": Row(args=of_log),
    "servicedesk:log_amend": Row(args=of_log),
    "servicedesk:log_followed_up": Row(args=of_log, method="post"),
    "servicedesk:confirm": Row(args=lambda c: {"token": token_of(c)}, public=True),
    "servicedesk:confirm_thanks": Row(args=token_and_grip, public=True),
}
