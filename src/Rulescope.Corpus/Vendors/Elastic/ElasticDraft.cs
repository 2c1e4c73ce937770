using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Drafts;
using Rulescope.Languages.Eql;
using Rulescope.Languages.Esql;
using Rulescope.Languages.Kuery;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>Writes a draft as a rule file of Elastic's, in any of three languages.</summary>
static class ElasticDraft
{
    public static string Kuery(RuleDraft draft) => File(draft, "kuery", "query", KueryWriter.Write(new KuerySyntax.And([.. Asked(draft).Select(KueryTest), .. draft.Exclusions.Select(KueryClause)])));

    public static string Eql(RuleDraft draft) => File(
        draft, "eql", "eql", EqlWriter.Write(new EqlSyntax.Query(new EqlSyntax.Event(null, EqlAll([.. Asked(draft).Select(EqlTest), .. draft.Exclusions.Select(EqlClause)])))));

    public static string Esql(RuleDraft draft)
    {
        var from = new EsqlCommand.From([.. Indices(draft).Select(i => new EsqlSource.Index(null, i, null))], [Name("_id"), Name("_version"), Name("_index")]);
        var where = new EsqlCommand.Where(EsqlAll([.. Asked(draft).Select(EsqlTest), .. draft.Exclusions.Select(EsqlClause)]));
        return File(draft, "esql", "esql", EsqlWriter.Write(new EsqlQuery([], [from, where])));
    }

    static IEnumerable<DraftTest> Asked(RuleDraft draft) => draft.Source.Signature.Concat(draft.Tests);

    // A name with a star or a dash is an index; one like aws.cloudtrail is a data set.
    static IEnumerable<string> Indices(RuleDraft draft)
    {
        var named = draft.Source.Names.Where(n => n.Contains('-', StringComparison.Ordinal)).Take(1).ToArray();
        return named.Length > 0 ? named : ["logs-*"];
    }

    static string File(RuleDraft draft, string language, string type, string query)
    {
        var technique = draft.Technique;
        var (top, topName) = technique.Parent ?? (technique.Id, technique.Name);
        var date = DraftText.Date(draft.Date).Replace('-', '/');
        var head = $"""
            [metadata]
            creation_date = "{date}"
            maturity = "development"
            updated_date = "{date}"

            [rule]
            author = ["Unknown"]
            description = {Quoted(draft.Description)}
            from = "now-9m"

            """;
        var index = type == "esql" ? "" : $"index = [{string.Join(", ", Indices(draft).Select(Quoted))}]\n";
        var rest = $"""
            language = "{language}"
            name = {Quoted(draft.Title)}
            risk_score = 47
            rule_id = "{draft.Id}"
            severity = "medium"
            type = "{type}"
            query = {Block(query)}

            """;
        return DraftText.Comments(draft.Notes, "#") + head + index + rest + string.Concat(technique.Tactics.Select(t => Threat(technique, top, topName, t)));
    }

    static string Threat(DraftTechnique technique, string top, string topName, DraftTactic tactic)
    {
        const string Attack = "https://attack.mitre.org";
        var sub = technique.Parent is null ? "" : $"""

            [[rule.threat.technique.subtechnique]]
            id = "{technique.Id}"
            name = {Quoted(technique.Name)}
            reference = "{Attack}/techniques/{technique.Id.Replace('.', '/')}/"

            """;
        return $"""

            [[rule.threat]]
            framework = "MITRE ATT&CK"

            [[rule.threat.technique]]
            id = "{top}"
            name = {Quoted(topName)}
            reference = "{Attack}/techniques/{top}/"
            {sub}
            [rule.threat.tactic]
            id = "{tactic.Id}"
            name = {Quoted(tactic.Name)}
            reference = "{Attack}/tactics/{tactic.Id}/"

            """;
    }

    // A literal block is read as it stands; what it cannot hold, a string in quotes can.
    static string Block(string query) =>
        query.Contains("'''", StringComparison.Ordinal) || query.EndsWith('\'') || query.Any(c => c != '\n' && char.IsControl(c)) ? Quoted(query) : $"'''\n{query}\n'''";

    // What JSON escapes, a basic string of TOML reads alike.
    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    static KuerySyntax KueryTest(DraftTest test)
    {
        KueryValue value = test.Operator switch
        {
            ReadOperator.Contains => new KueryValue.Pattern(["", test.Value, ""]),
            ReadOperator.StartsWith => new KueryValue.Pattern([test.Value, ""]),
            ReadOperator.EndsWith => new KueryValue.Pattern(["", test.Value]),
            ReadOperator.Wildcard => new KueryValue.Pattern([.. test.Value.Split('*')]),
            _ => new KueryValue.Quoted(test.Value),
        };
        return new KuerySyntax.Is(new KueryValue.Unquoted(test.Field), new KueryTerm.One(value));
    }

    static KuerySyntax KueryClause(DraftClause clause) => new KuerySyntax.Not(
        clause.Tests is [var only] ? KueryTest(only) : clause.IsAny ? new KuerySyntax.Or([.. clause.Tests.Select(KueryTest)]) : new KuerySyntax.And([.. clause.Tests.Select(KueryTest)]));

    static EqlExpression EqlTest(DraftTest test)
    {
        var field = new EqlExpression.Field(EqlPath.FromAtom(test.Field));
        EqlExpression text = new EqlExpression.Text(test.Value);
        return test.Operator switch
        {
            ReadOperator.Contains => new EqlExpression.Call("stringContains", [field, text]) { IgnoreCase = true },
            ReadOperator.StartsWith => new EqlExpression.Call("startsWith", [field, text]) { IgnoreCase = true },
            ReadOperator.EndsWith => new EqlExpression.Call("endsWith", [field, text]) { IgnoreCase = true },
            ReadOperator.Wildcard => new EqlExpression.Match(field, EqlMatchKind.LikeTilde, [text]),
            ReadOperator.Cidr => new EqlExpression.Call("cidrMatch", [field, text]),
            _ => new EqlExpression.Compare(field, EqlComparison.Equal, text),
        };
    }

    static EqlExpression EqlClause(DraftClause clause) => new EqlExpression.Not(
        clause.Tests is [var only] ? EqlTest(only) : clause.IsAny ? new EqlExpression.Or([.. clause.Tests.Select(EqlTest)]) : new EqlExpression.And([.. clause.Tests.Select(EqlTest)]));

    static EqlExpression EqlAll(ImmutableArray<EqlExpression> terms) => terms is [var only] ? only : new EqlExpression.And(terms);

    static EsqlName Name(string name) => new([name]);

    static EsqlExpression EsqlTest(DraftTest test)
    {
        var field = new EsqlExpression.Field(Name(test.Field));
        var literal = test.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);
        return test.Operator switch
        {
            ReadOperator.Contains => Like($"*{literal}*"),
            ReadOperator.StartsWith => Like($"{literal}*"),
            ReadOperator.EndsWith => Like($"*{literal}"),
            ReadOperator.Wildcard => Like(test.Value.Replace("\\", "\\\\", StringComparison.Ordinal)),
            ReadOperator.RegexMatch => new EsqlExpression.Like(field, EsqlLikeKind.RLike, [new EsqlExpression.String(test.Value)]),
            ReadOperator.Cidr => new EsqlExpression.Call("CIDR_MATCH", [field, new EsqlExpression.String(test.Value)]),
            _ => new EsqlExpression.Compare(field, EsqlComparison.Equal, new EsqlExpression.String(test.Value)),
        };

        EsqlExpression Like(string pattern) => new EsqlExpression.Like(field, EsqlLikeKind.Like, [new EsqlExpression.String(pattern)]);
    }

    static EsqlExpression EsqlClause(DraftClause clause) => new EsqlExpression.Not(
        clause.Tests is [var only] ? EsqlTest(only) : clause.IsAny ? new EsqlExpression.Or([.. clause.Tests.Select(EsqlTest)]) : new EsqlExpression.And([.. clause.Tests.Select(EsqlTest)]));

    static EsqlExpression EsqlAll(ImmutableArray<EsqlExpression> terms) => terms is [var only] ? only : new EsqlExpression.And(terms);
}
