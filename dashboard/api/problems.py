"""What goes wrong, in one shape: a code that never changes, a plain message, a next step."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from dashboard.api.door import ScopeError
from scanner.domain.errors import UserError

_TOPICS = {"address": "url", "credential": "url", "repository": "url"}
"""Fields by the part of an error's code before its first dot, where they differ."""


UNKNOWN: Final = UserError(
    "token.unknown",
    "No token came, or one that opens nothing.",
    "Send the header Authorization: Bearer, with a token from the page of tokens.",
)
MISSING: Final = UserError(
    "not-found", "There is nothing here, or it belongs to a team that the person is not in.", ""
)


class FieldError(Exception):
    """A user error of one field of what was sent."""

    def __init__(self, field: str, error: UserError) -> None:
        super().__init__(str(error))
        self.field = field
        self.error = error

    @classmethod
    def of(cls, error: UserError) -> FieldError:
        """The error at the field that its code begins with."""
        topic = error.code.partition(".")[0]
        return cls(_TOPICS.get(topic, topic), error)


class RoleError(Exception):
    """The person's role in the team is too small."""

    def __init__(self, error: UserError) -> None:
        super().__init__(str(error))
        self.error = error


def tell_problems(api: NinjaAPI) -> None:
    """Let the API answer each kind of trouble in its shape."""

    def tell(request: HttpRequest, trouble: object) -> HttpResponse:
        status, body = _told(trouble)
        response = api.create_response(request, body, status=status)
        if status == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response

    for kind in (Http404, AuthenticationError, ValidationError, FieldError, RoleError, UserError):
        api.add_exception_handler(kind, tell)


def _told(trouble: object) -> tuple[int, object]:
    """The status and the body."""
    match trouble:
        case FieldError():
            return 422, {"errors": [{"field": trouble.field, **_problem(trouble.error)}]}
        case ValidationError():
            return 422, {"errors": [_of_field(each) for each in trouble.errors]}
        case AuthenticationError():
            return 401, _problem(UNKNOWN)
        case RoleError():
            return 403, _problem(trouble.error)
        case ScopeError():
            return 403, _problem(trouble)
        case UserError():
            return 400, _problem(trouble)
        case _:
            return 404, _problem(MISSING)


def _problem(error: UserError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "next_step": error.next_step}


def _of_field(error: dict[str, Any]) -> dict[str, str]:
    names = [str(part) for part in error["loc"] if part not in {"body", "query", "path", "given"}]
    message = str(error["msg"]).removesuffix(".")
    return {
        "field": ".".join(names),
        "code": f"field.{error['type']}",
        "message": f"{message}.",
        "next_step": "",
    }
