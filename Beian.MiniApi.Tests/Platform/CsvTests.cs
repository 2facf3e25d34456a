using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Tests.Platform;

public sealed class CsvTests
{
    [Theory]
    [InlineData("a,b\r\nc,d\r\n", "1:a|b 2:c|d")]
    [InlineData("a,b\nc,d", "1:a|b 2:c|d")]
    [InlineData("\ufeffa,b\n", "1:a|b")]
    [InlineData("a,,\n", "1:a||")]
    [InlineData(",\n", "1:|")]
    [InlineData("\"\"\n", "1:")]
    [InlineData("\n\r\na\n\nb\n", "3:a 5:b")]
    [InlineData("\"x,y\",\"say \"\"hi\"\"\"\n", "1:x,y|say \"hi\"")]
    [InlineData("\"two\r\nlines\",b\nc,d\n", "1:two\r\nlines|b 3:c|d")]
    [InlineData("\ufeff\"a\",b\n", "1:a|b")]
    [InlineData("", "")]
    public async Task Read_Csv_GivesRecordsWithTheirLines(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', (await ReadAsync(text)).Select(r => $"{r.Line}:{string.Join('|', r.Fields)}")));

    [Theory]
    [InlineData("a,b\n\"never closed,\nc", 2)]
    [InlineData("a\"b\n", 1)]
    [InlineData("a\n\"b\"c\n", 2)]
    public async Task Read_BrokenQuotes_NamesTheLine(string text, int line) =>
        Assert.Equal(line, (await Assert.ThrowsAsync<CsvFormatException>(() => ReadAsync(text))).Line);

    [Fact]
    public async Task Read_EndlessField_IsRefused() =>
        await Assert.ThrowsAsync<CsvFormatException>(() => ReadAsync("\"" + new string('x', Csv.MaxField + 1)));

    [Fact]
    public async Task Read_QuotesAcrossTheBuffer_StayWhole()
    {
        var longField = new string('x', 8190);

        var records = await ReadAsync($"{longField},\"\"\"y\"\"\"\r\nz,1\r\n");

        Assert.Equal([longField, "\"y\""], records[0].Fields);
        Assert.Equal(["z", "1"], records[1].Fields);
    }

    private static async Task<List<CsvRecord>> ReadAsync(string text)
    {
        var records = new List<CsvRecord>();
        await foreach (var record in Csv.ReadAsync(new StringReader(text), CancellationToken.None))
        {
            records.Add(record);
        }

        return records;
    }
}
