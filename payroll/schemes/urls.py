from django.urls import path

from . import advance_views, item_views, views, worker_views, write_off_views

urlpatterns = [
    path("schemes/<int:pk>/", views.scheme, name="scheme"),
    path("schemes/<int:pk>/panel/", views.scheme_panel, name="scheme_panel"),
    path("schemes/<int:pk>/terms/", views.scheme_terms, name="scheme_terms"),
    path("schemes/<int:pk>/items/new/", item_views.scheme_item, name="scheme_item_new"),
    path("schemes/<int:pk>/items/<slug:key>/", item_views.scheme_item, name="scheme_item"),
    path("schemes/<int:pk>/items/<slug:key>/remove/", item_views.scheme_item_remove, name="scheme_item_remove"),
    path("schemes/<int:pk>/items/<slug:key>/move/", item_views.scheme_item_move, name="scheme_item_move"),
    path("schemes/<int:pk>/preview/", item_views.scheme_preview, name="scheme_preview_new"),
    path("schemes/<int:pk>/preview/<slug:key>/", item_views.scheme_preview, name="scheme_preview"),
    path("schemes/<int:pk>/tables/new/", item_views.scheme_table, name="scheme_table_new"),
    path("schemes/<int:pk>/tables/<str:name>/", item_views.scheme_table, name="scheme_table"),
    path("schemes/<int:pk>/tables/<str:name>/remove/", item_views.scheme_table_remove, name="scheme_table_remove"),
    path("schemes/<int:pk>/workers/", worker_views.scheme_workers, name="scheme_workers"),
    path("schemes/<int:pk>/workers/<slug:key>/new/", worker_views.scheme_amount_new, name="scheme_amount_new"),
    path("schemes/<int:pk>/advances/new/", advance_views.advance_new, name="advance_new"),
    path("schemes/amounts/<int:pk>/", worker_views.scheme_amount, name="scheme_amount"),
    path("schemes/debts/<int:pk>/write-off/", write_off_views.write_off_new, name="write_off_new"),
    path("schemes/write-offs/<int:pk>/", write_off_views.write_off, name="write_off"),
    path("schemes/write-offs/<int:pk>/approve/", write_off_views.write_off_approve, name="write_off_approve"),
    path("schemes/write-offs/<int:pk>/decline/", write_off_views.write_off_decline, name="write_off_decline"),
    path("schemes/advances/<int:pk>/", advance_views.advance, name="advance"),
    path("schemes/advances/<int:pk>/monthly/", advance_views.advance_monthly, name="advance_monthly"),
    path("schemes/advances/<int:pk>/pause/", advance_views.advance_pause, name="advance_pause"),
    path("schemes/advances/<int:pk>/repayment/", advance_views.advance_repaid, name="advance_repaid"),
]
