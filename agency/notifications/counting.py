from django.http import HttpRequest


def unread_of(request: HttpRequest) -> int:
    """Count what the signed-in person has not read yet, for the menu."""
    return request.user.notifications.unread().count()
