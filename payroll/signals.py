"""What payroll announces to the rooms above it, in the transaction of the change. Each carries `run`."""

from django.dispatch import Signal

run_computed = Signal()
run_approved = Signal()
payslips_published = Signal()
