"""Bringing in what others wrote: files, read by a profile that is data, become records and findings."""

from retaguarda.kernel.imports.declared import profile_names, profiles_named
from retaguarda.kernel.imports.errors_file import demand_errors_file, errors_ending, write_errors
from retaguarda.kernel.imports.fitting import demand_fit
from retaguarda.kernel.imports.profile import Profile
from retaguarda.kernel.imports.reader import demand_readable, records
from retaguarda.kernel.imports.record import Finding, Record

__all__ = [
    "Finding", "Profile", "Record", "demand_errors_file", "demand_fit", "demand_readable", "errors_ending",
    "profile_names", "profiles_named", "records", "write_errors",
]  # fmt: skip
