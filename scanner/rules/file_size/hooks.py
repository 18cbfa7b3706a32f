"""Methods that frameworks call by their name, so that no class decides how many it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_HOOKS: Final[Mapping[str, str]] = {
    "Views": "get post put patch delete head options setup dispatch get_object get_queryset "
    "get_context_data get_context_object_name get_template_names get_paginate_by get_ordering "
    "render_to_response get_initial get_prefix get_form get_form_class get_form_kwargs "
    "get_success_url form_valid form_invalid",
    "REST views and serializers": "get_serializer get_serializer_class get_serializer_context "
    "get_permissions get_authenticators get_throttles perform_create perform_update "
    "perform_destroy partial_update filter_queryset paginate_queryset to_representation "
    "to_internal_value",
    "Admin": "get_urls get_fields get_fieldsets get_readonly_fields get_list_display "
    "get_list_filter get_inline_instances save_model save_formset save_related delete_model "
    "has_add_permission has_change_permission has_delete_permission has_view_permission "
    "formfield_for_dbfield formfield_for_foreignkey formfield_for_manytomany changelist_view "
    "change_view add_view response_add response_change",
    "Fields and columns": "full_clean deconstruct formfield contribute_to_class from_db_value "
    "to_python get_prep_value get_db_prep_value get_internal_type db_type value_to_string "
    "process_bind_param process_result_value load_dialect_impl",
}

HOOKS: Final = frozenset(name for names in _HOOKS.values() for name in names.split())


def documented_hooks() -> str:
    """The list as paragraphs, for the page of a rule."""
    return "\n\n".join(f"{kind}: {', '.join(names.split())}." for kind, names in _HOOKS.items())
