"""A program that asks with a token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from scanner import bootstrap
from scanner.application.tokens import Scope
from tests.dashboard.answers import Answer


@dataclass(frozen=True, slots=True)
class Program:
    """Asks in the name of one token; "" sends none."""

    token: str

    def ask(self, method: str, path: str, body: object = None) -> Answer:
        """The answer of /api/v1/ and this path."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        answer: Answer = Client().generic(
            method,
            f"/api/v1/{path}",
            b"" if body is None else json.dumps(body).encode(),
            content_type="application/json",
            headers=headers,
        )
        return answer

    def get(self, path: str) -> Any:
        """What a GET answers, which must be 200."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, answer.content
        return json.loads(answer.content)


def program_of(user: User, scope: Scope = "read") -> Program:
    """A program with a new token of this user."""
    return Program(bootstrap.tokens().issue(user.pk, "tests", scope, None))


@pytest.fixture
def reader(lead: User) -> Program:
    """A program of a lead that may read."""
    return program_of(lead)


@pytest.fixture
def administrating(owner: User) -> Program:
    """A program of an owner that may do everything."""
    return program_of(owner, "admin")
