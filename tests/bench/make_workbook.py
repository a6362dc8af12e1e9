#!/usr/bin/env python3
"""Writes a workbook as Excel does, with a log of ROWS events, or of the rows of a CSV file; uses nothing but Python.

Usage: make_workbook.py FILE.xlsx ROWS|LOG.csv [SHEET]
Times (2026-01-05 09:03:00) become cells in a format of dates, numbers become numbers, all else shared texts.
"""
import csv
import datetime
import re
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TIME = re.compile(r'\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d(\.\d+)?)?$')
NUMBER = re.compile(r'-?(0|[1-9]\d*)(\.\d+)?$')


def events(count):
    """Cases of five events each, as a service desk has them."""
    yield ['工单号', '环节', '开始时间', '结束时间', '处理人', '金额']
    activities = ['登记', '核实', '组长审批', '退款', '回访']
    begin = datetime.datetime(2026, 1, 5, 9)
    for number in range(count):
        start = begin + datetime.timedelta(seconds=37 * number)
        end = start + datetime.timedelta(seconds=30 + number % 600)
        yield [f'R{number // 5:07}', activities[number % 5], str(start), str(end), f'坐席{number % 40:02}',
               str(number % 1000 / 4)]


def column_name(index):
    name = ''
    while index >= 0:
        name = chr(65 + index % 26) + name
        index = index // 26 - 1
    return name


class Book:
    def __init__(self):
        self.texts = {}

    def cell(self, name, text):
        if TIME.match(text):
            time = datetime.datetime.fromisoformat(text)
            days = (time - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
            return f'<c r="{name}" s="1"><v>{days!r}</v></c>'
        if NUMBER.match(text):
            return f'<c r="{name}"><v>{text}</v></c>'
        return f'<c r="{name}" t="s"><v>{self.texts.setdefault(text, len(self.texts))}</v></c>'

    def row(self, number, texts):
        cells = ''.join(self.cell(f'{column_name(at)}{number}', text) for at, text in enumerate(texts) if text)
        return f'<row r="{number}" spans="1:{len(texts)}">{cells}</row>'


def write(path, rows, sheet):
    book = Book()
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        def put(name, text):
            about = zipfile.ZipInfo(name)  # of 1980: the same input gives the same bytes
            about.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(about, DECLARATION + text)

        about = zipfile.ZipInfo('xl/worksheets/sheet1.xml')
        about.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(about, 'w', force_zip64=True) as part:
            part.write(f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, texts in enumerate(rows, 1):
                if any(texts):
                    part.write(book.row(number, texts).encode())
            part.write(b'</sheetData></worksheet>')
        items = ''.join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in book.texts)
        put('xl/sharedStrings.xml', f'<sst xmlns="{MAIN}" uniqueCount="{len(book.texts)}">{items}</sst>')
        put('xl/styles.xml', f'<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/>'
            '</cellXfs></styleSheet>')
        put('xl/workbook.xml', f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name={quoteattr(sheet)} '
            'sheetId="1" r:id="rId1"/></sheets></workbook>')
        relation = '<Relationship Id="{}" Type="' + RELATIONS + '/{}" Target="{}"/>'
        put('xl/_rels/workbook.xml.rels', f'<Relationships xmlns="{PACKAGE}/relationships">' +
            relation.format('rId1', 'worksheet', 'worksheets/sheet1.xml') +
            relation.format('rId2', 'styles', 'styles.xml') +
            relation.format('rId3', 'sharedStrings', 'sharedStrings.xml') + '</Relationships>')
        put('_rels/.rels', f'<Relationships xmlns="{PACKAGE}/relationships">' +
            relation.format('rId1', 'officeDocument', 'xl/workbook.xml') + '</Relationships>')
        kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
        overrides = ''.join(f'<Override PartName="/xl/{part}.xml" ContentType="{kind}.{name}+xml"/>' for part, name in (
            ('workbook', 'sheet.main'), ('worksheets/sheet1', 'worksheet'), ('styles', 'styles'),
            ('sharedStrings', 'sharedStrings')))
        put('[Content_Types].xml', f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' + overrides + '</Types>')


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    path, source = sys.argv[1:3]
    sheet = sys.argv[3] if len(sys.argv) == 4 else 'Sheet1'
    if source.isdigit():
        write(path, events(int(source)), sheet)
    else:
        with open(source, encoding='utf-8-sig', newline='') as file:
            write(path, csv.reader(file), sheet)


main()
