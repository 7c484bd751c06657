"""Process: flows as data, the wiring of events to steps, queues and monitoring."""
