using System.Net;
using System.Text.Json;

namespace Rulescope.Web.Tests;

public class MatrixPageTests(SiteFixture site)
{
    [Fact]
    public async Task A_cell_has_its_number_and_leads_to_its_technique()
    {
        var page = await site.TextAsync("/matrix");
        Assert.Contains("<li class=\"s5\"><a href=\"/techniques/T1059.001\">PowerShell <span class=\"id\">.001</span></a> <span class=\"n\">300<span class=\"unseen\"> rules</span></span></li>", page, StringComparison.Ordinal);
        Assert.Contains("<section id=\"lateral-movement\">", page, StringComparison.Ordinal);
        Assert.Contains("304 rules over ATT&amp;CK", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twins_count_the_same_under_the_same_filters()
    {
        foreach (var (query, rules) in ((string, int)[])[("", 304), ("?vendor=elastic", 0), ("?level=high", 1), ("?platform=aws", 1), ("?data=aws.cloudtrail", 1), ("?domain=endpoint&level=low", 301)])
        {
            using var twin = JsonDocument.Parse(await site.TextAsync($"/matrix.json{query}"));
            Assert.Equal(rules, twin.RootElement.GetProperty("rules").GetInt32());
            var cells = twin.RootElement.GetProperty("tactics").EnumerateArray().SelectMany(t => t.GetProperty("techniques").EnumerateArray()).ToArray();
            var csv = (await site.TextAsync($"/matrix.csv{query}")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(cells.Length, csv.Length - 1);
            Assert.Equal(cells.Sum(c => c.GetProperty("rules").GetInt32()), csv.Skip(1).Sum(line => int.Parse(line.Split(',')[^(query == "?vendor=elastic" ? 3 : 8)], System.Globalization.CultureInfo.InvariantCulture)));
            using var layer = JsonDocument.Parse(await site.TextAsync($"/matrix.layer.json{query}"));
            Assert.Equal("4.5", layer.RootElement.GetProperty("versions").GetProperty("layer").GetString());
        }
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_every_vendor_can_be_toggled()
    {
        var page = await site.TextAsync("/matrix?vendor=sigma&platform=windows");
        Assert.Contains("href=\"/matrix?vendor=sigma&amp;vendor=elastic&amp;platform=windows\"", page, StringComparison.Ordinal);
        Assert.Contains("<option value=\"windows\" selected>", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/techniques/T1059.001?platform=windows&amp;vendor=sigma\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/matrix.csv?vendor=sigma&amp;platform=windows\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gaps_and_covered_techniques_part_the_matrix()
    {
        var gaps = await site.TextAsync("/matrix?show=gaps&view=table");
        var covered = await site.TextAsync("/matrix?show=covered&view=table");
        Assert.Contains(">T1021.001</span>", gaps, StringComparison.Ordinal);
        Assert.DoesNotContain(">T1059.001</span>", gaps, StringComparison.Ordinal);
        Assert.Contains(">T1059.001</span>", covered, StringComparison.Ordinal);
        Assert.DoesNotContain(">T1021.001</span>", covered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_layer_is_a_file_to_keep()
    {
        using var answer = await site.Client.GetAsync("/matrix.layer.json", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
    }
}
