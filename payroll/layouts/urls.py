from django.urls import path

from . import bureau_views, cutoff_views, draft_views, end_views, views

urlpatterns = [
    path("layouts/", views.file_layouts, name="file_layouts"),
    path("layouts/<int:pk>/", views.file_layout, name="file_layout"),
    path("layouts/<int:pk>/edit/", views.file_layout_edit, name="file_layout_edit"),
    path("layouts/<int:pk>/end/", end_views.layout_end, name="layout_end"),
    path("layouts/bureaus/", bureau_views.bureau_layouts, name="bureau_layouts"),
    path("layouts/bureaus/edit/", bureau_views.bureau_layout_edit, name="bureau_layout_edit"),
    path("layouts/bureaus/<int:pk>/", bureau_views.bureau_layout, name="bureau_layout"),
    path("layouts/cut-off-days/", cutoff_views.cutoffs, name="cutoffs"),
    path("layouts/cut-off-days/edit/", cutoff_views.cutoff_edit, name="cutoff_edit"),
    path("layouts/drafts/<int:pk>/", draft_views.layout_draft, name="layout_draft"),
    path("layouts/drafts/<int:pk>/approve/", draft_views.layout_draft_approve, name="layout_draft_approve"),
    path("layouts/drafts/<int:pk>/decline/", draft_views.layout_draft_decline, name="layout_draft_decline"),
]
