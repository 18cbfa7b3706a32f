"""The step that shows an ssh host's keys and takes a deploy key, without keeping any state."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from dashboard import sealed_steps
from dashboard.forms.repositories import DeployKeyForm
from dashboard.sealed_steps import Binding
from scanner import bootstrap
from scanner.application.introduction import DraftKey, HostKey
from scanner.domain.errors import UserError
from scanner.domain.revisions import DeployKey

STEP: Final = "key"
NO_KEY: Final = UserError(
    "credential.empty",
    "There is no key yet.",
    "Paste a private key, or let one be generated.",
)


class KeyStep:
    """One showing of the step: what it shows, and what came back from the showing before."""

    def __init__(self, request: HttpRequest, address: str) -> None:
        self.address = address
        self.is_asked_again = False
        self._data = request.POST
        self._binding = Binding(request.user.pk or 0, address)
        self.keys: tuple[HostKey, ...] = sealed_steps.read_host(
            self._binding, self._data.get("host", "")
        )
        self.draft: DraftKey | None = sealed_steps.read_draft(
            self._binding, self._data.get("draft", "")
        )
        self.form = DeployKeyForm(
            self._data if self._is_sent else None,
            initial={"confirmed": "confirmed" in self._data},
        )

    @property
    def _is_sent(self) -> bool:
        return self._data.get("step") == STEP and not {"generate", "back"} & set(self._data)

    @property
    def is_answer(self) -> bool:
        """Whether the step was shown before and came back whole."""
        return self._data.get("step") == STEP and bool(self.keys) and "back" not in self._data

    @property
    def host(self) -> str:
        """The signed host keys, for a hidden field."""
        return sealed_steps.sign_host(self._binding, self.keys)

    @property
    def sealed_draft(self) -> str:
        """The signed and encrypted draft, for a hidden field; "" without one."""
        return sealed_steps.sign_draft(self._binding, self.draft) if self.draft else ""

    @property
    def known_hosts(self) -> str:
        """The shown keys as lines of a known_hosts file."""
        return "".join(f"{key.line}\n" for key in self.keys)

    def asked(self, keys: tuple[HostKey, ...]) -> KeyStep:
        """This step with the keys a host has just given, shown for the first time."""
        self.is_asked_again = self._data.get("step") == STEP and "back" not in self._data
        self.keys = keys
        self.form = DeployKeyForm(None)
        return self

    def credential(self) -> DeployKey | None:
        """The key to use; None when the step has to be shown again.

        Raises UserError "credential....".
        """
        if "generate" in self._data:
            self.draft = bootstrap.introduction().draft("codevitals", self.known_hosts)
            return None
        if not self.form.is_valid():
            return None
        pasted = self.form.cleaned_data["private_key"]
        if pasted.strip():
            return DeployKey(pasted, self.known_hosts)
        if self.draft is None:
            raise NO_KEY
        return bootstrap.introduction().open_draft(self.draft.sealed)
