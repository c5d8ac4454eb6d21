"""Keep migrating fast: a new table, constraint, index or trigger does not build every model class anew.

Django rebuilds a changed model and all models around it after each operation. Here all models hang together by their
agency, so the cost grows with their number squared: making all tables cost 291 s of CPU time, and costs
9 s this way, with the same schema to the letter. A constraint, an index or a trigger changes no relation,
so writing it into the one class is enough; and a new class announces itself to the ones it points at, as it does
when the product itself is loaded.
"""

from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger


def add_model(state: ProjectState, model_state: ModelState) -> None:
    """Add a model to the state and, where classes are built, its class beside the others."""
    key = model_state.app_label, model_state.name_lower
    state.models[key] = model_state
    if state._relations is not None:  # type: ignore[attr-defined]
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:  # a cached property: asking for it would build every class
        state.apps.render_multiple([model_state])


def append_option(state: ProjectState, app_label: str, model_name: str, option: str, added: Any) -> None:
    """Add a constraint, an index or a trigger to a model's state, and to its class where one is built."""
    options = state.models[app_label, model_name].options
    options[option] = [*options.get(option, []), added]
    if "apps" in state.__dict__:
        meta = state.apps.get_model(app_label, model_name)._meta
        setattr(meta, option, [*getattr(meta, option, []), added])


def add_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    append_option(state, app_label, operation.model_name.lower(), "triggers", operation.trigger)


def install() -> None:
    """Replace Django's and pgtrigger's way for this process."""
    ProjectState.add_model = add_model  # type: ignore[method-assign, assignment]
    ProjectState._append_option = append_option  # type: ignore[attr-defined]
    AddTrigger.state_forwards = add_trigger  # type: ignore[method-assign, assignment]
