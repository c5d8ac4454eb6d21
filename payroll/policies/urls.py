from django.urls import path

from . import draft_views, views

urlpatterns = [
    path("policies/", views.policies, name="policies"),
    path("policies/<int:pk>/rules/<int:place>/", draft_views.rule, name="policy_rule"),
    path("policies/tax/", draft_views.tax, name="policy_tax"),
    path("policies/drafts/<int:pk>/", draft_views.draft, name="policy_draft"),
    path("policies/drafts/<int:pk>/approve/", draft_views.draft_approve, name="policy_draft_approve"),
    path("policies/drafts/<int:pk>/decline/", draft_views.draft_decline, name="policy_draft_decline"),
]
