from tests.isolation.row import Row

ROWS = {
    "servicedesk:signs": Row(),
    "servicedesk:signs_look": Row(method="post", data=lambda c: {"period": "2026-10"}),
}
