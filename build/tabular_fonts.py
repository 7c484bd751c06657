"""Make the fonts of number columns: Inter with figures of one width, western letters only, for the printed documents.

Qt asks a font for its tabular figures by name; the PDF writer cannot, so these two files have them in the place of the
usual ones. Run by hand after Inter is updated, with `fonttools` installed: `python build/tabular_fonts.py`.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
SIGNS = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2009, 0x2013, 0x2014, 0x202F, 0x20AC, 0x2212]


def make(source: str, target: str) -> None:
    font = TTFont(FONTS / source, recalcTimestamp=False)
    features = font["GSUB"].table
    lookups = {
        index
        for record in features.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    swaps: dict[str, str] = {}
    for index in lookups:
        for table in features.LookupList.Lookup[index].SubTable:
            swaps |= getattr(table, "ExtSubTable", table).mapping
    for table in font["cmap"].tables:
        for code in (*range(ord("0"), ord("9") + 1), *map(ord, ".,:+- ")):
            if code in table.cmap:
                table.cmap[code] = swaps.get(table.cmap[code], table.cmap[code])
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    thinner = subset.Subsetter(options)
    thinner.populate(unicodes=SIGNS)
    thinner.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            joint = "" if record.nameID == 6 else " "
            record.string = record.toUnicode().replace("Inter", f"Inter{joint}Tabular", 1)
    font.save(FONTS / target)


if __name__ == "__main__":
    make("Inter-Regular.ttf", "InterTabular-Regular.ttf")
    make("Inter-SemiBold.ttf", "InterTabular-SemiBold.ttf")
