"""Reading an order file: a bad row is named by its line and costs no other."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim import InputError, OrderFile, RelevoError, UsageError, read_orders
from tests.orders.files import EXAMPLE, GOOD, HEADER, write

BAD_ROWS = {
    "no date": (",ana,1,", "placed: is empty"),
    "not a date": ("soon,ana,1,", "placed: got 'soon'"),
    "no such day": ("2024-02-30,ana,1,", "placed: got '2024-02-30'"),
    "day first": ("04/03/2024,ana,1,", "placed: got '04/03/2024'"),
    "a year far off": ("0001-01-01,ana,1,", "the year must be from 1900"),
    "negative": ("2024-03-04,ana,-1,", "value: got '-1'"),
    "not a number": ("2024-03-04,ana,NaN,", "value: got 'NaN'"),
    "infinite": ("2024-03-04,ana,inf,", "value: got 'inf'"),
    "no value": ("2024-03-04,ana,,", "value: got ''"),
    "underscore": ("2024-03-04,ana,1_0,", "value: got '1_0'"),
    "money": ("2024-03-04,ana,12 EUR,", "value: got '12 EUR'"),
    "nobody": ("2024-03-04, ,1,", "customer: is empty"),
    "too few cells": ("2024-03-04,ana,1", "got 3 cells; the header has 4"),
    "too many cells": ("2024-03-04,ana,1,,", "got 5 cells; the header has 4"),
    "promise before the order": ("2024-03-04 10:00,ana,1,2024-03-03", "before the order was placed"),
    "promise is not a date": ("2024-03-04,ana,1,tomorrow", "promised: got 'tomorrow'"),
    "only separators": (",,,", "customer: is empty"),
    "text after a quote": ('2024-03-04,"a"na,1,', "not a CSV line"),
    "huge cell": ("2024-03-04," + "x" * 200_000 + ",1,", "not a CSV line (field larger"),
}


@pytest.mark.parametrize("case", BAD_ROWS)
def test_a_bad_row_is_named_by_its_line_and_the_others_are_used(tmp_path, case):
    row, complaint = BAD_ROWS[case]
    path = write(tmp_path, HEADER, GOOD, row, GOOD.replace("ana", "eva"))
    orders = read_orders(path)
    assert [r.line for r in orders.rows] == [2, 4]
    (problem,) = orders.problems
    assert problem.startswith(f"{path}, line 3: ")
    assert complaint in problem
    assert len(problem) < len(str(path)) + 300


def test_all_faults_of_a_row_are_said(tmp_path):
    (problem,) = read_orders(write(tmp_path, HEADER, GOOD, "never,,-3,x")).problems
    assert all(f"{field}: " in problem for field in ("placed", "customer", "value", "promised"))


def test_a_quote_that_is_never_closed_names_the_lines_that_it_swallows(tmp_path):
    orders = read_orders(write(tmp_path, HEADER, GOOD, '2024-03-04,"ana,1,', GOOD, GOOD))
    assert len(orders.rows) == 1
    assert "lines 3-5" in orders.problems[0]
    assert "never closed" in orders.problems[0]


def test_line_numbers_are_those_of_the_file_whatever_is_quoted(tmp_path):
    path = write(tmp_path, HEADER, "", '2024-03-04,"ana\nof two lines\x0b\u2028",1,', "", "soon,ana,1,")
    orders = read_orders(path)
    assert [r.line for r in orders.rows] == [3]
    assert orders.problems[0].startswith(f"{path}, line 6: ")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\n  \n", "the file is empty"),
        (b"placed,customer,value\n", "there are none after the header"),
        (b"placed,customer,value\nx,y,z\nx,y,z\n", "none of its 2 rows can be used"),
        (b"Placed,customer,value\n", "Did you mean 'Placed'?"),
        (b"placed|customer|value\n1|2|3\n", "no column 'placed'"),
        (b"placed,customer,value,value\n2024-03-04,a,1,2\n", "2 columns are called 'value'"),
        (b"placed,customer,value\n2024-03-04,Jos\xe9,1\n", "line 2: is not UTF-8 text"),
        ("placed,customer,value\n".encode("utf-16"), "is UTF-16 text"),
        (b"PK\x03\x04\0\0\0\0", "is a binary file"),
        (b'"placed,customer,value\n', "not a CSV line"),
    ],
)
def test_files_that_cannot_be_used(tmp_path, content, said):
    path = tmp_path / "orders.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_orders(path)
    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_places_that_are_no_files(tmp_path):
    for path in (tmp_path / "missing.csv", tmp_path, tmp_path / ("x" * 5000), "null\0byte"):
        with pytest.raises(InputError):
            read_orders(path)


def test_unknown_fields_and_columns_suggest_known_ones(tmp_path):
    path = write(tmp_path, "when,customer,value", "2024-03-04,ana,1")
    with pytest.raises(UsageError, match="Did you mean 'placed'"):
        read_orders(path, {"plcaed": "when"})
    with pytest.raises(InputError, match="Did you mean 'when'"):
        read_orders(path, {"placed": "wehn"})
    assert read_orders(path, {"placed": "when"}).rows[0].placed == dt.datetime(2024, 3, 4)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_byte_order_mark_and_line_ends(tmp_path, separator):
    path = tmp_path / "orders.csv"
    text = "\ufeff" + HEADER.replace(",", separator) + "\r\n" + GOOD.replace(",", separator) + "\r\n"
    path.write_bytes(text.encode())
    (row,) = read_orders(path).rows
    assert (row.line, row.customer, row.value) == (2, "ana", 12.5)


def test_what_is_understood_otherwise_than_written_is_remarked(tmp_path):
    path = write(tmp_path, HEADER, GOOD, GOOD, "2024-03-04T09:30:00+02:00,eva,1,", "2024-03-05,eva,1,2024-03-05")
    orders = read_orders(path)
    assert orders.rows[2].placed == dt.datetime(2024, 3, 4, 9, 30)
    assert orders.rows[3].promised == dt.datetime(2024, 3, 6), "a date alone lasts until the end of the day"
    assert [text.split(": ")[1][:25] for text in orders.remarks] == [
        "1 usable rows with a time", "1 usable rows with a date", "1 usable rows equal to an",
    ]  # fmt: skip


def test_the_example_is_clean():
    orders = read_orders(EXAMPLE)
    assert (len(orders.rows), orders.problems, orders.remarks) == (60, (), ())
    assert any(r.promised is None for r in orders.rows)
    assert len({r.customer for r in orders.rows}) < 60


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    junk=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda t: t.encode("utf-8", "ignore")),
        st.lists(
            st.lists(
                st.one_of(st.text(max_size=12), st.sampled_from([*GOOD.split(","), '"', "-1", "24:00", "2024-W01"])),
                max_size=6,
            ).map(",".join),
            max_size=8,
        ).map(lambda rows: "\n".join([HEADER, *rows]).encode("utf-8", "ignore")),
    )
)
def test_whatever_is_in_the_file_orders_or_a_message_come_out(tmp_path, junk):
    path = tmp_path / "junk.csv"
    path.write_bytes(junk)
    try:
        orders = read_orders(path)
    except RelevoError:
        return
    assert isinstance(orders, OrderFile)
    assert orders.rows
    assert list(orders.rows) == sorted(orders.rows, key=lambda r: (r.placed, r.line))
    assert all(0 <= r.value <= 1e12 and r.customer for r in orders.rows)
