"""Clients over the API: read only, with the permissions and the scope of the pages."""

import django_filters
from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from agency.permissions import visible
from agency.pinyin import person_search
from clients.models import ClientEnterprise, Post, Site


class SiteSerializer(serializers.ModelSerializer):
    class Meta:
        model = Site
        fields = ["id", "name", "kind", "is_active"]


class PostSerializer(serializers.ModelSerializer):
    class Meta:
        model = Post
        fields = ["id", "name", "nature", "is_active"]


class ClientSerializer(serializers.ModelSerializer):
    sites = SiteSerializer(many=True, read_only=True)
    posts = PostSerializer(many=True, read_only=True)

    class Meta:
        model = ClientEnterprise
        fields = [
            *("id", "name", "short_name", "credit_code", "city", "industry", "own_staff", "pay_day"),
            *("started_on", "ended_on", "sites", "posts"),
        ]


class ClientFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", label="Name, initials or pinyin")
    served = django_filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", label="Served now")

    class Meta:
        model = ClientEnterprise
        fields = ["city"]

    def search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Find by name, initials or pinyin."""
        return person_search(queryset, value)


class ClientViewSet(viewsets.ReadOnlyModelViewSet):
    """The client enterprises the caller may see."""

    permission = "clients.client.view"
    serializer_class = ClientSerializer
    filterset_class = ClientFilter
    queryset = ClientEnterprise._base_manager.none()

    def get_queryset(self) -> QuerySet[ClientEnterprise]:
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        rows = visible(self.request.user, ClientEnterprise)
        return rows.prefetch_related("sites", "posts").order_by("name_pinyin", "pk")
