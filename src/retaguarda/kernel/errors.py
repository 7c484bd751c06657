"""Three kinds of wrong: a refusal (the business says no), a trouble (the environment), a defect (ours).

Codes and parameters, never prose: the texts live in the catalogue, one cause and one action per code and language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dc_field
from typing import Any

Params = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong field of a command: `field` is its path (`lines.2.quantity`), `code` names the cause."""

    field: str
    code: str
    params: Params = dc_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remedy:
    """A ready way forward: a command's name and payload with what it would mean for the customer.

    `counts` is true only when running it leaves the case on a step from which it ends without another decision.
    `kept` says whether the `day` is the one that was asked for (None where no day comes of it), `dearer` what the
    customer would pay more, `extra_cost` what the house would, `margin` how the margin moves; `why` is the code of the
    sentence that says why it stands where it does.
    """

    command: str
    payload: Params
    reason: str
    params: Params = dc_field(default_factory=dict)
    day: str | None = None
    extra_cost: str | None = None
    counts: bool = False
    kept: bool | None = None
    dearer: str | None = None
    margin: str | None = None
    why: str = ""


class Problem(Exception):
    """What refusal and trouble share: a code, its parameters, the remedies that answer it, the codes of what plan B
    could not look at."""

    def __init__(
        self, code: str, /, *, field: str | None = None, remedies: Sequence[Remedy] = (), **params: Any
    ) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Any] = params
        self.field = field
        self.remedies: tuple[Remedy, ...] = tuple(remedies)
        self.left_out: tuple[str, ...] = ()


class Refusal(Problem):
    """The business says no: everything is rolled back but the journal row."""


class Invalid(Refusal):
    """Values that cannot be taken, all of them at once in `faults`."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(
            "kernel.invalid",
            field=faults[0].field if faults else None,
            faults=[{"field": f.field, "code": f.code, "params": dict(f.params)} for f in faults],
        )
        self.faults = faults


class Forbidden(Refusal):
    """The person does not hold the permission; `permission` names it."""

    def __init__(self, permission: str, **params: Any) -> None:
        super().__init__("kernel.forbidden", permission=permission, **params)


class Missing(Refusal):
    """No such record: `what` names its kind, `key` what was asked for."""

    def __init__(self, what: str, key: object, *, field: str | None = None) -> None:
        super().__init__("kernel.missing", field=field, what=what, key=str(key))


class Stale(Refusal):
    """Somebody changed the record since it was read; `fresh` is the row as it is now, where known."""

    def __init__(self, what: str, key: object, fresh: Mapping[str, Any] | None = None) -> None:
        super().__init__("kernel.stale", what=what, key=str(key), fresh=dict(fresh) if fresh else None)


class NeedsConsent(Refusal):
    """Allowed, but only knowingly: send the command again with `accept` naming this code."""


class Shortfall(Refusal):
    """A promise cannot be met as asked: plan B is asked, a failure row stays."""

    def __init__(
        self,
        code: str,
        /,
        *,
        subject: tuple[str, str],
        cause_key: str,
        field: str | None = None,
        **params: Any,
    ) -> None:
        super().__init__(code, field=field, **params)
        self.subject = subject
        self.cause_key = cause_key
        self.failure_id: str | None = None


class Mishap(Problem):
    """What went wrong although the command went through (goods were missing, nobody was at home): a failure is open
    that waits for a decision, and plan B answers it as it answers a shortfall."""

    def __init__(self, code: str, /, *, failure_id: str, **params: Any) -> None:
        super().__init__(code, **params)
        self.failure_id = failure_id


class Trouble(Problem):
    """The environment fails: queue, retry or switch; never a traceback."""

    retryable = False


class Offline(Trouble):
    """The database or a service cannot be reached."""

    retryable = True


class Busy(Trouble):
    """Locked by others for too long, after all retries."""

    retryable = True


class External(Trouble):
    """A service outside (tax authority, bank, mail) failed."""

    retryable = True


class Device(Trouble):
    """A printer, a disk or another device failed."""
