from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.evidence.series_file import PROBLEMS_SHOWN, ROWS_ALLOWED, read_series
from driehoek.evidence.series_number import Trouble, read_number


def read(text, **options):
    return read_series(text.encode(), **options)


def values(series):
    return [(str(row.on), str(row.value)) for row in series.rows]


def problems(series):
    return [(problem.id, problem.line) for problem in series.problems]


@pytest.mark.parametrize(
    "text",
    [
        "datum;waarde\n05-01-2026;3,5\n12-01-2026;4\n",
        "date,value\n2026-01-05,3.5\n2026-01-12,4\n",
        "Date\tScore\r\n5-1-2026\t3,5\r\n12-1-2026\t4\r\n",
        'datum,waarde\n05-01-2026,"3,5"\n12-01-2026,"4"\n',
        "\n\nwaarde;opmerking;datum\n3,5;goed;05-01-2026\n4;;2026-01-12\n",
        "05-01-2026;3,5\n12-01-2026;4",
        "datum;waarde;\n05-01-2026;3,5;\n12-01-2026;4;\n",
    ],
)
def test_the_usual_shapes_of_a_series_are_read(text):
    series = read(text)

    assert problems(series) == []
    assert values(series) == [("2026-01-05", "3.5"), ("2026-01-12", "4")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_usual_encodings_are_read(encoding):
    series = read_series("datum;reële fouten\n05-01-2026;12\n".encode(encoding))

    assert (series.value_name, values(series)) == ("reële fouten", [("2026-01-05", "12")])


def test_lines_keep_the_numbers_of_the_file():
    series = read("\ndatum;waarde\n\n05-01-2026;3\n06-01-2026;x\n")

    assert series.rows[0].line == 4
    assert problems(series) == [("value_unreadable", 5)]


def test_every_bad_line_is_named_and_the_good_ones_are_kept():
    series = read(
        "datum;waarde\n05-01-2026;3,5\nvorige week;4\n31-02-2026;4\n01-01-0001;4\n;4\n12-01-2026;\n"
        "13-01-2026;70%\n14-01-2026;veel\n15-01-2026;4;5\n16-01-2026\n17-01-2026;4.5\n05-01-2026;3,5\n"
        "03/04/2026;4\n"
    )

    assert values(series) == [("2026-01-05", "3.5")]
    assert problems(series) == [
        ("date_unreadable", 3),
        ("date_impossible", 4),
        ("date_out_of_range", 5),
        ("date_missing", 6),
        ("value_missing", 7),
        ("value_percent", 8),
        ("value_unreadable", 9),
        ("too_many_fields", 10),
        ("too_few_fields", 11),
        ("value_other_decimal", 12),
        ("duplicate_date", 13),
        ("date_ambiguous", 14),
    ]


def test_problems_carry_the_facts_to_say_them_with():
    series = read("datum;waarde\n05-01-2026;1.234\n05-01-2026;7\n05-01-2026;8\n")

    ambiguous, duplicate = series.problems
    assert ambiguous.facts == {"text": "1.234", "decimal": "1.234", "whole": "1234"}
    assert duplicate.facts == {"date": "2026-01-05", "first_line": "3"}


def test_a_thousand_with_a_point_is_ambiguous_until_the_file_or_someone_says():
    text = "datum;waarde\n05-01-2026;1.234\n"

    assert problems(read(text)) == [("value_ambiguous", 2)]
    assert values(read(text, decimal=",")) == [("2026-01-05", "1234")]
    assert values(read(text, decimal=".")) == [("2026-01-05", "1.234")]
    assert values(read(text + "06-01-2026;2,5\n"))[0] == ("2026-01-05", "1234")


@pytest.mark.parametrize(
    ("text", "id_", "facts"),
    [
        ("", "empty", {}),
        (" \n;;\n", "empty", {}),
        ("datum;waarde\n", "no_rows", {}),
        ("datum;a;b\n05-01-2026;1;2\n", "missing_column", {"column": "value", "found": "datum, a, b"}),
        ("week;waarde\n1;2\n", "missing_column", {"column": "date", "found": "week, waarde"}),
        ("Beste lezer,\nhoe gaat het?", "missing_column", {"column": "both", "found": "Beste lezer"}),
        ("datum;waarde;score\n05-01-2026;1;2\n", "unclear_columns", {"found": "datum, waarde, score"}),
        ('datum;waarde\n05-01-2026;"3\n', "broken_line", {"text": '05-01-2026;"3'}),
    ],
)
def test_a_file_that_is_not_a_series_says_what_is_missing(text, id_, facts):
    [problem, *_] = [one for one in read(text).problems if one.id == id_]

    assert dict(problem.facts) == facts


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04rest", b"%PDF-1.7", b"\x89PNG\r\n", b"a;b\x00\x01\n", b"\xff\xfea"]
)
def test_a_file_that_is_not_text_is_refused(content):
    assert read_series(content).problems[0].id == "not_text"


def test_a_spreadsheet_is_recognised_so_that_the_page_can_say_so():
    assert read_series(b"PK\x03\x04").problems[0].facts == {"kind": "spreadsheet"}


def test_ten_megabytes_are_refused_without_reading():
    series = read_series(b"x" * 10_000_000)

    assert series.problems[0].id == "too_long"
    assert series.problems[0].facts == {"bytes": "10000000", "limit": "1000000"}


def test_too_many_rows_and_problems_are_capped():
    rows = read("datum;waarde\n" + "05-01-2026;x\n" * (ROWS_ALLOWED + 5))

    assert len(rows.problems) == PROBLEMS_SHOWN + 1
    assert rows.problems[-1].id == "more_problems"


def test_a_row_past_the_allowed_number_is_reported():
    days = (
        date(2000, 1, 1).fromordinal(date(2000, 1, 1).toordinal() + day) for day in range(ROWS_ALLOWED + 1)
    )
    series = read("datum;waarde\n" + "".join(f"{day};1\n" for day in days))

    assert len(series.rows) == ROWS_ALLOWED
    assert problems(series) == [("too_long", ROWS_ALLOWED + 2)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", "1"),
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("12 345", "12345"),
        ("12\u00a0345,6", "12345.6"),
        ("0,234", "0.234"),
        ("1234.567", "1234.567"),
        ("-3,2", "-3.2"),
        ("−3", "-3"),
    ],
)
def test_numbers_that_leave_no_doubt_are_read_exactly(text, number):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("", "value_missing"),
        ("1.234", "value_ambiguous"),
        ("999,999", "value_ambiguous"),
        ("70 %", "value_percent"),
        ("1.23.4", "value_unreadable"),
        ("1.234.56", "value_unreadable"),
        ("01.234", "value_unreadable"),
        ("1e5", "value_unreadable"),
        ("٣", "value_unreadable"),
        ("€ 5", "value_unreadable"),
        ("9" * 40, "value_unreadable"),
        ("-", "value_unreadable"),
        ("NaN", "value_unreadable"),
        ("🙂", "value_unreadable"),
    ],
)
def test_numbers_in_doubt_are_not_guessed(text, id_):
    trouble = read_number(text)

    assert isinstance(trouble, Trouble)
    assert trouble.id == id_


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_there_is_an_answer(content):
    series = read_series(content)

    assert series.rows or series.problems


@given(
    st.lists(
        st.tuples(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.decimals(-999, 999, places=2)),
        min_size=1,
        max_size=12,
        unique_by=lambda row: row[0],
    ),
    st.booleans(),
)
def test_a_series_written_out_is_read_back(rows, dutch):
    lines = [
        f"{day:%d-%m-%Y};{str(value).replace('.', ',')}" if dutch else f"{day:%Y-%m-%d};{value}"
        for day, value in rows
    ]
    series = read("\n".join(["datum;waarde", *lines]))

    assert [(row.on, row.value) for row in series.rows] == rows
