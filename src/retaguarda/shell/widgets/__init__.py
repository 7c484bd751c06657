"""The parts every screen is built from. They take plain data, emit Qt signals and hold no words of their own.

`layout` row, column, boxed, empty · `labels` Label (title, section, heading, small, caption), Pill, KeyCap, Avatar,
IconMark, IconTile · `buttons` Button, Chip, LinkButton · `cards` Card, Panel, Rule · `fields` Field, LineEdit,
NumberEdit, ScanField, TextArea · `dates` DateEdit, read_date · `choices` Combo, CheckBox, Menu · `search` SearchBox,
Found · `table` Table, Column, Kind, Row and the cells · `page` Page, PageHeader, PillTabs, ChipRow, DetailStrip ·
`facts` KeyValue, TotalsBlock, Figures, KeyHints · `tiles` KpiTile, ProcessLight, ActionRow · `charts` SegmentBar,
HBars, Legend · `stepper` Stepper, Step · `timeline` Timeline, Moment · `messages` Banner, EmptyState, Skeleton ·
`toast` Toast · `sheet` Sheet, question · `scrolling` scrolling, dress · `paint` the shared strokes.

A *role* is ok, warn, bad, info, neutral or accent (also plan, and "" for none); a *token* is a field of `theme.Theme`;
an *icon* is a file name of `resources/icons`; a *key* is printed only, the screen binds it. `name` is read aloud.
"""
