"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView

from dashboard.forms.sign_in import SignInForm


class SignIn(LoginView):
    """Asks for a name and a password. Too many wrong ones lock the name for a while."""

    template_name = "sign_in.html"
    authentication_form: type[AuthenticationForm] = SignInForm
    redirect_authenticated_user = True


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
