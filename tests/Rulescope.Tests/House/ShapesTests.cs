using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.House;

public class ShapesTests
{
    public static TheoryData<Type> ClosedRecords => [.. Product.Assemblies.SelectMany(a => a.GetTypes()).Where(Shapes.IsClosed)];

    [Fact]
    public void Each_case_is_made_once()
    {
        Sample[] expected =
        [
            new Sample.Leaf("x", true),
            new Sample.Not(new Sample.Leaf("x", true)),
            new Sample.All([new Sample.Leaf("x", true)]),
            new Sample.Ranged(new SourceSpan(1, 1), 1, DayOfWeek.Sunday),
        ];
        Assert.Equal(expected, Shapes.OneOfEach<Sample>());
    }

    [Fact]
    public void A_case_without_a_value_is_named() =>
        Assert.Contains("Callback", Assert.Throws<NotSupportedException>(() => Shapes.OneOfEach<Odd>()).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(ClosedRecords))]
    public void Each_case_of_the_product_can_be_made(Type closed)
    {
        var made = Shapes.OneOfEach(closed);
        Assert.NotEmpty(made);
        // Trees are compared by structure: the same case made again is equal.
        Assert.Equal(made, Shapes.OneOfEach(closed));
    }

    abstract record Sample
    {
        Sample() { }

        public sealed record Leaf(string Name, bool On) : Sample;

        public sealed record Not(Sample Operand) : Sample;

        public sealed record All(EquatableArray<Sample> Terms) : Sample;

        public sealed record Ranged(SourceSpan Place, int? Limit, DayOfWeek Day) : Sample;
    }

    abstract record Odd
    {
        Odd() { }

        public sealed record Callback(Action Call) : Odd;
    }
}
