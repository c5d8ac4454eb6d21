"""What the roster announces to the rooms above it, in the transaction of the change."""

from django.dispatch import Signal

# A client's roster of a month was imported; carries `client` and `period`.
roster_imported = Signal()
