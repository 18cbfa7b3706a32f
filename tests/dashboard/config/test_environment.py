"""Settings: what is taken, and the sentence for each value that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.config.environment import (
    Environment,
    SettingsError,
    read_environment,
    split_bind,
    unknown_names,
)
from dashboard.config.keys import new_key


def test_no_variable_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(f"CODEVITALS_{name.upper()}", raising=False)
    environment = read_environment()
    assert environment.bind == "127.0.0.1:8000"
    assert environment.data_dir.name == ".codevitals"
    assert environment.data_dir.is_absolute()


def test_lists_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEVITALS_HOSTS", "a.example, b.example,,")
    monkeypatch.setenv("CODEVITALS_LOCAL_ROOTS", "/srv/git,~/code")
    environment = read_environment()
    assert environment.hosts == ("a.example", "b.example")
    assert environment.local_roots == (Path("/srv/git"), Path.home() / "code")


def test_an_empty_value_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEVITALS_CHILDREN", "")
    monkeypatch.setenv("CODEVITALS_HOSTS", "")
    environment = read_environment()
    assert environment.children == 2
    assert "localhost" in environment.hosts


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "CHILDREN",
            "abc",
            "CODEVITALS_CHILDREN ('abc') cannot be used: it must be a whole number.",
        ),
        ("CHILDREN", "0", "CODEVITALS_CHILDREN ('0') cannot be used: it must be at least 1."),
        ("PROXIES", "11", "CODEVITALS_PROXIES ('11') cannot be used: it must be at most 10."),
        ("DEBUG", "maybe", "CODEVITALS_DEBUG ('maybe') cannot be used: it must be true or false."),
        ("LOG_LEVEL", "loud", "it must be one of 'DEBUG', 'INFO', 'WARNING' or 'ERROR'."),
        ("BIND", "8000", "it must be an address and a port, such as 127.0.0.1:8000."),
        ("BIND", "127.0.0.1:0", "it must be an address and a port, such as 127.0.0.1:8000."),
        ("ORIGINS", "example.org", "each one must read https://host, without a path."),
        ("REDIS_URL", "http://x", "it must begin with redis://, rediss:// or unix://."),
        ("DATABASE_URL", "mysql://h/n", "it must read postgresql://user:password@host:port/name."),
        ("DATABASE_URL", "postgresql://h:x/n", "it must read postgresql://user:password@host:port"),
        ("SECRET_KEY", "short", "it must have at least 50 characters."),
        ("CA_BUNDLE", "/no/such/file", "there is no such file."),
    ],
)
def test_a_bad_value_is_named_in_a_sentence(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"CODEVITALS_{name}", value)
    with pytest.raises(SettingsError) as caught:
        read_environment()
    assert str(caught.value).startswith(f"The setting CODEVITALS_{name}")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hunter2"),
        ("ENCRYPTION_KEYS", "hunter2"),
        ("DATABASE_URL", "mysql://user:hunter2@host/name"),
        ("REDIS_URL", "http://:hunter2@host"),
    ],
)
def test_a_secret_is_never_repeated(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"CODEVITALS_{name}", value)
    with pytest.raises(SettingsError) as caught:
        read_environment()
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(caught.value)


def test_each_bad_value_has_a_sentence_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODEVITALS_CHILDREN", "abc")
    monkeypatch.setenv("CODEVITALS_PROXIES", "many")
    with pytest.raises(SettingsError) as caught:
        read_environment()
    assert len(str(caught.value).splitlines()) == 2


def test_encryption_keys_are_taken_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = (new_key(), new_key())
    monkeypatch.setenv("CODEVITALS_ENCRYPTION_KEYS", ",".join(keys))
    taken = read_environment().encryption_keys
    assert tuple(key.get_secret_value() for key in taken) == keys


def test_bind_takes_both_families() -> None:
    assert split_bind("0.0.0.0:80") == ("0.0.0.0", 80)
    assert split_bind("[::1]:8001") == ("::1", 8001)


def test_an_unknown_variable_is_named_with_its_neighbour() -> None:
    given = {"CODEVITALS_CHILDRN": "3", "CODEVITALS_CHILDREN": "3", "OTHER": "1"}
    assert unknown_names(given) == (
        "CODEVITALS_CHILDRN is no setting of Codevitals and is ignored."
        " Is CODEVITALS_CHILDREN meant?",
    )
