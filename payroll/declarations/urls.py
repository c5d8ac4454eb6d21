from django.urls import path

from . import import_views, views

urlpatterns = [
    path("workers/<int:pk>/tax/", views.worker_tax, name="worker_tax"),
    path("workers/<int:pk>/tax/panel/", views.worker_tax_panel, name="worker_tax_panel"),
    path("workers/<int:pk>/tax/year/", views.tax_year, name="tax_year"),
    path("workers/<int:pk>/tax/<slug:kind>/", views.declaration_new, name="declaration_new"),
    path("declarations/<int:pk>/end/", views.declaration_end, name="declaration_end"),
    path("declarations/<int:pk>/withdraw/", views.declaration_withdraw, name="declaration_withdraw"),
    path("declarations/import/", import_views.declarations, name="declarations"),
    path("declarations/import/template/", import_views.declarations_template, name="declarations_template"),
    path("declarations/import/marked/<str:token>/", import_views.declarations_marked, name="declarations_marked"),
]
