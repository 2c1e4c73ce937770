using System.Text.Json;

namespace Rulescope.Web.Tests;

/// <summary>The page of a draft, its twin and its file.</summary>
public sealed class DraftPageTests(SiteFixture site) : IClassFixture<SiteFixture>
{
    const string Page = "/techniques/T1021.007/draft";

    [Fact]
    public async Task The_guide_leads_to_a_draft_in_every_language()
    {
        var guide = await site.TextAsync("/techniques/T1021.007");
        foreach (var language in (string[])["sigma", "kuery", "eql", "esql", "spl", "kusto", "yaral", "panther"])
        {
            Assert.Contains($"href=\"{Page}?lang={language}\"", guide, StringComparison.Ordinal);
            Assert.Contains("<h1>Draft a rule</h1>", await site.TextAsync($"{Page}?lang={language}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_file_is_plain_text_to_be_saved()
    {
        using var answer = await site.Client.GetAsync($"{Page}.txt?lang=sigma", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("t1021_007_sigma.yml", answer.Content.Headers.ContentDisposition?.FileName);
        using var twin = JsonDocument.Parse(await site.TextAsync($"{Page}.json?lang=sigma"));
        Assert.Equal(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), twin.RootElement.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("/techniques/T9999/draft", 404)]
    [InlineData("/techniques/T9999/draft.txt", 404)]
    [InlineData("/techniques/T9999/draft.json", 404)]
    [InlineData("/techniques/t1021.007/draft?lang=%3Cscript%3E", 301)]
    [InlineData("/techniques/T1021.007/draft?lang=%3Cscript%3E", 200)]
    public async Task An_address_that_is_wrong_is_answered(string address, int status)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)answer.StatusCode);
    }
}
