from django.urls import path

from . import dispute_views, list_views, public_views, publish_views, views

urlpatterns = [
    path("runs/<int:pk>/links/", list_views.run_links, name="run_links"),
    path("runs/<int:pk>/export/", list_views.run_export, name="run_export"),
    path("runs/<int:pk>/schedule/", publish_views.run_schedule, name="run_schedule"),
    path("runs/<int:pk>/recall/", publish_views.run_recall, name="run_recall"),
    path("questions/", dispute_views.disputes, name="disputes"),
    path("questions/<int:pk>/", dispute_views.dispute, name="dispute"),
    path("payslips/<int:pk>/", views.payslip, name="payslip"),
    path("payslips/<int:pk>/look/", views.payslip_look, name="payslip_look"),
    path("payslips/<int:pk>/figures/", views.payslip_input, name="payslip_input"),
    path("of-worker/<int:pk>/", views.worker_payslips, name="worker_payslips"),
    path("p/<str:token>/", public_views.payslip_public, name="payslip_public"),
    path("p/<str:token>/read/", public_views.payslip_confirm, name="payslip_confirm"),
    path("p/<str:token>/doubt/", public_views.payslip_doubt, name="payslip_doubt"),
]
