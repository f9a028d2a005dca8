using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Evenhand.Platform.Contracts;
using Evenhand.Platform.Exports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Evenhand.Tests.Platform;

public sealed class ExportTests
{
    private sealed record Row(string Name, decimal Points, DateOnly Day, bool Paid, DateTime At);

    private static readonly Row[] Rows = [new("张三, \"小张\"", 1234.5m, new(2026, 7, 1), true, new(2026, 7, 1, 9, 30, 0, DateTimeKind.Unspecified)), new("=1+1", -3m, new(2026, 7, 2), false, default)];

    private static readonly ExportColumn<Row>[] Columns =
        [new("姓名", r => r.Name), new("积分", r => r.Points), new("日期", r => r.Day), new("已发", r => r.Paid), new("时间", r => r.At == default ? null : r.At)];

    [Fact]
    public async Task Csv_opens_in_a_spreadsheet_and_runs_nothing()
    {
        var bytes = await Answer("csv");
        bytes[..3].ShouldBe(Encoding.UTF8.GetPreamble());
        Encoding.UTF8.GetString(bytes[3..]).ShouldBe("姓名,积分,日期,已发,时间\r\n\"张三, \"\"小张\"\"\",1234.5,2026-07-01,true,2026-07-01 09:30:00\r\n'=1+1,-3,2026-07-02,false,\r\n# 积分: v3 全部\r\n");
    }

    [Theory, InlineData("=a"), InlineData("+a"), InlineData("-a"), InlineData("@a"), InlineData("\ta"), InlineData("\ra")]
    public void A_formula_is_defused(string text) => CsvCell.Defused(text).ShouldBe("'" + text);

    [Fact]
    public async Task Xlsx_has_typed_cells_a_frozen_heading_and_the_definitions()
    {
        using var zip = new ZipArchive(new MemoryStream(await Answer("xlsx")));
        XDocument Part(string name)
        {
            using var stream = zip.GetEntry(name)!.Open();
            return XDocument.Load(stream);
        }
        XNamespace x = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var sheet = Part("xl/worksheets/sheet1.xml");
        sheet.Descendants(x + "pane").Single().Attribute("state")!.Value.ShouldBe("frozen");
        var cells = sheet.Descendants(x + "row").ElementAt(1).Elements(x + "c").ToList();
        cells[0].Value.ShouldBe("张三, \"小张\"");
        (cells[1].Attribute("t"), cells[1].Value).ShouldBe((null, "1234.5"));
        cells[2].Value.ShouldBe("46204");
        (cells[3].Attribute("t")!.Value, cells[3].Value).ShouldBe(("b", "1"));
        double.Parse(cells[4].Value, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(46204 + 9.5 / 24, 1e-9);
        sheet.Descendants(x + "row").ElementAt(2).Elements(x + "c").First().Value.ShouldBe("=1+1");
        Part("xl/workbook.xml").Descendants(x + "sheet").Count().ShouldBe(2);
        Part("xl/worksheets/sheet2.xml").Descendants(x + "t").Select(t => t.Value).ShouldBe(["积分", "v3\n全部"]);
    }

    [Fact]
    public void Csv_is_read_as_spreadsheets_write_it()
    {
        var rows = CsvText.Rows("a;b\r\n\"x\r\ny\";\"say \"\"hi\"\"\"\r\n\r\nlast;1").ToList();
        rows.Select(r => r.Line).ShouldBe([1, 2, 5]);
        rows[1].Cells.ShouldBe(["x\r\ny", "say \"hi\""]);
        rows[2].Cells.ShouldBe(["last", "1"]);
    }

    private static async Task<byte[]> Answer(string format)
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().BuildServiceProvider(), Response = { Body = body } };
        await Export.Of(format, "points", Columns, Rows.ToAsyncEnumerable(), [new("积分", "v3\r\n全部")]).ExecuteAsync(http);
        return body.ToArray();
    }
}
