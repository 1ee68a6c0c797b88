"""Tables for other programs: what is read back there equals what is here."""

import math

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from experiments.run import export as module
from experiments.run.export import chosen, tables_in, to_csv, to_excel
from sim.errors import InputError, RelevoError, UsageError
from tests.experiments.small import FIXED, done, experiment_of, whole

HOSTILE = ["=cmd()", "a,b", 'say "no"', "two\nlines", "http:" + "//x.y", "", None, "ñ €"]
TABLE = pa.table(
    {
        "name": pa.array(HOSTILE, pa.string()),
        "yes": pa.array([True, False, None, True, False, None, True, False]),
        "key": pa.array([2**62 + 1, -(2**60), 2**53, 0, None, 1, 2, 3], pa.int64()),
        "x": pa.array([0.1, 1e-300, math.nan, math.inf, None, -0.0, 1 / 3, 1e300], pa.float64()),
        "=sum, of": pa.array(range(8), pa.int32()),
    }
)


@pytest.fixture
def odd(tmp_path):
    field = TABLE.schema.field("x").with_metadata({"unit": "h", "en": "a number", "es": "un número"})
    table = TABLE.cast(TABLE.schema.set(3, field))
    pq.write_table(table, tmp_path / "odd.parquet")
    return tmp_path


def test_csv_reads_back_equal(odd):
    (written,) = to_csv(tables_in(odd), odd / "csv")
    found = pd.read_csv(
        written, keep_default_na=False, na_values={"x": ["", "nan"], "key": [""]}, dtype={"key": "Int64"}
    )
    assert list(found.columns) == TABLE.column_names
    assert list(found["name"]) == [text or "" for text in HOSTILE]
    assert list(found["yes"].astype(str)) == ["True", "False", "", "True", "False", "", "True", "False"] or list(
        found["yes"]
    ) == ["true", "false", "", "true", "false", "", "true", "false"]
    assert list(found["key"].dropna()) == [v for v in TABLE["key"].to_pylist() if v is not None]
    for mine, theirs in zip(TABLE["x"].to_pylist(), found["x"], strict=True):
        assert (mine is None or math.isnan(mine)) == math.isnan(theirs)
        assert mine is None or math.isnan(mine) or mine == theirs


def test_csv_of_an_experiment_reads_back_equal(tmp_path):
    experiment = experiment_of(tmp_path)
    whole(tmp_path / "x", experiment)
    for path in to_csv(tables_in(tmp_path / "x"), tmp_path / "csv"):
        original = pd.read_parquet(tmp_path / "x" / f"{path.stem}.parquet")
        found = pd.read_csv(path)
        assert list(found.columns) == list(original.columns)
        for name in original:
            if pd.api.types.is_float_dtype(original[name]):
                pd.testing.assert_series_equal(found[name].astype(float), original[name], check_exact=True)
            elif pd.api.types.is_integer_dtype(original[name]):
                assert list(found[name]) == list(original[name])


def test_excel_reads_back_equal(odd):
    book = openpyxl.load_workbook(to_excel(tables_in(odd), odd / "new" / "results.xlsx"))
    assert book.sheetnames == ["odd", "columns"]
    head, *rows = [list(row) for row in book["odd"].iter_rows()]
    assert [cell.value for cell in head] == TABLE.column_names
    assert all(cell.data_type == "s" for cell in head)
    assert len(rows) == len(HOSTILE)
    for number, row in enumerate(rows):
        name, yes, key, x, last = row
        assert (name.value or "") == (HOSTILE[number] or "")
        assert name.data_type in "sn", "text is no formula"
        assert name.hyperlink is None
        assert yes.value is TABLE["yes"][number].as_py()
        wanted = TABLE["key"][number].as_py()
        assert key.value == (str(wanted) if wanted is not None and abs(wanted) > 2**53 else wanted)
        wanted = TABLE["x"][number].as_py()
        if wanted is None or not math.isfinite(wanted):
            assert x.value is None
        else:
            assert x.value == pytest.approx(wanted, rel=1e-15)
        assert last.value == number
    meaning = [[cell.value for cell in row] for row in book["columns"].iter_rows()]
    assert meaning[0] == ["table", "column", "unit", "English", "español"]
    assert ["odd", "x", "h", "a number", "un número"] in meaning
    assert ["odd", "name", "", "", ""] in meaning


def test_slices_of_a_long_table_stand_below_each_other(odd, monkeypatch):
    monkeypatch.setattr(module, "ROWS_AT_ONCE", 3)
    book = openpyxl.load_workbook(to_excel(tables_in(odd), odd / "results.xlsx"))
    assert [cell.value for cell in book["odd"]["E"]] == ["=sum, of", *range(8)]
    (written,) = to_csv(tables_in(odd), odd)
    assert len(pd.read_csv(written)) == 8


@pytest.mark.parametrize(("limit", "value"), [("MOST_ROWS", 7), ("MOST_COLUMNS", 4)])
def test_a_table_too_large_for_a_sheet_is_refused_before_anything_is_written(odd, monkeypatch, limit, value):
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(UsageError, match=r"--table odd: 8 rows and 5 columns.*--to csv"):
        to_excel(tables_in(odd), odd / "results.xlsx")
    assert not (odd / "results.xlsx").exists()
    monkeypatch.setattr(module, limit, value + 1)
    to_excel(tables_in(odd), odd / "results.xlsx")


def test_the_limits_are_those_of_excel():
    assert (module.MOST_ROWS + 1, module.MOST_COLUMNS) == (2**20, 2**14)


def test_a_table_named_columns_has_its_own_sheet(odd):
    pq.write_table(TABLE, odd / "columns.parquet")
    book = openpyxl.load_workbook(to_excel(tables_in(odd), odd / "results.xlsx"))
    assert book.sheetnames == ["columns", "odd", "meaning"]


def test_long_names_of_tables_alike_in_excel(odd):
    for end in "ab":
        pq.write_table(TABLE, odd / f"{'long' * 10}{end}.parquet")
    pq.write_table(TABLE, odd / "odd[1].parquet")
    book = openpyxl.load_workbook(to_excel(tables_in(odd), odd / "results.xlsx"))
    assert len(set(book.sheetnames)) == 5


def test_a_folder_without_tables(tmp_path):
    with pytest.raises(InputError, match="no tables there"):
        tables_in(tmp_path)
    with pytest.raises(InputError, match="no tables there"):
        tables_in(tmp_path / "none")


def test_an_experiment_under_way_has_a_hint(tmp_path):
    done(tmp_path / "x", experiment_of(tmp_path, FIXED))
    with pytest.raises(InputError, match=r"not complete; go on with the 'relevo sweep'"):
        tables_in(tmp_path / "x")


def test_the_nearest_table_is_suggested(odd):
    assert list(chosen(odd, ["odd"])) == ["odd"]
    with pytest.raises(UsageError, match=r"--table ood: .*Did you mean 'odd'"):
        chosen(odd, ["ood"])


@pytest.mark.parametrize("form", ["csv", "excel"])
def test_a_damaged_table_is_told_as_such_and_nothing_is_left(odd, form):
    content = (odd / "odd.parquet").read_bytes()
    for bad in (content[:100], b"", content[:4] + bytes(300) + content[304:]):
        (odd / "odd.parquet").write_bytes(bad)
        with pytest.raises(InputError, match=r"odd\.parquet: cannot be read"):
            to_csv(tables_in(odd), odd / "c") if form == "csv" else to_excel(tables_in(odd), odd / "c" / "r.xlsx")
        assert not (odd / "c").exists() or list((odd / "c").iterdir()) == []


def test_a_place_that_cannot_be_written(odd):
    (odd / "file").touch()
    with pytest.raises(RelevoError, match="cannot be written"):
        to_csv(tables_in(odd), odd / "file")
    with pytest.raises(RelevoError, match="cannot be written"):
        to_excel(tables_in(odd), odd / "file" / "x.xlsx")
