"""Workers over the API: read only, masked, with the permissions and the scope of the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import pagination, serializers, viewsets

from agency.calendar import today
from agency.deep_pages import DeepPaginator
from agency.identifiers import mask_identity_number, mask_phone
from agency.permissions import visible
from workers.models import Placement, Worker

from .filters import WorkerFilter
from .queries import last_placements


class PlacementSerializer(serializers.ModelSerializer):
    client_name = serializers.CharField(source="client.short_name")
    site_name = serializers.CharField(source="site.name", default=None)
    post_name = serializers.CharField(source="post.name")

    class Meta:
        model = Placement
        fields = ["client", "client_name", "site", "site_name", "post", "post_name", "valid_from", "valid_to"]


class WorkerSerializer(serializers.ModelSerializer):
    """A worker with numbers masked. No birth date: beside the mask it would complete the identity number."""

    identity_number = serializers.SerializerMethodField()
    phone = serializers.SerializerMethodField()
    placement = serializers.SerializerMethodField()

    class Meta:
        model = Worker
        fields = [
            *("id", "name", "employee_no", "identity_number", "phone", "hukou"),
            *("joined_on", "left_on", "placement"),
        ]

    def get_identity_number(self, worker: Worker) -> str:
        return mask_identity_number(worker.identity_number)

    def get_phone(self, worker: Worker) -> str:
        return mask_phone(worker.phone) if worker.phone else ""

    @extend_schema_field(PlacementSerializer(allow_null=True))
    def get_placement(self, worker: Worker) -> dict[str, Any] | None:
        latest = self.context["placements"].get(worker.pk)
        return PlacementSerializer(latest).data if latest else None


class StrictPaginator(DeepPaginator):
    """Refuse pages beyond the end: a program that counts up must find it."""

    def _inside(self, number: Any) -> int:
        return self.validate_number(number)


class WorkerPages(pagination.PageNumberPagination):
    django_paginator_class = StrictPaginator
    page_size = 50
    page_size_query_param = "size"
    max_page_size = 500


class WorkerViewSet(viewsets.ReadOnlyModelViewSet):
    """The workers the caller may see: employed ones, unless `status` says otherwise."""

    permission = "workers.worker.view"
    serializer_class = WorkerSerializer
    filterset_class = WorkerFilter
    pagination_class = WorkerPages
    queryset = Worker._base_manager.none()

    def get_queryset(self) -> QuerySet[Worker]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        return visible(self.request.user, Worker)

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Filter lists only: a worker who has left is still found by id."""
        return queryset if self.detail else super().filter_queryset(queryset)

    def get_serializer(self, *args: Any, **kwargs: Any) -> serializers.BaseSerializer:
        """Hand the placements of all rows over at once."""
        rows = args[0] if args else []
        keys = [row.pk for row in (rows if kwargs.get("many") else [rows])] if args else []
        latest = last_placements(today()).filter(worker__in=keys, valid_from__lte=today()) if keys else []
        placements = {row.worker_id: row for row in (latest.select_related("client", "site", "post") if keys else [])}
        kwargs["context"] = {**self.get_serializer_context(), "placements": placements}
        return self.serializer_class(*args, **kwargs)
