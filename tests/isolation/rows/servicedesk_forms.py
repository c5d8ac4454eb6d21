from agency.periods import Period
from servicedesk.forms.installing import install_default_forms
from servicedesk.forms.submissions import open_form
from servicedesk.models import FormSubmission
from tests.isolation.row import Row


def handed_in(company):
    template = install_default_forms()[0]
    submission = open_form(template, company.specialist, Period(2026, 10))
    FormSubmission.objects.filter(pk=submission.pk).update(state="submitted")
    return {"pk": submission.pk}


ROWS = {
    "servicedesk:forms": Row(),
    "servicedesk:form_open": Row(method="post", data=lambda c: {"template": install_default_forms()[0].pk}),
    "servicedesk:form": Row(args=handed_in),
    "servicedesk:form_review": Row(args=handed_in, method="post", data=lambda c: {"accept": "1"}),
}
