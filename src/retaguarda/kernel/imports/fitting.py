"""Whether a profile fits its command: before a file is opened, every field is one that the command has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from retaguarda.kernel.command import Command, FieldSpec, fields_of
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.profile import Fields, Profile, Reading


def demand_fit(profile: Profile, commands: Mapping[str, type[Command]]) -> None:
    """Refuses a profile whose command there is not, that fills a field the command has not, or leaves out one it needs;
    each with line, column and field."""
    command = commands.get(profile.command)
    if command is None:
        params = {"file": profile.written, "line": profile.lines.get("command", 0), "command": profile.command}
        raise Invalid(Fault("profile", "imports.profile.no_command", params))
    faults = list(_faults(profile, command))
    if faults:
        raise Invalid(*faults)


def _faults(profile: Profile, command: type[Command]) -> Iterator[Fault]:
    parts = {name: part.fields for name, part in profile.parts.items()}
    steps = {"steps"} if profile.steps else set()
    given: dict[str, Any] = {**profile.fields, **parts}
    here = profile.lines.get("fields", 0)
    yield from _misfits(profile, command, given, "", here, steps)
    specs = {spec.name: spec for spec in fields_of(command)}
    yield from _strangers(profile, specs)
    for name, fields in parts.items():
        spec = specs.get(name)
        if spec is not None and spec.part is not None:
            yield from _misfits(profile, spec.part, fields, f"{name}.", profile.parts[name].line)


def _strangers(profile: Profile, specs: Mapping[str, FieldSpec]) -> Iterator[Fault]:
    """The steps of a profile whose command has none."""
    steps = specs.get("steps")
    has = {spec.name for spec in fields_of(steps.part)} if steps and steps.part else set()
    for mark in profile.steps if not {"step", "at"} <= has else ():
        params = {"file": profile.written, "command": profile.command, "line": mark.line, "column": mark.column}
        known = ", ".join(specs)
        yield Fault(
            "profile", "imports.profile.unknown_field", {**params, "field": f"steps.{mark.step}", "known": known}
        )


def _misfits(
    profile: Profile, whole: type[Any], fields: Mapping[str, Any], path: str, here: int, also: set[str] | None = None
) -> Iterator[Fault]:
    specs = {spec.name: spec for spec in fields_of(whole)}
    said = {"file": profile.written, "command": profile.command}
    for name, reading in fields.items():
        line, column = _told(reading)
        spec = specs.get(name)
        if spec is None or not _alike(spec, reading):
            params = {**said, "line": line or here, "field": f"{path}{name}", "known": ", ".join(specs)}
            if column:
                yield Fault("profile", "imports.profile.unknown_field", {**params, "column": column})
            else:  # a value for every record, or a list
                yield Fault("profile", "imports.profile.no_field", params)
        elif isinstance(reading, tuple) and spec.part is not None:
            for n, entry in enumerate(reading, 1):
                yield from _misfits(profile, spec.part, entry, f"{path}{name}.{n}.", here)
    for name, spec in specs.items():
        if spec.required and name not in fields and name not in (also or ()):
            params = {**said, "line": here, "field": f"{path}{name}"}
            yield Fault("profile", "imports.profile.field_lacks", params)


def _alike(spec: FieldSpec, said: Reading | Fields | tuple[Any, ...]) -> bool:
    """Whether a list of parts is filled with lists, and anything else with a value."""
    return (spec.part is not None) != isinstance(said, Reading) or (isinstance(said, Reading) and said.as_ == "given")


def _told(said: Reading | Fields | tuple[Any, ...]) -> tuple[int, str]:
    if isinstance(said, Reading):
        return said.line, ", ".join(said.asks())
    return 0, ""
