"""A door that leaks on purpose: it switches to whatever agency the object belongs to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from agency.models import Agency
from agency.permissions import signed_in
from agency.tenancy.context import tenant
from workers.models import Worker


@signed_in
def leak(request: HttpRequest, pk: int) -> HttpResponse:
    for agency in Agency.objects.all():
        with tenant(agency):
            if worker := Worker.objects.filter(pk=pk).first():
                return HttpResponse(worker.name)
    return HttpResponse(status=404)


urlpatterns: list[Any] = [path("leak/<int:pk>/", leak), path("", include("config.urls"))]
