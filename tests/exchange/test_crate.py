"""RO-Crate: read by the library of the format, and run again in real processes, elsewhere, to the same bytes."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from evenhand.cli import run

EVENHAND = Path(sys.executable).parent / "evenhand"


@pytest.fixture
def crate(case_path):
    folder = case_path.parent
    (folder / "sales.csv").write_text(
        "unit,year,value,measure\nOld bakery,2019,120,loaves\nNew bakery,2019,80,loaves\n", encoding="utf-8"
    )
    text = case_path.read_text(encoding="utf-8")
    data = (
        "data:\n- file: sales.csv\n  new_units: true\n  measures:\n"
        "  - {id: loaves, name: Loaves, unit: loaves a day, better: higher, because: bread is eaten}\n"
    )
    text = text.replace("sources:\n", f"{data}sources:\n")
    text = text.replace(
        'stated: "half"}', 'stated: "half"}, figure: {unit: Old bakery, measure: loaves, year: 2019, stated: 120}'
    )
    case_path.write_text(text, encoding="utf-8")
    target = folder.parent / "crate.zip"
    assert run(["export", str(case_path), "--to", "ro-crate", "-o", str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        archive.extractall(folder.parent / "elsewhere")
    return folder.parent / "elsewhere" / "bakeries"


def test_it_runs_again_elsewhere_to_the_same_bytes(crate, tmp_path):
    kept = tmp_path / "kept"
    (tmp_path / "own.csv").write_text("unit,year,value,measure\nFrance,1950,1,infant-mortality\n", encoding="utf-8")
    elsewhere = {**os.environ, "EVENHAND_HOME": str(kept), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    elsewhere.pop("SOURCE_DATE_EPOCH", None)
    subprocess.run(
        [str(EVENHAND), "data", "add", str(tmp_path / "own.csv")], env=elsewhere, check=True, capture_output=True
    )
    before = {path.name: path.read_bytes() for path in crate.iterdir() if path.is_file()}
    again = {**elsewhere, "EVENHAND_HOME": "home"}
    command = [str(EVENHAND), "audit", "bakeries.case.yaml", "--json", "bakeries.json"]
    subprocess.run(command, cwd=crate, env=again, check=True, capture_output=True)
    after = {path.name: path.read_bytes() for path in crate.iterdir() if path.is_file()}
    assert after == before
    assert " ".join(command[1:3]) in before["README.txt"].decode()


def test_the_checksums_are_those_of_the_files(crate):
    lines = (crate / "checksums.sha256").read_text(encoding="utf-8").splitlines()
    listed = dict(reversed(line.split("  ", 1)) for line in lines)
    there = {
        path.relative_to(crate).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in crate.rglob("*")
        if path.is_file()
    }
    there.pop("checksums.sha256")
    assert listed == there


def test_the_library_of_the_format_reads_it(crate):
    rocrate = pytest.importorskip("rocrate.rocrate", reason="rocrate is not installed: pip install -e '.[interop]'")
    found = rocrate.ROCrate(str(crate))
    files = {entity.id for entity in found.get_entities() if entity.type == "File"}
    assert {"bakeries.txt", "bakeries.case.yaml", "sales.csv", "figures.csv", "bakeries.html", "bakeries.json"} <= files
    assert found.name.startswith("Audit of")
    assert found.dereference("#audit").type == "CreateAction"
    described = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    assert {part["@id"] for entity in described if entity["@id"] == "./" for part in entity["hasPart"]} <= {
        *(path.relative_to(crate).as_posix() for path in crate.rglob("*"))
    }


def test_the_slice_holds_the_figures_asked(crate):
    lines = (crate / "figures.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "measure,unit,unit_name,year,value,low,high,source,flags"
    assert sum(line.startswith("loaves,") for line in lines) == 2


def test_a_folder_that_holds_something_is_left_alone(case_path, capsys):
    target = case_path.parent / "full"
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    assert run(["export", str(case_path), "--to", "ro-crate", "-o", str(target)]) == 2
    assert "something here already" in capsys.readouterr().err
    assert [path.name for path in target.iterdir()] == ["mine.txt"]


def test_the_same_crate_twice_is_the_same_bytes(case_path):
    made = []
    for name in ("a.zip", "b.zip"):
        assert run(["export", str(case_path), "--to", "ro-crate", "-o", str(case_path.parent / name)]) == 0
        made.append((case_path.parent / name).read_bytes())
    assert made[0] == made[1]


def test_imported_figures_go_along_and_it_runs_again_without_them_at_home(case_path, tmp_path):
    table, mapping = tmp_path / "bread.csv", tmp_path / "bread.import.yaml"
    rows = [f"{name} bakery,{2010 + i},{base + i}" for name, base in (("Old", 100), ("New", 60)) for i in range(12)]
    table.write_text("\n".join(["bakery,year,loaves", *rows]) + "\n", encoding="utf-8")
    mapping.write_text(
        "version: 1\nfile: bread.csv\nid: bread\nsource: {citation: 'Guild (2023), Bread'}\n"
        "columns: {unit: bakery, year: year}\n"
        "measures: [{column: loaves, id: loaves, name: Loaves, unit: loaves, better: higher, scale: ratio}]\n",
        encoding="utf-8",
    )
    mine = {**os.environ, "EVENHAND_HOME": str(tmp_path / "mine")}

    def evenhand(*words, env, cwd):
        done = subprocess.run([str(EVENHAND), *words], cwd=cwd, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done

    evenhand("data", "import", str(mapping), "--new-units", env=mine, cwd=tmp_path)
    (tmp_path / "rain.csv").write_text("place,year,rain\nFrance,2019,700\nSpain,2019,600\n", encoding="utf-8")
    other = (
        mapping.read_text(encoding="utf-8")
        .replace("bread", "rain")
        .replace("bakery", "place")
        .replace("Guild", "Office")
    )
    rain = tmp_path / "rain.import.yaml"
    rain.write_text(other.replace("loaves", "rain").replace("Loaves", "Rain"), encoding="utf-8")
    evenhand("data", "import", str(rain), env=mine, cwd=tmp_path)
    figure = 'stated: "half"}, figure: {unit: Old bakery, measure: loaves, year: 2019, stated: 109}'
    text = case_path.read_text(encoding="utf-8").replace('stated: "half"}', figure)
    case_path.write_text(text, encoding="utf-8")
    evenhand("audit", str(case_path), "-o", "own.html", "--json", "own.json", env=mine, cwd=tmp_path)
    made = evenhand("export", str(case_path), "--to", "ro-crate", "-o", str(tmp_path / "sent"), env=mine, cwd=tmp_path)
    assert "tables that only this machine has" not in made.stderr
    assert "imported tables of which no claim asks a measure: rain" in made.stderr
    assert not [path for path in (tmp_path / "sent").rglob("*") if "rain" in path.name]
    (tmp_path / "mine").rename(tmp_path / "gone")

    sent = tmp_path / "sent"
    before = {path.relative_to(sent): path.read_bytes() for path in sent.rglob("*") if path.is_file()}
    assert not [name for name, content in before.items() if str(tmp_path).encode() in content]
    elsewhere = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "nobody"),
        "EVENHAND_HOME": "home",
        "TZ": "Asia/Tokyo",
    }
    elsewhere |= {name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ}
    evenhand("audit", case_path.name, "--json", "bakeries.json", env=elsewhere, cwd=sent)
    after = {path.relative_to(sent): path.read_bytes() for path in sent.rglob("*") if path.is_file()}
    assert after == before
    found = json.loads((sent / "bakeries.json").read_text(encoding="utf-8"))
    assert found["claims"] == json.loads((tmp_path / "own.json").read_text(encoding="utf-8"))["claims"]
    assert "109" in (sent / "figures.csv").read_text(encoding="utf-8")
