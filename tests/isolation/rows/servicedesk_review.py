import uuid

from agency.calendar import local_now
from agency.periods import Period
from servicedesk.models import CommunicationLog
from servicedesk.review.checks import draw_check, install_default_policy
from tests.isolation.row import Row


def drawn(company):
    install_default_policy()
    CommunicationLog.objects.create(
        uuid=uuid.uuid4(), staff=company.specialist, client=company.client, channel="face", place="workshop",
        started_at=local_now(), day=local_now().date(), minutes=10, said="问了夜班",
    )  # fmt: skip
    return draw_check(Period.of(local_now().date()), company.reviewer, seed="isolation")


ROWS = {
    "servicedesk:spot_checks": Row(),
    "servicedesk:spot_check_draw": Row(method="post", data=lambda c: {"period": "2026-10"}),
    "servicedesk:spot_check": Row(args=lambda c: {"pk": drawn(c).pk}),
    "servicedesk:spot_check_proof": Row(args=lambda c: {"pk": drawn(c).pk}),
    "servicedesk:finding": Row(args=lambda c: {"pk": drawn(c).items.first().pk}),
}
