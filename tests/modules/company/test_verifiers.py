"""What stands in the database for a password: made at the price that the library recommends, and of no other word."""

from __future__ import annotations

import functools

import argon2
import pytest
from argon2 import profiles

from retaguarda.modules.company import api

SALT = "5a" * 16


def test_a_verifier_costs_what_the_library_recommends(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap: object = argon2.PasswordHasher
    assert isinstance(cheap, functools.partial), "the tests' own price"
    monkeypatch.setattr(api, "PasswordHasher", cheap.func)
    verifier = api.verifier_of("segredo123", SALT)
    assert argon2.extract_parameters(verifier) == profiles.RFC_9106_LOW_MEMORY
    assert verifier.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert api.is_password(verifier, "segredo123")
    assert not api.is_password(verifier, "segredo124")
    assert api.verifier_of("segredo123", SALT) == verifier
    assert api.verifier_of("segredo123", "5b" * 16) != verifier
