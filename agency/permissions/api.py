from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from .asking import can


class SignedIn(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user.is_authenticated)


class HasPermission(BasePermission):
    """Ask the table for the view's `permission`; a view that names none is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        name = getattr(view, "permission", None)
        return bool(name) and can(request.user, name)
