"""What payroll announces to the rooms above it, in the transaction of the change. Each carries `run`."""

from django.dispatch import Signal

run_computed = Signal()
run_approved = Signal()
run_returned = Signal()
payslips_published = Signal()
# Carries `dispute`: a worker says that an item of a published payslip is wrong; or it has been answered.
payslip_disputed = Signal()
dispute_answered = Signal()
