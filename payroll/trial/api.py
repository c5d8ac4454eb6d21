"""Both trials over the API: the same list in, the same list with results out; nothing is stored."""

from abc import ABC, abstractmethod
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from .answering import answer_contributions, answer_payroll
from .exact import read, write
from .faults import TrialFault

MOST_BYTES, MOST_CASES = 2_000_000, 2_000


class ExactParser(BaseParser):
    """Read JSON without turning an amount into a float."""

    media_type = "*/*"

    def parse(self, stream: IO[bytes], media_type: str | None = None, context: Any = None) -> Any:
        """Return the cases; what is no JSON is a 400 that says where."""
        data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise ParseError(_("This is more than 2 MB. Send the cases in parts."))
        try:
            return read(data)
        except TrialFault as fault:
            raise ParseError(f"{fault.what} {fault.mend}") from None


class ExactRenderer(JSONRenderer):
    """Write amounts as they are."""

    def render(self, data: Any, media_type: str | None = None, context: Any = None) -> bytes:
        """Return JSON in UTF-8."""
        return write(data).encode()


class Trial(APIView, ABC):
    """Compute cases without storing anything."""

    permission = "payroll.trial.use"
    parser_classes = [ExactParser]
    renderer_classes = [ExactRenderer]

    @abstractmethod
    def answer(self, cases: Any) -> list[Any]:
        """Answer a list of cases."""

    @extend_schema(request=OpenApiTypes.OBJECT, responses=OpenApiTypes.OBJECT)
    def post(self, request: Request) -> Response:
        """Answer each case by itself, with `result` or `error`."""
        if isinstance(request.data, list) and len(request.data) > MOST_CASES:
            raise ParseError(_("These are more than 2,000 cases. Send them in parts."))
        try:
            return Response(self.answer(request.data))
        except TrialFault as fault:
            raise ParseError(f"{fault.what} {fault.mend}") from None


class PayrollTrial(Trial):
    """Income-tax cases: kinds monthly, annual, bonus_separate, severance, remuneration_cumulative and _single."""

    def answer(self, cases: Any) -> list[Any]:
        """Answer as `trial_payroll` does."""
        return answer_payroll(cases, timezone.localdate())


class ContributionsTrial(Trial):
    """Social insurance and housing fund of a city in a month."""

    def answer(self, cases: Any) -> list[Any]:
        """Answer as `trial_contributions` does."""
        return answer_contributions(cases)
