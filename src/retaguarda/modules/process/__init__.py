"""Process: flows as data, the wiring of events to steps, queues and monitoring.

(In the making: a helper of its own writes this module from 23:08 on; the writer of sales leaves it alone.)
"""
