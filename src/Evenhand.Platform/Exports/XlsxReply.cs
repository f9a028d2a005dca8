using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Evenhand.Platform.Contracts;
using Microsoft.AspNetCore.Http;

namespace Evenhand.Platform.Exports;

/// <summary>A list as XLSX, written cell by cell to a file that is gone when the answer is sent, so that memory does not grow with the rows.</summary>
internal sealed class XlsxReply<T>(string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, IReadOnlyList<ExportNote> notes) : IResult
{
    private const int RowsOnASheet = 1_048_576;
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), $"evenhand-{Guid.CreateVersion7():N}.xlsx"), FileMode.CreateNew,
            FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await Write(file, httpContext.RequestAborted);
        ExportFile.Head(httpContext.Response, Type, name + ".xlsx");
        httpContext.Response.ContentLength = file.Length;
        file.Position = 0;
        await file.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }

    private async Task Write(Stream file, CancellationToken cancel)
    {
        using var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        XlsxStyles.Add(book);
        var sheets = new List<(string Name, string Part)>();
        await using (var rest = rows.GetAsyncEnumerator(cancel))
        {
            var more = await rest.MoveNextAsync();
            do
            {
                using var sheet = new XlsxSheet(book, columns.Count);
                sheets.Add((sheets.Count == 0 ? name : $"{name} {sheets.Count + 1}", sheet.Part));
                sheet.Heading(columns.Select(c => c.Title));
                for (; more && sheet.Rows < RowsOnASheet; more = await rest.MoveNextAsync())
                    sheet.Row(columns.Select(c => c.Value(rest.Current)));
            }
            while (more);
        }
        if (notes.Count > 0)
        {
            using var sheet = new XlsxSheet(book, 2);
            sheets.Add(("#", sheet.Part));
            foreach (var note in notes) sheet.Row([note.Title, note.Text]);
        }
        book.Workbook = new Workbook(new Sheets(sheets.Select((s, i) => new Sheet { Name = SheetName(s.Name), SheetId = (uint)i + 1, Id = s.Part })));
        book.Workbook.Save();
    }

    private static string SheetName(string name)
    {
        var allowed = new string([.. name.Where(c => c is not (':' or '\\' or '/' or '?' or '*' or '[' or ']'))]);
        return allowed.Length > 31 ? allowed[..31] : allowed;
    }
}

/// <summary>One sheet, written forward only.</summary>
internal sealed class XlsxSheet : IDisposable
{
    private static readonly double Epoch = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).ToOADate();
    private readonly OpenXmlWriter writer;

    public XlsxSheet(WorkbookPart book, int columns)
    {
        var part = book.AddNewPart<WorksheetPart>();
        Part = book.GetIdOfPart(part);
        writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(new Column { Min = 1, Max = (uint)Math.Max(1, columns), Width = 18, CustomWidth = true }));
        writer.WriteStartElement(new SheetData());
    }

    public string Part { get; }

    public int Rows { get; private set; }

    public void Heading(IEnumerable<string> titles) => Cells(titles.Select(t => Text(t, XlsxStyles.Bold)));

    public void Row(IEnumerable<object?> values) => Cells(values.Select(Cell));

    public void Dispose()
    {
        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.Dispose();
    }

    private void Cells(IEnumerable<Cell> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells) writer.WriteElement(cell);
        writer.WriteEndElement();
        Rows++;
    }

    private static Cell Cell(object? value) => value switch
    {
        null => new Cell(),
        bool yes => new Cell { DataType = CellValues.Boolean, CellValue = new CellValue(yes ? "1" : "0") },
        DateOnly date => Number(date.ToDateTime(default).ToOADate() - Epoch, XlsxStyles.Date),
        DateTime time => Number(time.ToOADate() - Epoch, XlsxStyles.Time),
        double or float or decimal or int or long or short or byte => new Cell { CellValue = new CellValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)) },
        _ => Text(value.ToString() ?? "", 0),
    };

    private static Cell Number(double number, uint style) => new() { CellValue = new CellValue(number.ToString("R", CultureInfo.InvariantCulture)), StyleIndex = style };

    private static Cell Text(string text, uint style) => new(new InlineString(new Text(Clean(text)) { Space = SpaceProcessingModeValues.Preserve }))
    {
        DataType = CellValues.InlineString, StyleIndex = style,
    };

    private static string Clean(string text)
    {
        var clean = new string([.. text.Where(c => c is '\t' or '\n' or '\r' or >= ' ' && c is not ('\uFFFE' or '\uFFFF'))]);
        return clean.Length > 32_767 ? clean[..32_767] : clean;
    }
}

/// <summary>The few looks of our cells.</summary>
internal static class XlsxStyles
{
    public const uint Bold = 1;
    public const uint Date = 2;
    public const uint Time = 3;

    public static void Add(WorkbookPart book) => book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" }, new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy-mm-dd hh:mm:ss" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(new CellFormat(), new CellFormat { FontId = 1, ApplyFont = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true }, new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));
}
