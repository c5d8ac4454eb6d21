"""Give an agency the forms that ship with the product."""

import json
from pathlib import Path

from .models import FormTemplate
from .schema import fields_of

SHIPPED = Path(__file__).parent / "data"


def install_default_forms() -> list[FormTemplate]:
    """Install each shipped form in its version; what is there already stays as it is."""
    installed = []
    for path in sorted(SHIPPED.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        fields_of(data["fields"])
        template, _created = FormTemplate.objects.get_or_create(
            key=data.pop("key"), version=data.pop("version"), defaults=data
        )
        installed.append(template)
    return installed
