using Rulescope.Catalog.Rules;

namespace Rulescope.Tests.Catalog;

public class RecentRulesTests
{
    const string Detection = "selection:\n    eventName: CreateUser\ncondition: selection";

    [Fact]
    public void The_latest_come_first_by_making_or_by_change()
    {
        using var fixture = new CatalogFixture()
            .With("old", Dated("old", "2026-01-02", "2026-05-06"))
            .With("young", Dated("young", "2026-02-03", null))
            .With("undated", Dated("undated", null, null))
            .With("mistaken", Dated("mistaken", "9999-01-01", "9999-01-01"))
            .With("withdrawn", Dated("withdrawn", "2026-03-04", null), "deprecated");
        fixture.Build();
        using var catalog = fixture.Open();
        var recent = new RecentRules(catalog);
        Assert.Equal(["young 2026-02-03 new T1021.007", "old 2026-01-02 changed T1021.007"], recent.Made(10).Select(Text));
        Assert.Equal(["old 2026-05-06 changed T1021.007", "young 2026-02-03 new T1021.007"], recent.Changed(10, "sigma").Select(Text));
        Assert.Equal("old", Assert.Single(recent.Changed(1)).Entry.Id);
        Assert.Empty(recent.Changed(10, "elastic"));
    }

    static string Text(RecentRule rule) =>
        $"{rule.Entry.Id} {rule.Date:yyyy-MM-dd} {(rule.IsNew ? "new" : "changed")} {string.Join(' ', rule.Techniques)}";

    static string Dated(string id, string? made, string? changed) => CatalogFixture.Rule(id, Detection)
        .Replace("date: 2026-01-02\nmodified: 2026-03-04\n", (made is null ? "" : $"date: {made}\n") + (changed is null ? "" : $"modified: {changed}\n"), StringComparison.Ordinal);
}
