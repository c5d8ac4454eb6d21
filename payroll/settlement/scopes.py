"""A specialist sees the bills of the clients they serve."""

from agency.permissions import scope_of
from clients.assignments.scopes import of_served_clients
from payroll.models import Bill, Receipt

for model in (Bill, Receipt):
    scope_of(model)(of_served_clients)
