"""Judges addresses as users type them, by the operator's settings."""

from __future__ import annotations

from scanner.application.configuration import Configuration
from scanner.application.records import JudgedAddress
from scanner.git.address import parse_address
from scanner.git.branch_name import check_branch
from scanner.git.local import find_git_dir
from scanner.git.local_path import check_local_path


class SettledPolicy:
    """Implements AddressPolicy."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def judge(self, address: str, *, may_use_paths: bool) -> JudgedAddress:
        """The address in its stored form. Raises UserError with a code that begins "address."."""
        text = address.strip()
        if may_use_paths and text.startswith("/"):
            folder = check_local_path(text, self._configuration.local_roots)
            return JudgedAddress("local" if find_git_dir(folder) else "folder", str(folder))
        parsed = parse_address(address, allow_http=self._configuration.allow_http)
        return JudgedAddress("remote", parsed.url)

    def judge_branch(self, branch: str) -> str:
        """The branch in its stored form. Raises UserError "branch.name"."""
        return check_branch(branch)
