"""What people do with work: take, give and put back steps, flag cases, end failures, hand work to other departments."""

from retaguarda.modules.process.commands.answers import (
    AcceptHandoff,
    EndHandoff,
    RefuseHandoff,
    accept_handoff,
    end_handoff,
    refuse_handoff,
)
from retaguarda.modules.process.commands.handoffs import (
    ResendHandoff,
    SayInHandoff,
    SendHandoff,
    WithdrawHandoff,
    resend_handoff,
    say_in_handoff,
    send_handoff,
    withdraw_handoff,
)
from retaguarda.modules.process.commands.steps import (
    AssignStep,
    CloseFailure,
    ReleaseStep,
    SetPriority,
    TakeStep,
    assign_step,
    close_failure,
    release_step,
    set_priority,
    take_step,
)

__all__ = [
    "AcceptHandoff",
    "AssignStep",
    "CloseFailure",
    "EndHandoff",
    "RefuseHandoff",
    "ReleaseStep",
    "ResendHandoff",
    "SayInHandoff",
    "SendHandoff",
    "SetPriority",
    "TakeStep",
    "WithdrawHandoff",
    "accept_handoff",
    "assign_step",
    "close_failure",
    "end_handoff",
    "refuse_handoff",
    "release_step",
    "resend_handoff",
    "say_in_handoff",
    "send_handoff",
    "set_priority",
    "take_step",
    "withdraw_handoff",
]
