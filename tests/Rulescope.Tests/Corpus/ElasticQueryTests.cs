using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors.Elastic;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>The logic of Elastic's public rules, with the stages that their types add.</summary>
public class ElasticQueryTests
{
    [Fact]
    public async Task Rules_of_kuery_EQL_and_Lucene_have_logic_that_can_be_read()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var reading = await new CorpusReader([new ElasticReader()], new CorpusWalker(), 2)
            .ReadAllAsync([new("elastic", Path.Combine(Repository.Shared, "corpora", "elastic.tar.gz"))], null, CancellationToken.None);
        var documents = reading.Documents.Where(d => d.Language is RuleLanguage.Kuery or RuleLanguage.Eql or RuleLanguage.Lucene).ToList();
        Assert.Equal(1887, documents.Count);
        var problems = documents.SelectMany(d => d.Query is null ? [$"{d.Id} no query"] : Reader.Read(d.Query).Unread.Select(u => $"{d.Id} {u.SourceText}")
            .Concat(d.Diagnostics.Where(f => f.Code.Id[..3] is "EQL" or "KUE" or "LUC").Select(f => $"{d.Id} {f}")));
        Assert.Equal([], problems);
    }
}
