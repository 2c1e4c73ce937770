using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Reading;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Algebra;

public class ReadingTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("algebra/reading.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_predicate_reads_as_people_count_it(CaseFile.Case @case)
    {
        var parsed = TreeText.Parse<Predicate>(@case.Input);
        Assert.Empty(parsed.Diagnostics);
        CaseFile.Check(@case, ReadingLines.Of(Reader.Read(RuleQuery.Of(new LogSource("test", []), parsed.Value!))));
    }

    [Fact]
    public void Any_query_is_read_without_throwing()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var query = new RandomTree(seed).Make<RuleQuery>();
            Assert.NotNull(Reader.Read(query));
            Assert.NotNull(Reader.Read(query, plain: true));
        }
    }
}
