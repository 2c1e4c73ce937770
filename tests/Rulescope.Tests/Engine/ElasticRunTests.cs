using Rulescope.Algebra.Fields;
using Rulescope.Languages.Eql;
using Rulescope.Languages.Kuery;
using Rulescope.Languages.Lucene;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Engine;

/// <summary>Elastic's query languages from their text to what they keep.</summary>
public class ElasticRunTests
{
    static readonly LogSource Source = new("elastic", []);

    public static TheoryData<CaseFile.Case> Kuery => CaseFile.Load("engine/kuery-probes.cases");

    public static TheoryData<CaseFile.Case> Lucene => CaseFile.Load("engine/lucene-probes.cases");

    public static TheoryData<CaseFile.Case> Eql => CaseFile.Load("engine/eql-probes.cases");

    public static TheoryData<CaseFile.Case> Endgame => CaseFile.Load("engine/endgame-probes.cases");

    [Theory]
    [MemberData(nameof(Kuery))]
    public void Kuery_means_what_its_references_say(CaseFile.Case @case) =>
        Probes.Check(@case, text => KueryParser.Parse(text).Then(query => KueryLowering.Lower(query, Source)));

    [Theory]
    [MemberData(nameof(Lucene))]
    public void Lucene_means_what_its_references_say(CaseFile.Case @case) =>
        Probes.Check(@case, text => LuceneParser.Parse(text).Then(query => LuceneLowering.Lower(query, Source)));

    [Theory]
    [MemberData(nameof(Eql))]
    public void Eql_means_what_its_references_say(CaseFile.Case @case) =>
        Probes.Check(@case, text => EqlParser.Parse(text).Then(query => EqlLowering.Lower(query, EqlDialect.Elastic, Source)));

    [Theory]
    [MemberData(nameof(Endgame))]
    public void Eql_of_Endgame_means_what_its_references_say(CaseFile.Case @case) =>
        Probes.Check(@case, text => EqlParser.Parse(text, EqlDialect.Endgame).Then(query => EqlLowering.Lower(query, EqlDialect.Endgame, Source)));
}
