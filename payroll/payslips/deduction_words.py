"""How the tax story names what a worker declared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

LESS: dict[str, Promise] = {
    "children_education": gettext_lazy("less children's education, declared"),
    "infant_care": gettext_lazy("less care of children under 3, declared"),
    "elderly": gettext_lazy("less support of parents, declared"),
    "housing_loan": gettext_lazy("less interest on a housing loan, declared"),
    "rent": gettext_lazy("less rent, declared"),
    "degree": gettext_lazy("less studies for a degree, declared"),
    "certificate": gettext_lazy("less a professional certificate, declared"),
    "serious_illness": gettext_lazy("less serious illness, declared"),
    "private_pension": gettext_lazy("less private pension, declared"),
    "health_insurance": gettext_lazy("less commercial health insurance, declared"),
    "annuity": gettext_lazy("less enterprise annuity, declared"),
}
