"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh

from dashboard.forms.sign_in import SignInForm
from dashboard.views.partial import wants_partial


class SignIn(LoginView):
    """Asks for a name and a password. Too many wrong ones lock the name for a while."""

    template_name = "sign_in.html"
    authentication_form: type[AuthenticationForm] = SignInForm
    redirect_authenticated_user = True

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The form; a part of a page that was asked for without a session loads it anew."""
        if wants_partial(request):
            return HttpResponseClientRefresh()
        return super().get(request, *args, **kwargs)


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
