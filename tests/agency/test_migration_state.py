"""A table, a constraint, an index or a trigger reaches the built model class without building its neighbours anew."""

import pgtrigger
import pytest
from django.db import migrations, models
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger

from agency import migration_state

LIMIT = models.CheckConstraint(condition=models.Q(size__gt=0), name="size_is_positive")
INDEX = models.Index(fields=["size"], name="by_size")
KEEP = pgtrigger.Protect(name="keep", operation=pgtrigger.Delete)


@pytest.fixture
def state():
    """A parent and a child, both built."""
    state = ProjectState()
    key = models.BigAutoField(primary_key=True)
    parent = models.ForeignKey("clients.parent", on_delete=models.CASCADE)
    state.add_model(ModelState("clients", "Parent", [("id", key), ("size", models.IntegerField())]))
    state.add_model(ModelState("clients", "Child", [("id", key.clone()), ("parent", parent)]))
    assert state.apps.get_model("clients", "child")
    return state


@pytest.mark.parametrize(
    ("operation", "option"),
    [
        (migrations.AddConstraint("parent", LIMIT), "constraints"),
        (migrations.AddIndex("parent", INDEX), "indexes"),
        (AddTrigger("parent", KEEP), "triggers"),
    ],
    ids=["constraint", "index", "trigger"],
)
def test_an_option_is_written_into_the_one_class(state, operation, option):
    before = state.apps.get_model("clients", "child")
    operation.state_forwards("clients", state)
    assert state.apps.get_model("clients", "child") is before
    assert len(getattr(state.apps.get_model("clients", "parent")._meta, option)) == 1
    assert len(state.models["clients", "parent"].options[option]) == 1


def test_a_new_class_is_built_beside_the_others_and_known_to_the_one_it_points_at(state):
    before = state.apps.get_model("clients", "parent")
    second = models.ForeignKey("clients.parent", on_delete=models.CASCADE, related_name="visits")
    fields = [("id", models.BigAutoField(primary_key=True)), ("parent", second)]
    migrations.CreateModel("Visit", fields).state_forwards("clients", state)
    assert state.apps.get_model("clients", "parent") is before
    assert before.visits.rel.related_model is state.apps.get_model("clients", "visit")
    assert [relation.name for relation in before._meta.related_objects] == ["child", "visits"]


def test_a_class_is_as_django_by_itself_would_build_it(state):
    """Rendering everything anew gives the same relations."""
    model = ModelState("clients", "Visit", [("id", models.BigAutoField(primary_key=True))])
    state.add_model(model)
    afresh = ProjectState(state.models).apps
    assert {m._meta.label for m in afresh.get_models()} == {m._meta.label for m in state.apps.get_models()}


def test_django_by_itself_builds_the_neighbours_anew(state, monkeypatch):
    """The way of Django, for which this exists; when it changes, ours can go."""

    def rebuild(state, app_label, model_name, option, added):
        migration_state.append_option(state, app_label, model_name, option, added)
        state.reload_model(app_label, model_name, delay=True)

    monkeypatch.setattr(ProjectState, "_append_option", rebuild)
    before = state.apps.get_model("clients", "child")
    migrations.AddIndex("parent", INDEX).state_forwards("clients", state)
    assert state.apps.get_model("clients", "child") is not before
