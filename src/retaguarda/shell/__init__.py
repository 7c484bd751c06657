"""The window: everything a person sees and presses. It knows screens as data and never the database.

Being written side by side: `login_view`, `board_view`, `page_view`, `panels` and `failures` have one author; the
courier, binder, form, entry and list views, the window, tabs, translation and crash dialog have another.
"""
