using Rulescope.Algebra.Reading;

namespace Rulescope.Tests.Algebra;

/// <summary>What tells tests that stand together from alternatives.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData(0, "", 0, "", true)]
    [InlineData(0, ":1.0", 0, "", true)]
    [InlineData(0, ":1.0", 0, ":1.1", false)]
    [InlineData(0, ":1.0", 0, ":2.1", true)]
    [InlineData(0, ":1.0 3.0", 0, ":1.0 3.1", false)]
    [InlineData(0, ":1.0 3.0", 0, ":1.0 4.1", true)]
    [InlineData(0, ":1.0 3.0", 0, ":1.1 3.0", false)]
    [InlineData(0, ":1.0", 1, "0:", true)]
    [InlineData(0, "", 1, "", false)]
    [InlineData(1, "0:", 2, "0:", false)]
    public void Tests_stand_together_unless_a_choice_or_the_plan_parts_them(int stage, string text, int otherStage, string otherText, bool together)
    {
        var (one, other) = (Place.Parse(stage, text), Place.Parse(otherStage, otherText));
        Assert.Equal(together, one.StandsWith(other));
        Assert.Equal(together, other.StandsWith(one));
        Assert.Equal((text, otherText), (one.Text, other.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("x y:z")]
    [InlineData("1:2:3")]
    [InlineData(":1.2.3 .")]
    public void A_text_that_is_none_is_a_place_without_choices_or_with_odd_ones(string text) => Assert.True(Place.Parse(0, text).StandsWith(Place.Parse(0, text)));
}
