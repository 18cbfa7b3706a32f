"""Name and password."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField


class SignInForm(AuthenticationForm):
    """Django's own form in our look and words."""

    username = UsernameField(
        label="Name",
        widget=forms.TextInput(attrs={"class": "input", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": "This name and password do not belong together.",
        "inactive": "This account is switched off. Ask an administrator.",
    }
