"""How work really went: step by step, way by way, and where it strayed; of cases of the program or of past orders."""

from __future__ import annotations

from retaguarda.kernel.screen import Chart, Column, Cut, Parameter, ReportScreen
from retaguarda.modules.process.queries.health import BACK, EARLY, LATE, LIVE, MISSED, PAST
from retaguarda.modules.process.queries.times import PERIODS

_NAME = "process.health_report"
_STEP = Column(field="step", show="name", texts="process.step")
_HOURS = ("wait_hours", "wait_hours_p90", "work_hours", "work_hours_p90")
health_report = ReportScreen(
    name=_NAME,
    icon="life-buoy",
    parameters=(
        Parameter(key="period", kind="choice", initial="month", options=tuple(PERIODS), texts=f"{_NAME}.period"),
        Parameter(key="origin", kind="choice", initial=LIVE, options=(LIVE, PAST), texts=f"{_NAME}.origin"),
    ),
    cuts=(
        Cut(
            name="steps",
            query="process.step_times",
            columns=(
                _STEP,
                Column(field="done", show="whole", width=110),
                Column(field="taken", show="whole", width=110),
                *(Column(field=name, show="quantity", width=130) for name in _HOURS),
            ),
            sort="position",
            totals=("done", "taken"),
            chart=Chart(label="step", value="wait_hours"),
            parameters=("period",),
        ),
        Cut(
            name="paths",
            query="process.paths_taken",
            columns=(
                Column(field="path", show="codes", texts="process.step"),
                Column(field="steps", show="whole", width=110),
                Column(field="cases", show="whole", width=110),
                Column(field="share_rate", show="rate", width=110),
            ),
            sort="-cases",
            totals=("cases",),
            chart=Chart(label="path", value="cases", most=6),
            parameters=("period", "origin"),
        ),
        Cut(
            name="deviations",
            query="process.deviations",
            columns=(
                Column(
                    field="kind",
                    show="pill",
                    width=160,
                    texts=f"{_NAME}.kind",
                    levels={EARLY: "info", BACK: "warn", MISSED: "warn", LATE: "bad"},
                ),
                _STEP,
                Column(field="times", show="whole", width=120),
                Column(field="cases", show="whole", width=120),
            ),
            sort="-times",
            totals=("times",),
            chart=Chart(label="step", value="times"),
            parameters=("period", "origin"),
        ),
    ),
    refreshed_by=("case_step", "past_case"),
)
