"""LibreOffice at work: one process, one Basic module that carries out the steps of many kinds.

The module lives in the profile of the test session; it takes its steps from a file of lines, and what it could
not do stands in another. Nothing of ours is imported here but the door to LibreOffice.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from html import escape
from pathlib import Path

from tests.mutations.model import Script
from tests.office import Office

_LONGEST = 280  # seconds
FILTERS = {
    "xlsx": "Calc MS Excel 2007 XML",
    "xlsm": "Calc MS Excel 2007 VBA XML",
    "xltx": "Calc MS Excel 2007 XML Template",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "ots": "calc8_template",
    "fods": "OpenDocument Spreadsheet Flat XML",
    "html": "HTML (StarCalc)",
    "csv": "Text - txt - csv (StarCalc)",
    "pdf": "calc_pdf_Export",
    "dif": "DIF",
    "slk": "SYLK",
}

# One line a step, its words parted by tabs. The first step that fails ends its file; the others go on.
_MODULE = r"""
Private doc As Object
Private sheet As Object
Private failed As Boolean
Private complaints As String

Sub Main(jobs As String, told As String)
  Dim disk As Object, lines As Object, out As Object, words As Variant, row As String
  disk = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  lines = createUnoService("com.sun.star.io.TextInputStream")
  lines.setInputStream(disk.openFileRead(jobs))
  lines.setEncoding("UTF-8")
  failed = False
  Do While Not lines.isEOF()
    row = lines.readLine()
    If Left(row, 3) = "end" Then Exit Do
    If row <> "" Then
      words = Split(row, Chr(9))
      If words(0) = "open" Or Not failed Then Attempt(words)
    End If
  Loop
  out = createUnoService("com.sun.star.io.TextOutputStream")
  out.setOutputStream(disk.openFileWrite(told))
  out.setEncoding("UTF-8")
  out.writeString(complaints & "done")
  out.closeOutput()
  StarDesktop.terminate()
End Sub

Sub Attempt(words As Variant)
  On Error GoTo broken
  Perform(words)
  Exit Sub
broken:
  failed = True
  complaints = complaints & Join(words, " ") & ": " & Error$ & Chr(10)
End Sub

Function Prop(called As String, content As Variant) As Object
  Dim made As New com.sun.star.beans.PropertyValue
  made.Name = called
  made.Value = content
  Prop = made
End Function

Function Wording(word As String) As String
  Wording = Join(Split(word, "\n"), Chr(10))
End Function

Function Area(address As String) As Object
  Area = sheet.getCellRangeByName(address)
End Function

Sub OpenFile(url As String)
  Dim one As Object
  failed = False
  doc = StarDesktop.loadComponentFromURL(url, "_blank", 0, Array(Prop("Hidden", True)))
  doc.unprotect("")
  For Each one In doc.Sheets
    one.unprotect("")
  Next
End Sub

Sub SaveFile(url As String, filterName As String, secret As String)
  Dim how As Variant
  how = Array(Prop("FilterName", filterName), Prop("Overwrite", True))
  If secret <> "" Then how = Array(Prop("FilterName", filterName), Prop("Overwrite", True), Prop("Password", secret))
  doc.storeToURL(url, how)
  doc.close(True)
End Sub

Sub SortRows(address As String, column As Integer, ascending As Boolean)
  Dim field(0) As New com.sun.star.table.TableSortField
  field(0).Field = column
  field(0).IsAscending = ascending
  Area(address).sort(Array(Prop("SortFields", field()), Prop("ContainsHeader", False)))
End Sub

Sub FilterRows(address As String, column As Integer, word As String)
  Dim field(0) As New com.sun.star.sheet.TableFilterField
  Dim how As Object
  field(0).Field = column
  field(0).IsNumeric = False
  field(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
  field(0).StringValue = word
  how = Area(address).createFilterDescriptor(True)
  how.ContainsHeader = True
  how.setFilterFields(field())
  Area(address).filter(how)
End Sub

Sub ButtonRow(address As String)
  doc.DatabaseRanges.addNewByName("loc", Area(address).RangeAddress)
  doc.DatabaseRanges.getByName("loc").AutoFilter = True
End Sub

Sub Exchange(before As String, after As String)
  Dim how As Object
  how = sheet.createReplaceDescriptor()
  how.SearchString = before
  how.ReplaceString = after
  sheet.replaceAll(how)
End Sub

Sub ShowAs(address As String, code As String)
  Dim locale As New com.sun.star.lang.Locale
  Dim key As Long
  key = doc.NumberFormats.queryKey(code, locale, False)
  If key = -1 Then key = doc.NumberFormats.addNew(code, locale)
  Area(address).NumberFormat = key
End Sub

Sub DrawBox(words As String)
  Dim shape As Object, size As New com.sun.star.awt.Size
  shape = doc.createInstance("com.sun.star.drawing.RectangleShape")
  size.Width = 4000
  size.Height = 1500
  shape.setSize(size)
  sheet.DrawPage.add(shape)
  shape.setString(words)
End Sub

Sub SumUp(address As String, group As Integer, summed As Integer)
  Dim column(0) As New com.sun.star.sheet.SubTotalColumn
  Dim how As Object
  column(0).Column = summed
  column(0).Function = com.sun.star.sheet.GeneralFunction.SUM
  how = Area(address).createSubTotalDescriptor(True)
  how.addNew(column(), group)
  Area(address).applySubTotals(how, True)
End Sub

Sub Perform(w As Variant)
  Select Case w(0)
    Case "open": OpenFile(w(1))
    Case "save": SaveFile(w(1), w(2), w(3))
    Case "use": sheet = doc.Sheets.getByName(w(1))
    Case "text": Area(w(1)).String = Wording(w(2))
    Case "value": Area(w(1)).Value = Val(w(2))
    Case "formula": Area(w(1)).Formula = w(2)
    Case "array": Area(w(1)).setArrayFormula(w(2))
    Case "rows+": sheet.Rows.insertByIndex(CLng(w(1)) - 1, CLng(w(2)))
    Case "rows-": sheet.Rows.removeByIndex(CLng(w(1)) - 1, CLng(w(2)))
    Case "columns+": sheet.Columns.insertByIndex(CLng(w(1)) - 1, CLng(w(2)))
    Case "columns-": sheet.Columns.removeByIndex(CLng(w(1)) - 1, CLng(w(2)))
    Case "hide": Area(w(1)).Rows.IsVisible = False
    Case "hide columns": Area(w(1)).Columns.IsVisible = False
    Case "show columns": Area(w(1)).Columns.IsVisible = True
    Case "sort": SortRows(w(1), CInt(w(2)), w(3) = "up")
    Case "filter": FilterRows(w(1), CInt(w(2)), w(3))
    Case "buttons": ButtonRow(w(1))
    Case "merge": Area(w(1)).merge(True)
    Case "unmerge": Area(w(1)).merge(False)
    Case "move": sheet.moveRange(Area(w(2)).getCellByPosition(0, 0).CellAddress, Area(w(1)).RangeAddress)
    Case "copy": sheet.copyRange(Area(w(2)).getCellByPosition(0, 0).CellAddress, Area(w(1)).RangeAddress)
    Case "clear": Area(w(1)).clearContents(1 + 2 + 4 + 16)
    Case "copy sheet": doc.Sheets.copyByName(w(1), w(2), CInt(w(3)))
    Case "move sheet": doc.Sheets.moveByName(w(1), CInt(w(2)))
    Case "delete sheet": doc.Sheets.removeByName(w(1))
    Case "new sheet": doc.Sheets.insertNewByName(w(1), CInt(w(2)))
    Case "rename": sheet.Name = w(1)
    Case "hide sheet": sheet.IsVisible = False
    Case "format": ShowAs(w(1), w(2))
    Case "comment": sheet.Annotations.insertNew(Area(w(1)).getCellByPosition(0, 0).CellAddress, Wording(w(2)))
    Case "replace": Exchange(w(1), w(2))
    Case "fill": Area(w(1)).fillAuto(com.sun.star.sheet.FillDirection.TO_BOTTOM, CInt(w(2)))
    Case "colour": Area(w(1)).CellBackColor = RGB(255, 255, 0)
    Case "protect": sheet.protect(w(1))
    Case "shape": DrawBox(w(1))
    Case "group": sheet.group(Area(w(1)).RangeAddress, com.sun.star.table.TableOrientation.ROWS)
    Case "subtotals": SumUp(w(1), CInt(w(2)), CInt(w(3)))
    Case "calculate": doc.calculateAll()
    Case Else: Err.Raise(1)
  End Select
End Sub
"""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">\n'
)
_LIBRARY = _HEAD.format("library:library", "library") + (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"'
    ' library:readonly="false" library:passwordprotected="false"><library:element library:name="Damage"/>'
    "</library:library>"
)


def carry_out(office: Office, jobs: Sequence[tuple[Path, Script, Path]]) -> None:
    """Open each source, do its steps and save it at the target, all in one process; any complaint fails."""
    if not jobs:
        return
    folder = _module(office)
    lines = []
    for source, script, target in jobs:
        lines += [("open", source.as_uri()), *script.steps]
        lines.append(("save", target.as_uri(), FILTERS[script.kind], script.password))
    steps, told = folder / "steps.txt", folder / "told.txt"
    # What LibreOffice reads as the last line of a file has its line feed still on it, which would be a password.
    steps.write_text("".join("\t".join(words) + "\n" for words in [*lines, ("end",)]), encoding="utf-8")
    told.unlink(missing_ok=True)
    _soffice(office, f'macro:///Standard.Damage.Main("{steps.as_uri()}","{told.as_uri()}")')
    assert told.is_file(), "the macro did not run to its end"
    assert told.read_text(encoding="utf-8").strip() == "done", told.read_text(encoding="utf-8")


def _module(office: Office) -> Path:
    """Put the module into the profile. LibreOffice makes a profile whole on its first start, over what lies there."""
    basic = office.profile / "user" / "basic" / "Standard"
    if not basic.is_dir():
        _soffice(office, "--terminate_after_init")
    assert basic.is_dir(), basic
    body = escape(_MODULE, quote=False)
    (basic / "Damage.xba").write_text(
        _HEAD.format("script:module", "module")
        + '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Damage"'
        + f' script:language="StarBasic">{body}</script:module>',
        encoding="utf-8",
    )
    (basic / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    return office.profile


def _soffice(office: Office, argument: str) -> None:
    """Start LibreOffice and wait; its start script leaves the program itself behind when it alone is ended."""
    command = ["soffice", f"-env:UserInstallation={office.profile.as_uri()}", "--headless", "--norestore", argument]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as running:
        try:
            running.wait(_LONGEST)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            raise
