"""Addresses as users type them: what is taken, what is refused, and with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.domain.errors import UserError
from scanner.git.address import RemoteAddress, parse_address


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("https://example.org/owner/name.git", "https://example.org/owner/name.git"),
        ("  https://example.org/owner/name\n", "https://example.org/owner/name"),
        ("HTTPS://Example.ORG./owner/Name/", "https://example.org/owner/Name"),
        ("https://example.org:443/a/b", "https://example.org/a/b"),
        ("https://example.org:8443/a/b", "https://example.org:8443/a/b"),
        ("https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.org/a/with%20space", "https://example.org/a/with%20space"),
        ("https://203.0.113.7/a", "https://203.0.113.7/a"),
        ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("https://localhost/a", "https://localhost/a"),
        ("ssh://git@example.org/owner/name.git", "ssh://git@example.org/owner/name.git"),
        ("ssh://git@example.org:22/a", "ssh://git@example.org/a"),
        ("ssh://git@example.org:2222/~me/a", "ssh://git@example.org:2222/~me/a"),
        ("ssh://git@[::1]:2222/a", "ssh://git@[::1]:2222/a"),
        ("git@example.org:owner/name.git", "ssh://git@example.org/owner/name.git"),
        ("git@example.org:/srv/git/name.git", "ssh://git@example.org/srv/git/name.git"),
        ("git@[::1]:a/b", "ssh://git@[::1]/a/b"),
    ],
)
def test_it_takes_https_and_ssh(typed: str, stored: str) -> None:
    assert parse_address(typed).url == stored


def test_it_takes_http_where_the_operator_allows_it() -> None:
    assert parse_address("http://example.org:80/a", allow_http=True).url == "http://example.org/a"


def test_it_knows_the_parts_and_the_name() -> None:
    address = parse_address("git@example.org:owner/my%20name.git")
    expected = RemoteAddress("ssh", "git", "example.org", 22, "/owner/my%20name.git")
    assert (address, address.name) == (expected, "my name")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("https://example.org/" + "a" * 2_000, "long"),
        ("http://example.org/a", "http"),
        ("file:///srv/git/a", "file"),
        ("FILE:///srv/git/a", "file"),
        ("git://example.org/a", "git-protocol"),
        ("ftp://example.org/a", "scheme"),
        ("git+ssh://git@example.org/a", "scheme"),
        ("javascript://example.org/a", "scheme"),
        ("ext::sh -c 'touch /tmp/x'", "hidden-characters"),
        ("ext::sh", "scheme"),
        ("EXT::sh", "scheme"),
        ("::https://example.org/a", "scheme"),
        ("https::https://example.org/a", "scheme"),
        ("/srv/git/a", "local"),
        ("./a", "local"),
        ("../a", "local"),
        ("~/a", "local"),
        ("example.org/owner/name", "no-scheme"),
        ("example.org:owner/name", "no-scheme"),
        ("owner/name", "no-scheme"),
        ("https:/example.org/a", "no-scheme"),
        ("https//example.org/a", "no-scheme"),
        ("-oProxyCommand=id", "dash"),
        ("--upload-pack=id", "dash"),
        ("ssh://-oProxyCommand=id/a", "user-missing"),
        ("ssh://git@-oProxyCommand=id/a", "dash"),
        ("ssh://-git@example.org/a", "user"),
        ("git@-example.org:a", "dash"),
        ("-git@example.org:a", "dash"),
        ("https://-example.org/a", "dash"),
        ("https://example.org/-a", "dash"),
        ("git@example.org:-a", "dash"),
        ("https://user@example.org/a", "userinfo"),
        ("https://user:secret@example.org/a", "userinfo"),
        ("https://@example.org/a", "userinfo"),
        ("https://example.org@evil.example/a", "userinfo"),
        ("ssh://git:secret@example.org/a", "userinfo"),
        ("ssh://example.org/a", "user-missing"),
        ("ssh://@example.org/a", "user-missing"),
        ("@example.org:a", "user-missing"),
        ("ssh://gi$t@example.org/a", "user"),
        ("ssh://a@b@example.org/a", "user"),
        ("https://example.org/a?b", "query"),
        ("https://example.org/a?", "query"),
        ("https://example.org/a#b", "fragment"),
        ("https://example.org/a#", "fragment"),
        ("https://example.org\\@evil.example/a", "backslash"),
        ("https://example.org/a b", "hidden-characters"),
        ("https://example.org/a\nb", "hidden-characters"),
        ("https://exam\tple.org/a", "hidden-characters"),
        ("https://example.org/a\x00", "hidden-characters"),
        ("https://example.org/a\x7f", "hidden-characters"),
        ("https://example.org/\u202egit.a", "hidden-characters"),
        ("https://example.org/\u200ba", "hidden-characters"),
        ("https://example.org/\ud800a", "hidden-characters"),
        ("https://ex\u0430mple.org/a", "non-ascii"),
        ("https://example\uff0eorg/a", "non-ascii"),
        ("https://example.org/caf\u00e9", "non-ascii"),
        ("https:///a", "host"),
        ("https://.example.org/a", "host"),
        ("https://example..org/a", "host"),
        ("https://example.org-/a", "host"),
        ("https://exa_mple.org/a", "host"),
        ("https://exa%6dple.org/a", "host"),
        ("https://" + "a" * 64 + ".org/a", "host"),
        ("https://2130706433/a", "host"),
        ("https://0x7f000001/a", "host"),
        ("https://0x/a", "host"),
        ("https://127.1/a", "host"),
        ("https://0177.0.0.1/a", "host"),
        ("https://1.2.3.4.5/a", "host"),
        ("https://[::1/a", "host"),
        ("https://[::1]evil/a", "host"),
        ("https://[fe80::1%25eth0]/a", "host"),
        ("https://[]/a", "host"),
        ("https://[v1.x]/a", "host"),
        ("git@[::1:a", "no-scheme"),
        ("https://example.org:/a", "port"),
        ("https://example.org:0/a", "port"),
        ("https://example.org:65536/a", "port"),
        ("https://example.org:99999/a", "port"),
        ("https://example.org:+1/a", "port"),
        ("https://example.org:-1/a", "port"),
        ("https://example.org:022/a", "port"),
        ("https://example.org:http/a", "port"),
        ("https://example.org:1:2/a", "port"),
        ("https://example.org", "path"),
        ("https://example.org/", "path"),
        ("git@example.org:", "path"),
        ("https://example.org//a", "path"),
        ("https://example.org/a/../b", "path"),
        ("https://example.org/./a", "path"),
        ("https://example.org/a/%2e%2e/b", "path"),
        ("https://example.org/a%2fb", "path"),
        ("https://example.org/a%00b", "path"),
        ("https://example.org/a%0ab", "path"),
        ("https://example.org/a%5cb", "path"),
        ("https://example.org/a%zz", "path"),
        ("https://example.org/a'b", "path"),
        ("https://example.org/$(id)", "path"),
        ("git@example.org:a;id", "path"),
    ],
)
def test_it_refuses(typed: str, code: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_address(typed)
    assert refused.value.code == f"address.{code}"
    assert refused.value.message.endswith(".")
    assert refused.value.next_step


def test_a_refusal_does_not_repeat_a_password() -> None:
    with pytest.raises(UserError) as refused:
        parse_address("https://user:hunter2@example.org/a")
    assert "hunter2" not in f"{refused.value} {refused.value.detail}"


_PIECES = (
    *("https://", "ssh://", "git@", "@", ":", "/", "//", "[", "]", "%", "%2e", "..", "-", "?"),
    *("#", "example.org", "127.0.0.1", "::1", "443", "a", "b.git", "\\", "\n", "\u202e"),
    *("\udc80", "é"),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=10).map("".join) | st.text(max_size=40))
def test_whatever_is_typed_is_refused_or_has_one_normal_form(typed: str) -> None:
    try:
        address = parse_address(typed)
    except UserError:
        return
    assert parse_address(address.url) == address
    assert address.url.isascii()
