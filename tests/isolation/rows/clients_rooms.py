from tests.isolation.row import Row


def _client(c):
    return {"pk": c.client.pk}


def _turn(c):
    return {"pk": c.client.assignments.first().pk}


ROWS = {
    "clients:clients": Row(),
    "clients:client_new": Row(),
    "clients:client": Row(args=_client),
    "clients:client_edit": Row(args=_client),
    "clients:client_part": Row(args=_client, method="post", data=lambda c: {"last_day": "2026-12-31"}),
    "clients:places": Row(args=_client),
    "clients:site_new": Row(args=_client, method="post", data=lambda c: {"name": "三号宿舍", "kind": "dormitory"}),
    "clients:site_edit": Row(args=lambda c: {"pk": c.site.pk}),
    "clients:post_new": Row(args=_client, method="post", data=lambda c: {"name": "质检", "nature": "auxiliary"}),
    "clients:post_edit": Row(args=lambda c: {"pk": c.post.pk}),
    "clients:contacts": Row(args=_client),
    "clients:contact_new": Row(args=_client, method="post", data=lambda c: {"name": "孟主任", "kind": "middle"}),
    "clients:contact_edit": Row(args=lambda c: {"pk": c.contact.pk}),
    "clients:contact_phone": Row(args=lambda c: {"pk": c.contact.pk}, method="post"),
    "clients:agreements": Row(args=_client),
    "clients:agreement_new": Row(
        args=_client, method="post", data=lambda c: {"number": "2027-01", "valid_from": "2027-01-01"}
    ),
    "clients:agreement_edit": Row(args=lambda c: {"pk": c.agreement.pk}),
    "clients:assignments": Row(args=_client),
    "clients:assignment_new": Row(
        args=_client,
        method="post",
        data=lambda c: {"staff": c.colleague.pk, "role": "lead", "from_day": "2026-12-01"},
    ),
    "clients:assignment_end": Row(args=_turn, method="post", data=lambda c: {"end": "2026-12-01"}),
    "api:clients-list": Row(),
    "api:clients-detail": Row(args=_client),
    "api:schema": Row(),
    "agency:search": Row(data=lambda c: {"q": "wang"}),
}
