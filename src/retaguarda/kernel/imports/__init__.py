"""Bringing in what others wrote: files, read by a profile that is data, become records and findings."""

from retaguarda.kernel.imports.profile import Profile, profile_named, profile_names
from retaguarda.kernel.imports.reader import records
from retaguarda.kernel.imports.record import Finding, Record

__all__ = ["Finding", "Profile", "Record", "profile_named", "profile_names", "records"]
