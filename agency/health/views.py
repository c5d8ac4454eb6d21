from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from agency.permissions import public


@public
def live(request: HttpRequest) -> JsonResponse:
    """Answer as long as the process serves."""
    return JsonResponse({"status": "ok"})


@public
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database and the cache answer too, else 503 with what does not."""
    failed = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except Exception:
        failed.append("database")
    try:
        cache.set("health", 1, 5)
        if cache.get("health") != 1:
            failed.append("cache")
    except Exception:
        failed.append("cache")
    return JsonResponse({"status": "failed" if failed else "ok", "failed": failed}, status=503 if failed else 200)
