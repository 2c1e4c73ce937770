using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Rulescope.Languages.Highlighting;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>What can be said of the looks without a browser: contrast, and pages that have little to show.</summary>
public class LookTests(SiteFixture site)
{
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    static readonly string Sheet = Encoding.UTF8.GetString(SiteAssets.Stylesheet.Content);

    /// <summary>Each colour of text with the grounds it stands on, and graphics with theirs (WCAG 2.2, 1.4.3 and 1.4.11).</summary>
    public static TheoryData<string, string, double> Pairs
    {
        get
        {
            var data = new TheoryData<string, string, double>();
            foreach (var text in (string[])["ink", "soft", "muted", "accent", "critical", "high", "medium", "low", "info"])
            {
                foreach (var ground in (string[])["paper", "surface", "sunk"])
                    data.Add(text, ground, 4.5);
            }

            data.Add("accent", "accent-soft", 4.5);
            data.Add("paper", "accent", 4.5);
            foreach (var text in (string[])["ink", "soft", "muted", "accent"])
                data.Add(text, "warn", 4.5);
            foreach (var ground in (string[])["mark", "mark-out"])
                data.Add("ink", ground, 4.5);
            foreach (var code in Enum.GetNames<TokenClass>())
            {
                foreach (var ground in (string[])["surface", "sunk", "mark", "mark-out", "accent-soft"])
                    data.Add($"code-{code.ToLowerInvariant()}", ground, 4.5);
            }

            foreach (var graphic in (string[])["sigma", "elastic", "splunk", "microsoft", "google", "panther", "edge"])
                data.Add(graphic, "surface", 3);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Contrast_is_enough_in_both_themes(string text, string ground, double least)
    {
        var roots = Regex.Matches(Sheet, @":root \{(?<body>[^}]*)\}", Options).Select(m => Tokens(m.Groups["body"].Value)).ToArray();
        var dark = roots[0].ToDictionary(StringComparer.Ordinal);
        foreach (var (name, colour) in roots[1])
            dark[name] = colour;
        foreach (var theme in (Dictionary<string, double>[])[roots[0], dark])
        {
            var (lighter, darker) = (Math.Max(theme[text], theme[ground]), Math.Min(theme[text], theme[ground]));
            Assert.InRange((lighter + 0.05) / (darker + 0.05), least, 21);
        }
    }

    [Fact]
    public void Text_on_every_shade_of_the_matrix_has_enough_contrast()
    {
        var roots = Regex.Matches(Sheet, @":root \{(?<body>[^}]*)\}", Options).Select(m => Colours(m.Groups["body"].Value)).ToArray();
        var shades = Regex.Matches(Sheet, @"\.s(?<n>[0-5]) \{ --shade: (?<percent>[0-9]+)%; \}", Options)
            .ToDictionary(m => m.Groups["n"].Value[0] - '0', m => int.Parse(m.Groups["percent"].Value, CultureInfo.InvariantCulture));
        Assert.Equal(6, shades.Count);
        foreach (var theme in roots.Take(2))
        {
            foreach (var (shade, percent) in shades)
            {
                var ground = Luminance(Mixed(theme["accent"], theme["surface"], percent));
                foreach (var text in shade == 5 ? (string[])["ink"] : ["ink", "soft"])
                {
                    var (lighter, darker) = (Math.Max(Luminance(theme[text]), ground), Math.Min(Luminance(theme[text]), ground));
                    Assert.InRange((lighter + 0.05) / (darker + 0.05), 4.5, 21);
                }
            }
        }
    }

    [Fact]
    public void What_has_the_focus_is_seen() => Assert.Contains(":focus-visible { outline: 2px solid", Sheet, StringComparison.Ordinal);

    [Fact]
    public void Printed_pages_are_open_and_without_navigation()
    {
        var print = Sheet[Sheet.IndexOf("@media print", StringComparison.Ordinal)..];
        Assert.Contains("::details-content { content-visibility: visible", print, StringComparison.Ordinal);
        Assert.Matches(new Regex(@"\.top, [^{]*\{ display: none; \}", Options), print);
    }

    [Fact]
    public async Task An_empty_catalog_says_how_to_fill_it()
    {
        using var built = new BuiltCatalog();
        await using var empty = RulescopeSite.Build(new(), built.Open(), ["http://127.0.0.1:0"]);
        await empty.StartAsync(TestContext.Current.CancellationToken);
        foreach (var (address, text) in ((string, string)[])
        [
            ("/", "This catalog is empty"), ("/techniques", "This catalog is empty"), ("/search", "This catalog is empty"), ("/about", "No rule set was part of the build"),
            ("/techniques/T1059.001", "No rule of this catalog is tagged with T1059.001"),
        ])
        {
            Assert.Contains(text, await TextAsync(empty, address), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_search_that_finds_nothing_says_what_to_try()
    {
        var page = await site.TextAsync("/search?q=nothinghasthisword");
        Assert.Contains("No rule fits.", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/about#search\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<ol class=\"rules\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<aside", page, StringComparison.Ordinal);
    }

    async Task<string> TextAsync(WebApplication of, string address)
    {
        using var answer = await site.Client.GetAsync(new Uri(new Uri(of.Urls.Single()), address), TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    // Relative luminance of each token that is a colour.
    static Dictionary<string, double> Tokens(string body) => Colours(body).ToDictionary(c => c.Key, c => Luminance(c.Value), StringComparer.Ordinal);

    static Dictionary<string, int> Colours(string body) => Regex.Matches(body, "--(?<name>[a-z0-9-]+): #(?<hex>[0-9a-f]{6});", Options)
        .ToDictionary(m => m.Groups["name"].Value, m => int.Parse(m.Groups["hex"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    static int Mixed(int colour, int ground, int percent) =>
        ((int[])[16, 8, 0]).Sum(shift => ((((colour >> shift) & 0xff) * percent) + (((ground >> shift) & 0xff) * (100 - percent))) / 100 << shift);

    static double Luminance(int rgb) => (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear(rgb >> 8)) + (0.0722 * Linear(rgb));

    static double Linear(int channel)
    {
        var part = (channel & 0xff) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
