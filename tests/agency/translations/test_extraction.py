from agency.translations.extraction import Message, messages_of_python, messages_of_template


def found(messages):
    return [message for message, _line in messages]


def test_python_calls_are_found_with_plural_and_context():
    source = (
        'name = _("Name")\n'
        'label = gettext_lazy("Phone")\n'
        'ngettext("%(n)d person", "%(n)d people", n)\n'
        'pgettext("month", "May")\n'
        'f(_("a " "b"))\n'
        "gettext(variable)\n"
    )
    assert found(messages_of_python(source)) == [
        Message("Name"),
        Message("Phone"),
        Message("%(n)d person", "%(n)d people"),
        Message("May", context="month"),
        Message("a b"),
    ]


def test_template_tags_are_found_wherever_they_stand():
    source = """
    {% extends "base.html" %}
      {% block title %}{% translate "People" %}{% endblock %}
        <p title="{% translate 'Whom to see' %}">it's "quoted" (text {{ _("Inline") }}</p>
    {% blocktranslate count n=people|length trimmed %}
      {{ n }} person
    {% plural %}
      {{ n }} people
    {% endblocktranslate %}
    {% translate "May" context "month" %}
    {% include "x.html" with label=_("Save") %}
    """
    assert found(messages_of_template(source)) == [
        Message("People"),
        Message("Whom to see"),
        Message("Inline"),
        Message("%(n)s person", "%(n)s people"),
        Message("May", context="month"),
        Message("Save"),
    ]


def test_a_message_knows_its_line():
    assert list(messages_of_template('<p>\n</p>\n{% translate "Third" %}')) == [(Message("Third"), 3)]
