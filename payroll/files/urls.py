from django.urls import path

from . import batch_views, run_views, views

urlpatterns = [
    path("files/", views.files, name="files"),
    path("files/tax/", views.files_tax, name="files_tax"),
    path("files/insurance/", views.files_insurance, name="files_insurance"),
    path("files/evidence/<int:pk>/", views.files_evidence, name="files_evidence"),
    path("files/<int:pk>/", views.made_file, name="made_file"),
    path("runs/<int:pk>/files/", run_views.run_files, name="run_files"),
    path("runs/<int:pk>/batches/", run_views.run_batch, name="run_batch"),
    path("runs/<int:pk>/ledger/", run_views.run_ledger, name="run_ledger"),
    path("runs/<int:pk>/wage-sheet/", run_views.run_wage_sheet, name="run_wage_sheet"),
    path("runs/<int:pk>/payment/", run_views.run_pay, name="run_pay"),
    path("runs/<int:pk>/payment/proof/", run_views.run_proof, name="run_proof"),
    path("runs/<int:pk>/print/", run_views.run_print, name="run_print"),
    path("batches/<int:pk>/", batch_views.batch, name="batch"),
    path("batches/<int:pk>/release/", batch_views.batch_release, name="batch_release"),
    path("batches/<int:pk>/put-aside/", batch_views.batch_drop, name="batch_drop"),
    path("batches/<int:pk>/paid/", batch_views.batch_paid, name="batch_paid"),
    path("batches/<int:pk>/file/", batch_views.batch_file, name="batch_file"),
    path("batches/<int:pk>/answer/", batch_views.batch_answer, name="batch_answer"),
]
