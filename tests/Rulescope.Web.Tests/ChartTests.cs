using Rulescope.Catalog.Guide;
using Rulescope.Web.Site.Charts;

namespace Rulescope.Web.Tests;

/// <summary>Where things lie in the drawings.</summary>
public class ChartTests
{
    [Theory]
    [InlineData(new[] { 1 }, 5)]
    [InlineData(new[] { 3, 7 }, 10)]
    [InlineData(new[] { 20 }, 20)]
    [InlineData(new[] { 21 }, 50)]
    [InlineData(new[] { 1, 800 }, 1000)]
    public void An_axis_ends_at_a_round_number(int[] values, int end) => Assert.Equal(end, LogAxis.For(values, 0, 100).End);

    [Fact]
    public void An_axis_runs_from_one_to_its_end_whichever_way()
    {
        var across = LogAxis.For([100], 10, 210);
        Assert.Equal([1, 2, 5, 10, 20, 50, 100], across.Labels);
        Assert.Equal(10, across.At(1), 3);
        Assert.Equal(110, across.At(10), 3);
        Assert.Equal(210, across.At(100), 3);
        Assert.Equal(210, across.At(5_000), 3);
        Assert.Equal(10, across.At(0), 3);
        Assert.Equal(50, LogAxis.For([100], 100, 0).At(10), 3);
    }

    [Fact]
    public void Years_count_by_the_day_a_rule_was_made()
    {
        var years = Years.Of([Rule(2023, 2025), Rule(null, 2025), Rule(2025, 2026), Rule(null, null)]);
        Assert.Equal([new(2023, 1, 0.5), new(2024, 0, 0), new(2025, 2, 1)], years.Bars);
        Assert.Equal(1, years.Undated);
        Assert.False(years.HoldsOlder);
    }

    [Fact]
    public void The_first_of_many_years_holds_what_is_older()
    {
        var years = Years.Of([Rule(1, null), Rule(2001, null), Rule(2014, null), Rule(2025, null)]);
        Assert.Equal(12, years.Bars.Length);
        Assert.Equal((2014, 3), (years.Bars[0].Year, years.Bars[0].Rules));
        Assert.True(years.HoldsOlder);
        Assert.Empty(Years.Of([]).Bars);
    }

    static RuleEntry Rule(int? created, int? changed) => new("sigma", "a", "A", "sigma", "high", "test")
    {
        Created = created is { } c ? new DateOnly(c, 1, 2) : null,
        Changed = changed is { } d ? new DateOnly(d, 1, 2) : null,
    };
}
