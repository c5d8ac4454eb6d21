import uuid

from tests.isolation.row import Row

ROWS = {
    "servicedesk:app_worker": Row(public=True),
    "servicedesk:app_manifest": Row(public=True),
    "servicedesk:log_shell": Row(),
    "servicedesk:log_shell_people": Row(),
    "servicedesk:log_queue": Row(),
    "servicedesk:log_state": Row(data=lambda c: {"form": str(uuid.uuid4())}),
}
