"""Extensions the schema needs; the owner role may create them, since PostgreSQL trusts both."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [TrigramExtension(), BtreeGistExtension()]
