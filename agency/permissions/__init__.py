"""The one permission module that views, API, tasks and templates ask."""

from .asking import can, require, scope_of, sees_whole_agency, visible, withhold
from .doors import permit, public, signed_in
from .table import Role

__all__ = [
    "Role",
    "can",
    "permit",
    "public",
    "require",
    "scope_of",
    "sees_whole_agency",
    "signed_in",
    "visible",
    "withhold",
]
