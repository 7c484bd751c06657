"""The kernel: what every module stands on, and nothing of any module."""
