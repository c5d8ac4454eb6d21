from django.urls import path

from . import bill_views, money_views, public_views

urlpatterns = [
    path("bills/", bill_views.bills, name="bills"),
    path("bills/of/<int:pk>/", bill_views.bill_make, name="bill_make"),
    path("bills/<int:pk>/", bill_views.bill, name="bill"),
    path("bills/<int:pk>/lines/", bill_views.bill_line, name="bill_line"),
    path("bills/lines/<int:pk>/removal/", bill_views.bill_line_remove, name="bill_line_remove"),
    path("bills/<int:pk>/sending/", bill_views.bill_send, name="bill_send"),
    path("bills/<int:pk>/revision/", bill_views.bill_revise, name="bill_revise"),
    path("bills/<int:pk>/giving-up/", bill_views.bill_void, name="bill_void"),
    path("bills/<int:pk>/invoice/", bill_views.bill_invoice, name="bill_invoice"),
    path("bills/<int:pk>/own-money/", money_views.own_money, name="own_money"),
    path("runs/<int:pk>/consent/", bill_views.payout_consent, name="payout_consent"),
    path("receivables/", money_views.receivables, name="receivables"),
    path("receipts/new/", money_views.receipt_new, name="receipt_new"),
    path("vat/", money_views.vat_status, name="vat_status"),
    path("terms/<int:pk>/", money_views.settlement_terms, name="settlement_terms"),
    path("terms/<int:pk>/new/", money_views.terms_new, name="terms_new"),
    path("b/<str:token>/", public_views.bill_public, name="bill_public"),
    path("b/<str:token>/agreed/", public_views.bill_confirm, name="bill_confirm"),
    path("b/<str:token>/objection/", public_views.bill_dispute, name="bill_dispute"),
]
