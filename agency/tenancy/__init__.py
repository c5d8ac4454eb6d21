"""Five locks between agencies; see docs/tenancy.md."""
