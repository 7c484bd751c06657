"""A dump of a database gives every row of its table, and is refused by name where one cannot be had."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.imports.tables import read_rows

DUMP = """-- it's a dump
SET client_encoding = 'UTF8';
CREATE TABLE public.things (
    id smallint NOT NULL,
    name character varying(40) DEFAULT 'a, b',
    price numeric(10, 2), -- it's money
    sold boolean,
    CONSTRAINT pk PRIMARY KEY (id)
);
INSERT INTO other VALUES (1, 'INSERT INTO things VALUES (9)');
INSERT INTO things VALUES (1, 'D''Água; (x),
two lines', 9.80000019, TRUE),
  (2, NULL, -1e2, false);
INSERT INTO "things" (price, id) VALUES (3.5, 3);
COPY things (id, name) FROM stdin;
4\ttab\\there
5\t\\N
\\.
"""


SEVERAL = """COPY public.other (id, name) FROM stdin;
1\tit's; INSERT INTO things VALUES (9);
\\.
SET a = 'b'; CREATE TABLE things (id int, name text); INSERT INTO things VALUES (1, 'a;b'); INSERT INTO
-- a comment
things VALUES (2, 'c');
COPY public.things (id, name) FROM stdin;
3\tx
\\.
COPY public.other (id, name) FROM stdin;
9\ty
\\.
INSERT IGNORE INTO `things` VALUES (4, NULL); INSERT OR REPLACE INTO things VALUES (5, 'C:\\new');
REPLACE INTO things VALUES (6, NULL) ON CONFLICT DO NOTHING; INSERT things VALUES (7, NULL);
INSERT INTO things (id) OVERRIDING SYSTEM VALUE VALUES (8);
"""


def dumped(folder: Path, text: str) -> list[Any]:
    (folder / "dump.sql").write_text(text, encoding="utf-8")
    return [(number, list(row)) for number, row in read_rows(folder, Source("dump.sql", "things"), Spelling())]


def test_a_table_of_a_dump_is_read_with_its_types(tmp_path: Path) -> None:
    assert dumped(tmp_path, DUMP) == [
        (3, ["id", "name", "price", "sold"]),
        (11, [Decimal(1), "D'Água; (x),\ntwo lines", Decimal("9.80000019"), True]),
        (13, [Decimal(2), None, Decimal(-100), False]),
        (14, [Decimal(3), None, Decimal("3.5"), None]),
        (16, ["4", "tab\there", None, None]),
        (17, ["5", None, None, None]),
    ]


def test_no_row_of_a_dump_is_lost_behind_another_table_or_statement(tmp_path: Path) -> None:
    assert [(line, *row) for line, row in dumped(tmp_path, SEVERAL)] == [
        (4, "id", "name"), (4, Decimal(1), "a;b"), (6, Decimal(2), "c"), (8, "3", "x"), (13, Decimal(4), None),
        (13, Decimal(5), r"C:\new"), (14, Decimal(6), None), (14, Decimal(7), None), (15, Decimal(8), None),
    ]  # fmt: skip


MYSQLS = r"""-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB
/*!40101 SET NAMES utf8mb4 */;
CREATE TABLE `things` (
  `id` int(11) NOT NULL COMMENT 'it\'s (the key,',
  `name` varchar(9) DEFAULT NULL,
  FULLTEXT KEY `n` (`name`)
) ENGINE=InnoDB;
/* it's
 INSERT INTO `things` VALUES (9,'no'); */
INSERT INTO `other` VALUES ('\\');
INSERT INTO `things` VALUES (1,'it\'s; \"\\\n\%'),(b'10',_binary 'a"b'); # it's
REPLACE INTO `things` VALUES (3,'don''t\
'); INSERT IGNORE INTO `things` VALUES (4,'$$');
-- Dump completed on 2026-05-04
"""
POSTGRES = """--
-- PostgreSQL database dump
--
CREATE FUNCTION f() RETURNS trigger AS $body$
BEGIN
  INSERT INTO things VALUES (9, 'don''t'); -- it's
END $body$ LANGUAGE plpgsql;
CREATE TABLE "it's" (id int);
CREATE TABLE things (id int, name text);
INSERT INTO "it's" VALUES (1); INSERT INTO things VALUES (1, '/* $$ -- */');
--
-- PostgreSQL database dump complete
--

"""
SQLITES = """PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE things (id int, name text);
INSERT INTO things VALUES(1,'C:\\n');
COMMIT;
"""


def test_a_backslash_means_what_it_means_to_whoever_wrote_the_dump(tmp_path: Path) -> None:
    assert dumped(tmp_path, MYSQLS) == [
        (3, ["id", "name"]),
        (11, [Decimal(1), "it's; \"\\\n\\%"]),
        (11, [Decimal(2), 'a"b']),
        (12, [Decimal(3), "don't\n"]),
        (13, [Decimal(4), "$$"]),
    ]
    assert dumped(tmp_path, SQLITES)[1:] == [(4, [Decimal(1), "C:\\n"])]


def test_what_stands_in_comments_names_and_functions_is_no_row(tmp_path: Path) -> None:
    assert dumped(tmp_path, POSTGRES) == [(9, ["id", "name"]), (10, [Decimal(1), "/* $$ -- */"])]


@pytest.mark.parametrize(
    ("text", "end"),
    [(MYSQLS, "-- Dump completed"), (POSTGRES, "-- PostgreSQL database dump complete"), (SQLITES, "COMMIT")],
)
def test_a_dump_that_was_cut_off_between_two_statements_is_refused_before_a_row(
    tmp_path: Path, text: str, end: str
) -> None:
    (tmp_path / "dump.sql").write_text(text.partition(end)[0], encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        next(read_rows(tmp_path, Source("dump.sql", "things"), Spelling()))
    assert caught.value.faults[0].code == "imports.dump.cut_off"


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("", "no_table", 0),
        ("CREATE TABLE things (id text);\n\nINSERT INTO `things` VALUES ('a'),\n('a\\nb');", "backslash", 4),
        ("CREATE TABLE things (id text);\nINSERT INTO `things` VALUES ('it\\'s');\nSET a = 1;", "broken", 2),
        ("CREATE TABLE things (id text);\nINSERT INTO things SELECT id FROM other;", "broken", 2),
        ("CREATE TABLE things (id text);\nINSERT INTO things VALUES ROW(1), ROW(2);", "broken", 2),
        ("CREATE TABLE things (id text); INSERT INTO things VALUES (1)", "broken", 1),
        ("INSERT INTO things VALUES (1);", "no_columns", 1),
        ("CREATE TABLE things (id int);\nINSERT INTO things VALUES (1, 2);", "broken", 2),
        ("CREATE TABLE things (id int);\nINSERT INTO things VALUES (now());", "broken", 2),
        ("CREATE TABLE things (id int);\nINSERT INTO things VALUES (1e999999999);", "broken", 2),
        ("CREATE TABLE things (id int);\nINSERT INTO things VALUES ('it", "broken", 2),
        ("CREATE TABLE things (id int);\nINSERT INTO things VALUES (1", "broken", 2),
        ("CREATE TABLE things (id int);\nINSERT INTO things (di) VALUES (1);", "broken", 2),
        ("CREATE TABLE things (id int);\nCOPY things FROM stdin;\n1\n", "broken", 3),
        ("CREATE TABLE things (id int);\nCOPY things FROM stdin WITH CSV;\n1\n\\.\n", "broken", 2),
    ],
)
def test_a_dump_that_is_none_is_refused_by_name_and_line(tmp_path: Path, text: str, reason: str, line: int) -> None:
    with pytest.raises(Invalid) as caught:
        dumped(tmp_path, text)
    assert caught.value.faults[0] == Fault(
        "path", f"imports.dump.{reason}", {"file": "dump.sql", "table": "things", "line": line}
    )
